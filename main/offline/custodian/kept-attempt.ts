import { attemptInHand } from '../../../shared/ceremony/attempt-check';
import type { CustodianCeremony } from '../../../shared/ceremony/custodian';
import { parseWire } from '../../../shared/message/wire';
import { findingAt } from '../../store/seal/sealed-file';
import type { CeremonyFile } from '../ceremony-file';
import { knownAs } from '../signer';
import type { StationContext } from '../station-context';

/**
 * Holds what a custodian's state says of the attempt in hand against the message that it was taken from, which lies beside it:
 * key, nonce and operator were copied from there. Throws `HomeFinding` 'not-as-signed', `StationError` 'no-message'.
 */
export function refuseOtherAttempt(file: CeremonyFile<CustodianCeremony>): void {
  const { attempt } = file.state;
  const { envelope, digest } = file.message(attempt.digest, 'attempt');
  const copied = attemptInHand(envelope, digest);
  const names = Object.keys(copied) as (keyof typeof copied)[];
  if (names.some((name) => copied[name] !== attempt[name]))
    throw findingAt('not-as-signed', file.paths.state);
}

/** As `refuseOtherAttempt`, with both signatures again: the operator's, and the officer's within. Throws as `knownAs` does, too. */
export async function verifyAttemptAgain(
  context: StationContext,
  file: CeremonyFile<CustodianCeremony>,
): Promise<void> {
  refuseOtherAttempt(file);
  const message = file.message(file.state.attempt.digest, 'attempt');
  await knownAs(context, message, 'operator');
  await knownAs(context, parseWire(message.envelope.body.start), 'officer');
}
