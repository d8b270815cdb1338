import { attemptInHand } from '../../../shared/ceremony/attempt-check';
import type { CustodianCeremony } from '../../../shared/ceremony/custodian';
import { parseWire } from '../../../shared/message/wire';
import { findingAt } from '../../store/seal/sealed-file';
import type { CeremonyFile } from '../ceremony-file';
import { signerKnownAs } from '../signer';
import type { StationContext } from '../station-context';

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
 * As `refuseOtherAttempt`, with all signatures again: the operator's, and the officer's within, of the plan
 * and of its amendment. Throws as `signerKnownAs` does, too.
 */
export async function verifyAttemptAgain(
  context: StationContext,
  file: CeremonyFile<CustodianCeremony>,
): Promise<void> {
  refuseOtherAttempt(file);
  const message = file.message(file.state.attempt.digest, 'attempt');
  const { start, amendment } = message.envelope.body;
  await signerKnownAs(context, message, 'operator');
  await signerKnownAs(context, parseWire(start), 'officer');
  if (amendment !== undefined) await signerKnownAs(context, parseWire(amendment), 'officer');
}
