import { equalBytes } from '../../shared/bytes';
import { refuseUnvouched } from '../../shared/ceremony/outcome-check';
import { expectMessage } from '../../shared/message/direction';
import { MessageError } from '../../shared/message/message-error';
import { type KnownKey, parseWire, type SignedMessage } from '../../shared/message/wire';
import type { StationContext } from '../station/context';
import { signerKnownAs } from './signer';

/**
 * The operator who signed an outcome, once the officer's own handoff in it says that the token was sealed to
 * their station. Who has no other evidence takes it from nobody else. `officer`: fingerprint of the officer
 * of the plan; null where this laptop has no plan, and any officer whom it knows counts. Throws
 * `MessageError` 'unvouched', 'unknown-signer', 'bad-signature', `StationError` 'signer-of-other-role'.
 */
export async function vouchedOperator(
  context: StationContext,
  message: SignedMessage<'outcome'>,
  officer: Uint8Array | null,
): Promise<KnownKey> {
  const operator = await signerKnownAs(context, message, 'operator');
  const { body } = message.envelope;
  const handoff = body.handoff === undefined ? null : await officersHandoff(context, body.handoff, officer);
  refuseUnvouched(message.envelope, handoff, operator.name);
  return operator;
}

async function officersHandoff(
  context: StationContext,
  wire: Uint8Array,
  officer: Uint8Array | null,
): Promise<SignedMessage<'handoff'>> {
  const message = parseWire(wire);
  const signer = await signerKnownAs(context, message, 'officer');
  expectMessage(message, {
    types: ['handoff'],
    to: 'operator',
    sender: { name: signer.name, role: 'officer' },
  });
  if (officer !== null && !equalBytes(officer, signer.fingerprint)) {
    throw new MessageError(
      'unvouched',
      `The handoff in this outcome is signed by ${signer.name}, who is not the officer of this ceremony’s plan. It was refused: ask how it came about, and treat the token as alive.`,
    );
  }
  return message as SignedMessage<'handoff'>;
}
