import { readFileSync } from 'node:fs';
import type { MessageType } from '../../../shared/message/body';
import type { AnyEnvelope, Envelope } from '../../../shared/message/envelope';
import { parseWire, type SignedMessage } from '../../../shared/message/wire';
import type { Home } from '../../store/home';
import { StationError } from '../station-error';

/** A message that this station sent or took in, from its folder. Throws `StationError` 'state-damaged'. */
export function readMessage<T extends MessageType>(
  home: Home,
  ceremony: string,
  digest: string,
  type: T,
): SignedMessage<T> {
  try {
    const message = parseWire(new Uint8Array(readFileSync(home.ceremony(ceremony).message(digest))));
    if (isOf(message.envelope, type)) return message as SignedMessage<T>;
  } catch {
    // Said below.
  }
  throw new StationError(
    'state-damaged',
    `The ${type} message of this ceremony is missing from this station's disk, or damaged.`,
  );
}

const isOf = <T extends MessageType>(envelope: AnyEnvelope, type: T): envelope is Envelope<T> & AnyEnvelope =>
  envelope.type === type;
