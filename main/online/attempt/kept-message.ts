import type { MessageType } from '../../../shared/message/body';
import type { SignedMessage } from '../../../shared/message/wire';
import type { Home } from '../../store/home';
import { readKept, verifyKept } from '../../store/kept-message';
import { knownSigners } from '../../store/people';
import { OnlineError } from '../online-error';
import type { StationContext } from '../station-context';

/** A message that this station sent or took in, from its folder. Throws `OnlineError` 'state-damaged', `HomeFinding`. */
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
 * The officer's plan as this station took it in, its signature checked again: who is on its roster is what the officer signed.
 * Throws `OnlineError` 'state-damaged', `HomeFinding`, `MessageError`.
 */
export async function readPlanAgain(
  { home, identity }: StationContext,
  ceremony: string,
  digest: string,
): Promise<SignedMessage<'start'>> {
  const people = knownSigners(home, identity);
  const message = await verifyKept(home.ceremony(ceremony), digest, 'start', people);
  if (message === null) throw missing('start');
  return message;
}

const missing = (type: MessageType): OnlineError =>
  new OnlineError(
    'state-damaged',
    `The ${type} message of this ceremony is missing from this station's disk.`,
  );
