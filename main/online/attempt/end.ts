import { existsSync } from 'node:fs';
import type { Journal } from '../../store/journal';
import { destroySecret } from '../introduction/introductions';
import { ceremonyJournal, type Recorder, type StationContext } from '../station-context';
import { withdrawAttempts } from './announce';
import { type AttemptState, isOver, loadAttempt, saveAttempt } from './state';

/**
 * This station's part in an attempt is over: nobody need answer its attempt message any more, and the key that shares are sealed
 * to is destroyed. What is finished or lost stays so.
 */
export function endAttempt(
  context: StationContext,
  journal: Journal,
  state: AttemptState,
  step: 'cancelled' | 'lost',
  reason: string,
): AttemptState {
  withdrawAttempts(journal, reason);
  const ended = saveAttempt(
    context.home,
    { ...state, step: isOver(state) ? state.step : step, sealing: null },
    context.clock(),
  );
  destroySealingKey(context, journal, state.id);
  return ended;
}

/**
 * Before this station's journal of a ceremony is closed: a key that lives still is destroyed, and where no share came, nobody
 * need have seen the attempt message. Says whether there was such a key. The attempt on the server is left as it is, and
 * joining it again makes a new key.
 */
export function leaveAttempt(context: Recorder, ceremony: string): boolean {
  const state = loadAttempt(context.home, ceremony);
  if (state === null) return false;
  const journal = ceremonyJournal(context, ceremony, state.rehearsal);
  if (!isOver(state) && state.submitted.length === 0 && state.pending === null)
    withdrawAttempts(journal, 'the station signed off, and no share had come');
  // The key may have had its time, and be gone.
  if (!existsSync(context.home.ceremony(ceremony).secret)) return false;
  saveAttempt(context.home, { ...state, sealing: null }, context.clock());
  destroySealingKey(context, journal, ceremony);
  return true;
}

/** Destroys the key that shares are sealed to, and puts that on record. */
export function destroySealingKey(context: Recorder, journal: Journal, ceremony: string): void {
  if (destroySecret(context.home.ceremony(ceremony).secret)) {
    journal.append('secret-destroyed', { what: 'sealing-key' });
  }
}
