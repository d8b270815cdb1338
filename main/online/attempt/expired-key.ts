import { existsSync } from 'node:fs';
import { readCheckpoint } from '../../store/sign-off';
import { StoreError } from '../../store/store-error';
import { isOutlived } from '../introduction/expired';
import { destroySealingKey, recordDestroyed } from '../introduction/sealing-key';
import { ceremonyJournal, type StationContext, stationJournal } from '../station-context';
import { type AttemptState, loadAttempt } from './state';

/**
 * Destroys the one-time keys of this station's ceremonies that can serve no more: their time is over, or
 * their attempt is. Throws `StoreError` 'cannot-destroy'.
 */
export function sweepAttemptKeys(context: StationContext): void {
  const now = context.clock();
  for (const id of context.home.listCeremonies()) sweepCeremony(context, id, now);
}

function sweepCeremony(context: StationContext, id: string, now: Date): void {
  const paths = context.home.ceremony(id);
  const state = stateOf(context, id);
  if (state === null || isNeeded(state, paths.secret, now) || !destroySealingKey(paths.secret)) return;
  recordDestroyed(() =>
    // A line more would undo a sign-off.
    existsSync(paths.journal) && readCheckpoint(paths) !== null
      ? stationJournal(context, state.rehearsal)
      : ceremonyJournal(context, id, state.rehearsal),
  );
}

/** Whether shares may still come that are sealed to the key in `path`. */
function isNeeded(state: AttemptState, path: string, now: Date): boolean {
  switch (state.step) {
    case 'open':
      // A key that the state doesn't name yet may be named in a moment.
      return state.sealing === null
        ? !isOutlived(path, now)
        : Date.parse(state.sealing.expiresAt) > now.getTime();
    case 'starting':
      return !isOutlived(path, now);
    default:
      return false;
  }
}

/** A ceremony whose state can't be read is left alone: the command that needs it says so. */
function stateOf(context: StationContext, id: string): AttemptState | null {
  try {
    return loadAttempt(context.home, id);
  } catch (error) {
    if (error instanceof StoreError) return null;
    throw error;
  }
}
