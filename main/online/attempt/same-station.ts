import { kindOfException } from '../../../shared/transcript/lines-without-kind';
import type { Journal } from '../../store/journal';
import type { AttemptState } from './state';

const SENTENCES = {
  'same-station-allowed':
    'The station that opened the one-time password also takes the answer, and so could read the root token. The officer allowed it in the start message.',
  'same-station-unforeseen':
    'The station that opened the one-time password also took the answer, and so could read the root token. The officer had not allowed it: a share that came in between elsewhere made the one that was given here the last.',
} as const;

/**
 * Whether this station had both the one-time password and the encoded token (docs/design.md, "Who can do what
 * alone").
 */
export const couldDecode = ({ step, openedOtp }: AttemptState): boolean => step === 'finished' && openedOtp;

/**
 * Puts on record, once, that a station which saw the one-time password takes or took the answer. Throws
 * `StoreError`.
 */
export function recordSameStation(journal: Journal, { openedOtp, sameStationAllowed }: AttemptState): void {
  if (!openedOtp) return;
  const kind = sameStationAllowed ? 'same-station-allowed' : 'same-station-unforeseen';
  const known = journal
    .entries()
    .some((line) => line.event === 'exception' && kindOfException(line.data) === kind);
  if (!known) journal.append('exception', { kind, text: SENTENCES[kind] });
}
