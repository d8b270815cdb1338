import type { MessageType } from '../../../shared/message/body';
import type { SignedMessage } from '../../../shared/message/wire';
import type { Home } from '../../store/home';
import { readKept, verifyKept } from '../../store/kept-message';
import { knownSigners } from '../../store/people';
import type { StationContext } from '../station-context';
import { StationError } from '../station-error';

/**
 * A message that this station sent or took in, from its folder. Throws `StationError` 'state-damaged',
 * `HomeFinding`.
 */
export function readMessage<T extends MessageType>(
  home: Home,
  ceremony: string,
  digest: string,
  type: T,
): SignedMessage<T> {
  const message = readKept(home.ceremony(ceremony), digest, type);
  if (message === null) throw missing(type);
  return message;
}

/**
 * As `readMessage`, for what an officer signed: the signature is checked again, for the officer's words
 * decide whose share is taken. Throws `MessageError`, too.
 */
export async function readOfficersAgain<T extends 'start' | 'amendment' | 'handoff'>(
  { home, identity }: Pick<StationContext, 'home' | 'identity'>,
  ceremony: string,
  digest: string,
  type: T,
): Promise<SignedMessage<T>> {
  const people = knownSigners(home, identity);
  const message = await verifyKept(home.ceremony(ceremony), digest, type, people);
  if (message === null) throw missing(type);
  return message;
}

const missing = (type: MessageType): StationError =>
  new StationError(
    'state-damaged',
    `The ${type} message of this ceremony is missing from this station's disk.`,
  );
