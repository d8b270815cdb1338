import { existsSync } from 'node:fs';
import type { Journal } from '../../store/journal';
import { destroySealingKey } from '../introduction/sealing-key';
import { ceremonyJournal, type Recorder } from '../station-context';
import { withdrawAttempts } from './announce';
import { type AttemptState, become, isOver, loadAttempt } from './state';

/**
 * This station's part in an attempt is over: nobody need answer its attempt message any more, and the key
 * that shares are sealed to is destroyed. What is finished or lost stays so. `reason`: a sentence without its
 * end, for the journal. Throws `StoreError`.
 */
export function endAttempt(
  context: Recorder,
  journal: Journal,
  state: AttemptState,
  step: 'cancelled' | 'lost',
  reason: string,
): AttemptState {
  withdrawAttempts(journal, reason);
  const ended = become(context, state, { type: 'ended', step });
  forgetKey(context, journal, state.id);
  return ended;
}

/**
 * Before this station's journal of a ceremony is closed: a key that lives still is destroyed, and where no
 * share came, nobody need have seen the attempt message. Says whether there was such a key. The attempt on
 * the server is left as it is, and joining it again makes a new key. Throws `StoreError`.
 */
export function leaveAttempt(context: Recorder, ceremony: string): boolean {
  const state = loadAttempt(context.home, ceremony);
  if (state === null) return false;
  const journal = ceremonyJournal(context, ceremony, state.rehearsal);
  const sent = state.step === 'open' && state.pending !== null;
  if (!isOver(state) && state.submitted.length === 0 && !sent)
    withdrawAttempts(journal, 'the station signed off, and no share had come');
  // The key may have had its time, and be gone.
  if (!existsSync(context.home.ceremony(ceremony).secret)) return false;
  become(context, state, { type: 'key-destroyed' });
  forgetKey(context, journal, ceremony);
  return true;
}

/** Destroys the key that shares are sealed to, and puts that on record. Throws `StoreError`. */
export function forgetKey(context: Recorder, journal: Journal, ceremony: string): void {
  if (destroySealingKey(context.home.ceremony(ceremony).secret)) {
    journal.append('secret-destroyed', { what: 'sealing-key' });
  }
}
