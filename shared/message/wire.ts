import { sha256 } from '@noble/hashes/sha2.js';
import { readSignature } from 'openpgp';
import { equalBytes } from '../bytes';
import { parseSignersKey } from '../openpgp/public-key';
import { signDetached, verifyDetached } from '../openpgp/signature';
import type { MessageType } from './body';
import { decodeCbor, encodeCbor } from './cbor';
import { type AnyEnvelope, type Envelope, encodeEnvelope, parseEnvelope } from './envelope';
import { MessageError } from './message-error';

/** A message with its signature. `parseWire` makes one whose signature nobody has looked at yet. */
export interface SignedMessage<T extends MessageType = MessageType> {
  /** The deterministic CBOR that is signed. */
  readonly payload: Uint8Array;
  /** Detached OpenPGP signature over `payload`, binary. */
  readonly signature: Uint8Array;
  readonly envelope: { [K in T]: Envelope<K> }[T];
  /** SHA-256 of `payload`: what journals and people call this message by. */
  readonly digest: Uint8Array;
}

/** A person whose signing key was compared by words once. */
export interface KnownKey {
  readonly name: string;
  /** OpenPGP v4, 20 bytes. */
  readonly fingerprint: Uint8Array;
  /** Binary OpenPGP public key. */
  readonly publicKey: Uint8Array;
}

/** What every carrier carries: CBOR of [payload, signature], two byte strings. */
export const encodeWire = (payload: Uint8Array, signature: Uint8Array): Uint8Array =>
  encodeCbor([payload, signature]);

/** The bytes of a signed message for a QR code or a file. */
export const wireBytes = (message: SignedMessage): Uint8Array =>
  encodeWire(message.payload, message.signature);

/**
 * Reads a message's structure; its signature still has to be verified (`verifyMessage`).
 * Throws `MessageError` as `parseEnvelope` does, and 'not-a-message' on anything but two byte strings.
 */
export function parseWire(bytes: Uint8Array): SignedMessage {
  if (bytes.length > LARGEST_WIRE) {
    throw new MessageError(
      'too-large',
      'This is larger than any Airlock message. Check that the right file or code was taken.',
    );
  }
  const value = decodeCbor(bytes);
  const [payload, signature] = Array.isArray(value) && value.length === 2 ? (value as unknown[]) : [];
  if (!(payload instanceof Uint8Array) || !(signature instanceof Uint8Array)) {
    throw new MessageError(
      'not-a-message',
      'This is not an Airlock message. Nothing was taken from it: have the other station show its code again.',
    );
  }
  return signedMessage(payload, signature, parseEnvelope(payload));
}

/** What a moving code carries (shared/qr/ur-part.ts). */
const LARGEST_WIRE = 65_536;

const signedMessage = (payload: Uint8Array, signature: Uint8Array, envelope: AnyEnvelope): SignedMessage => ({
  payload,
  signature,
  envelope,
  digest: sha256(payload),
});

/**
 * Signs the envelope with the sender's unlocked binary OpenPGP private key, whose fingerprint `from` must
 * name. Throws `MessageError` where the envelope would not be read back, and what `signDetached` throws.
 */
export async function signMessage<T extends MessageType>(
  envelope: Envelope<T>,
  privateKey: Uint8Array,
): Promise<SignedMessage<T>> {
  const payload = encodeEnvelope(envelope);
  const signature = await signDetached(payload, privateKey);
  // What was written is what gets acted on here too: read back from the bytes, not the caller's object.
  return signedMessage(payload, signature, parseEnvelope(payload)) as SignedMessage<T>;
}

/**
 * Checks the signature against the key of the person whom `from` names, and returns that person. An identity
 * message is signed by the key that it carries: that proves only that the sender holds that key, and the
 * person must still compare its words. Throws `MessageError`: 'unknown-signer' where no known person has that
 * fingerprint, 'bad-signature' where the signature is not theirs over exactly these bytes.
 */
export async function verifyMessage(message: SignedMessage, people: readonly KnownKey[]): Promise<KnownKey> {
  const signer = await findSigner(message, people);
  try {
    await refuseOtherForm(message.signature);
    await verifyDetached(message.payload, message.signature, signer.publicKey);
  } catch {
    throw new MessageError(
      'bad-signature',
      `This ${message.envelope.type} message says that it is from ${signer.name}, but its signature does not fit: it was changed or damaged on the way, or somebody else made it. Do not use it. Have ${signer.name} show it again, and tell the others if it happens twice.`,
    );
  }
  return signer;
}

async function findSigner({ envelope }: SignedMessage, people: readonly KnownKey[]): Promise<KnownKey> {
  if (envelope.type === 'identity') {
    const { name, publicKey } = envelope.body;
    try {
      const { fingerprint } = await parseSignersKey(publicKey);
      if (equalBytes(fingerprint, envelope.from)) return { name, fingerprint, publicKey };
    } catch {
      // Said below: a key that cannot be read is as good as a key of somebody else's.
    }
    throw new MessageError(
      'bad-signature',
      'This identity does not carry the key that it is signed with. Do not use it: have the person show their identity again.',
    );
  }
  const signer = people.find((person) => equalBytes(person.fingerprint, envelope.from));
  if (signer) return signer;
  throw new MessageError(
    'unknown-signer',
    `This ${envelope.type} message is signed by a key that this station does not know. If it is from someone of this ceremony, take in their identity first and compare its words; otherwise do not use it.`,
  );
}

/**
 * Some bits of an OpenPGP signature carry no meaning, so that flipping them leaves it valid (packet header
 * form, bit counts of its numbers, RFC 9580 §3.2). A message has one form only: what reading and writing it
 * again gives. Throws `Error` for another form, and what openpgp throws for what is no signature:
 * `verifyMessage` catches all of it.
 */
async function refuseOtherForm(signature: Uint8Array): Promise<void> {
  const parsed = await readSignature({ binarySignature: signature });
  if (parsed.packets.length !== 1 || !equalBytes(parsed.write(), signature)) {
    throw new Error('not the one form of this signature');
  }
}
