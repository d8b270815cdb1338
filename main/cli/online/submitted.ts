import type { SignedMessage } from '../../../shared/message/wire';
import { digestWords } from '../../../shared/words';
import type { SubmitResult } from '../../online/share/submit';
import { columns, counted } from '../parts/table';
import { messageName } from './made-message';

/** What came of one share message, as a table for a person. */
export const progressText = (message: SignedMessage, result: SubmitResult): string =>
  columns([
    ['Taken', messageName(message)],
    ['Share taken', `${result.progress} of ${result.required}`],
    [
      'Seen here',
      `${counted(result.sharesSeenHere, 'share message')} of this ceremony opened, in the clear${result.sharesSeenHere >= result.required ? ': as many as a whole quorum. Where they hold different shares, whoever controls this machine could rebuild the root key' : ''}`,
    ],
  ]);

/** What `--json` prints of it. */
export const progressJson = (result: SubmitResult) => ({
  ceremony: result.ceremony,
  nonce: result.nonce,
  progress: result.progress,
  required: result.required,
  sharesSeenHere: result.sharesSeenHere,
});

/** What to say of a share message that came after the last share of the attempt. */
export const surplusText = ({ envelope, digest }: SignedMessage): string =>
  `The ${envelope.type} message ${digestWords(digest)} was not needed any more: the attempt is finished. It was not submitted, and is on record as refused.\n`;

/** What to say at a station that saw the one-time password and took the answer. `allowed`: the officer's plan allows it. */
export const couldDecodeText = (allowed: boolean): string =>
  `This station opened the one-time password and holds the encoded token now, so whoever controls it could read the root token. ${
    allowed
      ? 'The officer allowed that in the start message.'
      : 'The officer did not allow that: a share that came in between elsewhere made this one the last. It is on record as an exception. Tell the officer before the token is used.'
  }\n`;
