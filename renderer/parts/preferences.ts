import { create } from 'zustand';
import { standardPreferences } from '../../shared/ipc/preference-choices';
import type { Preferences } from '../../shared/ipc/preferences';

/**
 * How codes are shown and read on this station. Whoever starts the window fills it and keeps what changes.
 */
export const usePreferences = create<Preferences>(() => standardPreferences);

export function prefer(change: Partial<Preferences>): void {
  usePreferences.setState(change);
}
