import {
  type OperatorAfter,
  type OperatorCeremony,
  type OperatorEvent,
  operatorNext,
} from '../../../shared/ceremony/operator';
import { operatorCeremonyOnDisk } from '../../../shared/ceremony/operator-v1';
import type { Home } from '../../store/home';
import { readState, writeState } from '../../store/state-file';
import type { Recorder } from '../station-context';
import { StationError } from '../station-error';

/** One ceremony at an online station: the plain values that its file holds. */
export type AttemptState = OperatorCeremony;

export { isOver } from '../../../shared/ceremony/operator';

/**
 * The state of a ceremony at this station, or null where it has none. Throws `StoreError` where it is
 * damaged.
 */
export const loadAttempt = (home: Home, id: string): AttemptState | null =>
  readState(home.ceremony(id).state, operatorCeremonyOnDisk);

/** All ceremonies of this station. Throws `StoreError` where one is damaged. */
export const listAttempts = (home: Home): AttemptState[] =>
  home.listCeremonies().flatMap((id) => loadAttempt(home, id) ?? []);

/** Writes a state to disk. Throws `StoreError`. */
export const saveAttempt = (home: Home, state: AttemptState): void =>
  writeState(home.ceremony(state.id).state, state);

/**
 * What follows from an event, on disk. Throws `StoreError`, and `CeremonyError` where the event doesn't fit.
 */
export function become<E extends OperatorEvent>(
  context: Recorder,
  state: AttemptState | null,
  event: E,
): OperatorAfter<E> {
  const next = operatorNext(state, event, context.clock().toISOString());
  saveAttempt(context.home, next);
  return next;
}

/**
 * The ceremony that is meant: the one named, else the only one that is still open here (else the only one at
 * all). Throws `StationError` 'no-ceremony' or 'several-ceremonies'.
 */
export function chooseAttempt(home: Home, id: string | undefined): AttemptState {
  if (id !== undefined) {
    const named = loadAttempt(home, id);
    if (named === null)
      throw new StationError(
        'no-ceremony',
        'This station has no such ceremony. Take in its start message first.',
      );
    return named;
  }
  const all = listAttempts(home);
  const open = all.filter(({ step }) => step === 'open' || step === 'starting');
  const [only] = open.length > 0 ? open : all;
  if (only === undefined) {
    throw new StationError(
      'no-ceremony',
      'This station has no ceremony yet. Take in a start message first.',
      'Type airlock online start --message FILE',
    );
  }
  if ((open.length > 0 ? open : all).length > 1) {
    throw new StationError(
      'several-ceremonies',
      'This station has several ceremonies. Say which, by its two words.',
      'Name it with --ceremony.',
    );
  }
  return only;
}
