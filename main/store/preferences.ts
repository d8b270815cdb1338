import { type Preferences, preferences, standardPreferences } from '../../shared/ipc/preferences';
import type { Home } from './home';
import { readState, writeState } from './state-file';

/** What was chosen here before. A broken file costs a choice of speed, so it is not worth stopping for. */
export function readPreferences(home: Home): Preferences {
  try {
    return readState(home.preferences(), preferences) ?? standardPreferences;
  } catch {
    return standardPreferences;
  }
}

/** Throws `StoreError` 'state-unwritable'. */
export function writePreferences(home: Home, chosen: Preferences): void {
  writeState(home.preferences(), chosen);
}
