import { equalBytes, toHex } from '../../shared/bytes';
import { CeremonyError } from '../../shared/ceremony/ceremony-error';
import type { ParticipantState } from '../../shared/ceremony/participant';
import type { Body, MessageType, Role } from '../../shared/message/body';
import { type KnownKey, type SignedMessage, signMessage, verifyMessage } from '../../shared/message/wire';
import type { StationContext } from '../station/context';
import { StationError } from '../station/station-error';
import { listPeople } from '../store/people';

// Who signs: this station's person, or whoever signed a message that came in.

export interface Unsigned<T extends MessageType> {
  readonly type: T;
  readonly ceremony: Uint8Array | null;
  /** Digest of the message that this one answers. */
  readonly prev: Uint8Array | null;
  readonly body: Body<T>;
}

/**
 * Signs a message as this station's person, dated by this station's clock. Throws `StationError` 'locked'.
 */
export function sign<T extends MessageType>(
  context: StationContext,
  message: Unsigned<T>,
): Promise<SignedMessage<T>> {
  const identity = context.identity();
  return signMessage(
    { v: 1, ...message, issuedAt: context.clock().toISOString(), from: identity.fingerprint },
    identity.privateKey,
  );
}

/** The known person who signed a message. Throws `MessageError` 'unknown-signer' or 'bad-signature'. */
export async function signerOf(context: StationContext, message: SignedMessage): Promise<KnownKey> {
  return verifyMessage(message, await context.people());
}

/**
 * The signer of a message as a participant of a ceremony, with the role that the plan gave them. Throws
 * `CeremonyError` 'not-on-roster' with the signer's name, and what `signerOf` throws.
 */
export async function signerOnRoster(
  context: StationContext,
  message: SignedMessage,
  roster: readonly ParticipantState[],
): Promise<{ readonly name: string; readonly role: Role }> {
  const signer = await signerOf(context, message);
  const entry = roster.find((person) => person.fingerprint === toHex(signer.fingerprint));
  if (entry === undefined) {
    throw new CeremonyError(
      'not-on-roster',
      `${signer.name} signed this ${message.envelope.type} message, but isn't on this ceremony's roster. It was refused. Ask ${signer.name} how it came about.`,
    );
  }
  return { name: signer.name, role: entry.role };
}

/**
 * The signer of a message, who must be known on this laptop with this very role. It is the role that was
 * compared by voice that counts, whatever a roster says. Throws `StationError` 'signer-of-other-role', and
 * what `signerOf` throws.
 */
export async function signerKnownAs(
  context: StationContext,
  message: SignedMessage,
  role: Role,
): Promise<KnownKey> {
  const signer = await signerOf(context, message);
  const known = listPeople(context.home).find((person) => equalBytes(person.fingerprint, signer.fingerprint));
  if (known?.role === role) return signer;
  throw new StationError(
    'signer-of-other-role',
    `This ${message.envelope.type} message is signed by ${signer.name}, whom this laptop knows as ${known?.role ?? 'its own person'}, not as ${role}. It was refused. Tell the others before anything else.`,
  );
}
