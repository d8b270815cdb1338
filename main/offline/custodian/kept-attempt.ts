import { attemptInHand } from '../../../shared/ceremony/attempt-check';
import type { CustodianCeremony } from '../../../shared/ceremony/custodian';
import type { SignedMessage } from '../../../shared/message/wire';
import type { StationContext } from '../../station/context';
import { findingAt } from '../../store/seal/sealed-file';
import type { CeremonyFile } from '../ceremony-file';
import { checkedAttempt } from './checked-attempt';

/**
 * Holds what a custodian's state says of the attempt in hand against the message that it was taken from,
 * which lies beside it: key, nonce and operator were copied from there. Returns that message. Throws
 * `HomeFinding` 'not-as-signed', `StationError` 'no-message'.
 */
export function refuseOtherAttempt(file: CeremonyFile<CustodianCeremony>): SignedMessage<'attempt'> {
  const { attempt } = file.state;
  const message = file.message(attempt.digest, 'attempt');
  const copied = attemptInHand(message.envelope, message.digest);
  const names = Object.keys(copied) as (keyof typeof copied)[];
  if (names.some((name) => copied[name] !== attempt[name]))
    throw findingAt('not-as-signed', file.paths.state);
  return message;
}

/**
 * As `refuseOtherAttempt`, and checks that attempt as if it came in now: a plan that an earlier version took
 * in, or a person who isn't known any more, is refused before a share is. Throws as `checkedAttempt` does,
 * too.
 */
export async function checkAttemptAgain(
  context: StationContext,
  file: CeremonyFile<CustodianCeremony>,
): Promise<void> {
  await checkedAttempt(context, refuseOtherAttempt(file));
}
