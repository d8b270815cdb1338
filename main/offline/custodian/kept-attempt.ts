import { attemptInHand } from '../../../shared/ceremony/attempt-check';
import type { CustodianCeremony } from '../../../shared/ceremony/custodian';
import { findingAt } from '../../store/seal/sealed-file';
import type { CeremonyFile } from '../ceremony-file';
import type { StationContext } from '../station-context';
import { checkedAttempt } from './checked-attempt';

/**
 * Holds what a custodian's state says of the attempt in hand against the message that it was taken from,
 * which lies beside it: key, nonce and operator were copied from there. Throws `HomeFinding` 'not-as-signed',
 * `StationError` 'no-message'.
 */
export function refuseOtherAttempt(file: CeremonyFile<CustodianCeremony>): void {
  const { attempt } = file.state;
  const { envelope, digest } = file.message(attempt.digest, 'attempt');
  const copied = attemptInHand(envelope, digest);
  const names = Object.keys(copied) as (keyof typeof copied)[];
  if (names.some((name) => copied[name] !== attempt[name]))
    throw findingAt('not-as-signed', file.paths.state);
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
  refuseOtherAttempt(file);
  await checkedAttempt(context, file.message(file.state.attempt.digest, 'attempt'));
}
