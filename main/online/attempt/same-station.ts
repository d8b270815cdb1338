import type { Journal } from '../../store/journal';
import type { AttemptState } from './state';

const ALLOWED =
  'The station that opened the one-time password also takes the answer, and so could read the root token. The officer allowed it in the start message.';
const UNFORESEEN =
  'The station that opened the one-time password also took the answer, and so could read the root token. The officer had not allowed it: a share that came in between elsewhere made the one that was given here the last.';

/** Whether this station had both the one-time password and the encoded token (DESIGN.md §2). */
export const couldDecode = ({ step, openedOtp }: AttemptState): boolean => step === 'finished' && openedOtp;

/** Puts on record, once, that a station which saw the one-time password takes or took the answer. */
export function recordSameStation(journal: Journal, { openedOtp, sameStationAllowed }: AttemptState): void {
  if (!openedOtp) return;
  const text = sameStationAllowed ? ALLOWED : UNFORESEEN;
  const known = journal.entries().some((line) => line.event === 'exception' && line.data.text === text);
  if (!known) journal.append('exception', { text });
}
