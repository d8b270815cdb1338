import { Chacha20Poly1305 } from '@hpke/chacha20poly1305';
import { CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeCbor } from './cbor';
import { MessageError } from './message-error';

/** One-time X25519 key that a station opens sealed bodies with. Both halves 32 bytes, raw. */
export interface SealingKey {
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
}

/** What a sealed body is bound to: opening it under any other context fails. */
export interface SealContext {
  readonly purpose: 'share' | 'otp' | 'handoff';
  /** The ceremony's 16-byte id. */
  readonly ceremony: Uint8Array;
  /** The attempt's nonce; '' for an OTP, which goes out before there is an attempt. */
  readonly nonce: string;
  /** ISO 8601 UTC: after it the receiver no longer opens what is sealed to its key. */
  readonly expiresAt: string;
  /** Fingerprint of whoever seals, 20 bytes: what is lifted out of their message opens as nobody else's. */
  readonly sender: Uint8Array;
}

/** Length of the encapsulated key in front of the ciphertext: an X25519 public key. */
const ENCAPSULATED = 32;

/**
 * RFC 9180 base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305. These implementations are
 * plain JavaScript for the curve and the cipher, so that they are there on every Electron.
 */
const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Chacha20Poly1305(),
});

const infoOf = ({ purpose }: SealContext): Uint8Array => encodeCbor(['airlock', 'seal', 2, purpose]);

const aadOf = ({ purpose, ceremony, nonce, expiresAt, sender }: SealContext): Uint8Array =>
  encodeCbor({ v: 2, purpose, ceremony, nonce, expiresAt, sender });

/**
 * The first 8 bytes of SHA-256 of a 32-byte public key: enough to tell whose share this is, and few enough
 * for a share message to fit one still code. The seal itself is what no other key opens.
 */
export const sealingKeyId = (publicKey: Uint8Array): Uint8Array => sha256(publicKey).slice(0, 8);

/**
 * A new key pair. The private key is the caller's to wipe, and goes to disk only encrypted to a person's own
 * key.
 */
export async function makeSealingKey(): Promise<SealingKey> {
  const pair = await suite.kem.generateKeyPair();
  return {
    publicKey: new Uint8Array(await suite.kem.serializePublicKey(pair.publicKey)),
    privateKey: new Uint8Array(await suite.kem.serializePrivateKey(pair.privateKey)),
  };
}

/**
 * Seals `plain` to a station's 32-byte public key and to `context`. Returns encapsulated key (32) ‖
 * ciphertext ‖ tag (16). Throws `MessageError` 'bad-field' where `to` is not a usable key.
 */
export async function seal(plain: Uint8Array, to: Uint8Array, context: SealContext): Promise<Uint8Array> {
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(to);
    const { enc, ct } = await suite.seal(
      { recipientPublicKey, info: infoOf(context) },
      plain,
      aadOf(context),
    );
    const sealed = new Uint8Array(enc.byteLength + ct.byteLength);
    sealed.set(new Uint8Array(enc));
    sealed.set(new Uint8Array(ct), enc.byteLength);
    return sealed;
  } catch {
    throw new MessageError(
      'bad-field',
      "The station's sealing key cannot be used, so nothing was sealed to it. Ask the station to introduce itself again.",
    );
  }
}

/**
 * The secret that `seal` sealed to this key and context; the caller wipes it. Throws `MessageError`
 * 'not-for-this-station' on another key, another context or any changed byte.
 */
export async function open(
  sealed: Uint8Array,
  privateKey: Uint8Array,
  context: SealContext,
): Promise<Uint8Array> {
  try {
    const recipientKey = await suite.kem.deserializePrivateKey(privateKey);
    const enc = sealed.slice(0, ENCAPSULATED);
    const plain = await suite.open(
      { recipientKey, enc, info: infoOf(context) },
      sealed.slice(ENCAPSULATED),
      aadOf(context),
    );
    return new Uint8Array(plain);
  } catch {
    throw new MessageError(
      'not-for-this-station',
      'This cannot be opened here: it was sealed to another station, for another attempt or by another person than the one who signed it, or it was damaged on the way. Nothing was taken from it. Check that both screens show the same nonce words, and have it made again for this station.',
    );
  }
}
