import { existsSync } from 'node:fs';
import { AirlockError } from '../../../shared/airlock-error';
import { handoffIn } from '../../../shared/task/run';
import { readCheckpoint } from '../../store/sign-off';
import { leaveAttempt } from '../attempt/end';
import { readMessage } from '../attempt/kept-message';
import { loadAttempt } from '../attempt/state';
import { destroySealingKey, recordDestroyed } from '../introduction/sealing-key';
import { ceremonyJournal, type Recorder, type StationContext, stationJournal } from '../station-context';
import { HandoffError } from './handoff-error';

/**
 * Before this station's journal of a ceremony is closed: as `leaveAttempt`, and the key that a token could
 * have been sealed to is destroyed. Throws `HandoffError` 'token-in-hand' where one was, and is not proven
 * dead; nothing has changed then.
 */
export function leaveCeremony(context: Recorder, ceremony: string): boolean {
  const state = loadAttempt(context.home, ceremony);
  if (state === null) return false;
  const path = context.home.ceremony(ceremony).handoffKey;
  if (existsSync(path)) {
    const journal = ceremonyJournal(context, ceremony, state.rehearsal);
    if (handoffIn(journal.entries()) !== null) {
      throw new HandoffError(
        'token-in-hand',
        'A root token was handed over to this station, and it is not proven dead: this station can’t sign off before. Revoke it first.',
        'Type airlock online tasks --revoke',
      );
    }
    if (destroySealingKey(path)) journal.append('secret-destroyed', { what: 'sealing-key' });
  }
  return leaveAttempt(context, ceremony);
}

/**
 * Destroys the keys of results to which no token was sealed in their time. One that holds a token stays until
 * the token is dead. Throws `StoreError` 'cannot-destroy'.
 */
export function sweepHandoffKeys(context: StationContext): void {
  for (const id of context.home.listCeremonies()) {
    const paths = context.home.ceremony(id);
    if (!existsSync(paths.handoffKey) || isNeeded(context, id)) continue;
    if (!destroySealingKey(paths.handoffKey)) continue;
    const state = loadAttempt(context.home, id);
    const rehearsal = state?.rehearsal ?? false;
    recordDestroyed(() =>
      // A line more would undo a sign-off.
      existsSync(paths.journal) && readCheckpoint(paths) !== null
        ? stationJournal(context, rehearsal)
        : ceremonyJournal(context, id, rehearsal),
    );
  }
}

function isNeeded(context: StationContext, id: string): boolean {
  try {
    const state = loadAttempt(context.home, id);
    // A key whose result isn't on record yet may be named in a moment.
    if (state === null || state.step !== 'finished') return true;
    if (handoffIn(ceremonyJournal(context, id, state.rehearsal).entries()) !== null) return true;
    const { station } = readMessage(context.home, id, state.result, 'result').envelope.body;
    return station !== undefined && Date.parse(station.expiresAt) > context.clock().getTime();
  } catch (error) {
    // What can't be read is left alone: the command that needs it says so.
    if (error instanceof AirlockError) return true;
    throw error;
  }
}
