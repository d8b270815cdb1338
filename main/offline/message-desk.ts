import { toHex } from '../../shared/bytes';
import { CeremonyError } from '../../shared/ceremony/ceremony-error';
import { type ParticipantState, participantInMessage } from '../../shared/ceremony/participant';
import type { Body, MessageType, Role } from '../../shared/message/body';
import { type KnownKey, type SignedMessage, signMessage, verifyMessage } from '../../shared/message/wire';
import type { StationContext } from './station-context';

export interface Draft<T extends MessageType> {
  readonly type: T;
  readonly ceremony: Uint8Array | null;
  readonly prev: Uint8Array | null;
  readonly body: Body<T>;
}

/** Signs a message as this station's person, dated by this station's clock. Throws `StationError` 'locked'. */
export function issue<T extends MessageType>(
  context: StationContext,
  draft: Draft<T>,
): Promise<SignedMessage<T>> {
  const identity = context.identity();
  return signMessage(
    { v: 1, ...draft, issuedAt: context.clock().toISOString(), from: identity.fingerprint },
    identity.privateKey,
  );
}

/** The known person who signed a message. Throws `MessageError` 'unknown-signer' or 'bad-signature'. */
export async function signerOf(context: StationContext, message: SignedMessage): Promise<KnownKey> {
  return verifyMessage(message, await context.people());
}

/**
 * The signer of a message as a participant of a ceremony, with the role that the plan gave them. Throws `CeremonyError`
 * 'not-on-roster' by name, and what `signerOf` throws.
 */
export async function participantOf(
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

export const rosterInMessage = (roster: readonly ParticipantState[]) => roster.map(participantInMessage);
