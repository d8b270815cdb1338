import { equalBytes } from '../../../shared/bytes';
import type { MessageType } from '../../../shared/message/body';
import type { SignedMessage } from '../../../shared/message/wire';
import { StationError } from '../station-error';

/** What a person shows to others, in the middle of a sentence. */
const shown: Readonly<Record<MessageType, string>> = {
  identity: 'your identity',
  station: 'this station’s code for the officer',
  start: 'your start',
  amendment: 'your amendment',
  attempt: 'this station’s attempt',
  share: 'the share that you released',
  result: 'this station’s result',
  handoff: 'the token that you hand over',
  outcome: 'this station’s outcome',
  checkpoint: 'your checkpoint',
  signature: 'your signature',
  log: 'your journal',
  witness: 'what you signed as a witness',
};

/**
 * A camera that looks into a mirror, or at the own screen: said before anything is asked. Throws
 * `StationError` 'own-code'.
 */
export function refuseOwnCode({ envelope }: SignedMessage, own: Uint8Array): void {
  if (!equalBytes(envelope.from, own)) return;
  throw new StationError(
    'own-code',
    `This is your own code: ${shown[envelope.type]}. Nothing was taken in. Show it to the others, and take in theirs here.`,
  );
}
