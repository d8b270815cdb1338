import { create } from 'zustand';
import type { AppState } from '../../shared/ipc/app-state';
import { call } from '../bridge';

interface AppStore {
  /** What the main process last said; null before its first answer. It never holds a secret. */
  readonly state: AppState | null;
  readonly problem: string | null;
}

/** The main process's state, mirrored. Nothing else is kept here. */
export const useAppStore = create<AppStore>(() => ({ state: null, problem: null }));

/**
 * Older than this, the state is asked for again, so that the offline proof on screen stays fresh.
 * Milliseconds.
 */
const refreshAfter = 5_000;

let asked = 0;

export async function refresh(): Promise<void> {
  asked += 1;
  const mine = asked;
  const answer = await call('state.get', {});
  // An answer that was overtaken by a later one says less than is known.
  if (mine !== asked) return;
  if (answer.ok) useAppStore.setState({ state: answer.value, problem: null });
  else useAppStore.setState({ problem: answer.error.message });
}

export function mirrorState(): void {
  window.airlock.onPush(() => void refresh());
  window.setInterval(() => void refresh(), refreshAfter);
  void refresh();
}
