import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { CommonState } from '../../../shared/ipc/common-state';
import type { EntranceView } from '../../../shared/ipc/entrance';
import { call } from './bridge';

interface Mirror<S> {
  /** What the main process last said; null before its first answer. It never holds a secret. */
  readonly state: S | null;
  readonly problem: string | null;
}

/** The main process's state, mirrored: the part of it that both apps have. Nothing else is kept here. */
export const useCommonState = create<Mirror<CommonState>>(() => ({
  state: null,
  problem: null,
}));

/** The same with all that one app's state has besides. */
export const mirroredState = <S extends CommonState>(): UseBoundStore<StoreApi<Mirror<S>>> =>
  useCommonState as unknown as UseBoundStore<StoreApi<Mirror<S>>>;

/**
 * Older than this, the state is asked for again, so that the offline proof on screen stays fresh.
 * Milliseconds.
 */
const refreshAfter = 5_000;

/** Asks whose station it is: the main process knows that before anything else. Null where it doesn't. */
export async function askForEntrance(): Promise<EntranceView | null> {
  const answer = await call('entrance.get', {});
  return answer.ok ? answer.value : null;
}

let asked = 0;

export async function refresh(): Promise<void> {
  asked += 1;
  const mine = asked;
  const answer = await call('state.get', {});
  // An answer that was overtaken by a later one says less than is known.
  if (mine !== asked) return;
  if (answer.ok) useCommonState.setState({ state: answer.value, problem: null });
  else useCommonState.setState({ problem: answer.error.message });
}

export function mirrorState(): void {
  window.airlock.onPush(() => void refresh());
  window.setInterval(() => void refresh(), refreshAfter);
  void refresh();
}
