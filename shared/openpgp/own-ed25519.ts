import type { PublicKey, Subkey } from 'openpgp';
import { equalBytes, toHex } from '../bytes';
import { plainBody } from './plain-armor';

/** What a platform's own cryptography does. */
interface Platform {
  /** SHA-512 of these bytes, one after the other. */
  sha512(parts: readonly Uint8Array[]): Uint8Array;
  /** Whether an Ed25519 signature of 64 bytes over `message` is by the public key of 32 (RFC 8032). */
  ed25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

let platform: Platform | null = null;

/**
 * Has signatures in the form of Airlock's own checked by the platform, which takes a tenth of the time.
 * Called once, by a program that has one: nothing here may know of it.
 */
export function verifyBy(own: Platform): void {
  platform = own;
}

/** A signature in that form, and by whom it says it is. */
interface OwnSignature {
  /** Lower-case hex of the key's id. */
  readonly issuer: string;
  /** Upper-case hex. */
  readonly fingerprint: string;
  /** From its version to the end of what is hashed of it, and its trailer. */
  readonly hashed: readonly Uint8Array[];
  /** The first two bytes of the digest. */
  readonly digestStart: Uint8Array;
  /** R and S, 64 bytes. */
  readonly numbers: Uint8Array;
}

const EDDSA_LEGACY = 22;
const SHA512 = 10;
const CREATED = 2;
const ISSUER = 16;
const ISSUER_FINGERPRINT = 33;
/** Of OpenPGP's Ed25519Legacy (RFC 9580, 9.2): 1.3.6.1.4.1.11591.15.1. */
const ED25519 = '2b06010401da470f01';

/**
 * The signature, where it has exactly the form that Airlock gives its own: EdDSA over SHA-512, with the time
 * and the issuer and nothing else that could mean anything. Null for every other, which openpgp is to judge.
 */
export function ownSignature(signature: Uint8Array): OwnSignature | null {
  const body = platform === null ? null : plainBody(signature);
  if (body === null || body[2] !== EDDSA_LEGACY || body[3] !== SHA512) return null;
  const end = 6 + uint16(body, 4);
  const parts = subpackets(body.subarray(6, end));
  const created = parts?.get(CREATED);
  const issuer = parts?.get(ISSUER);
  const by = parts?.get(ISSUER_FINGERPRINT);
  if (parts?.size !== 3 || created?.length !== 4 || issuer?.length !== 8) return null;
  if (by?.length !== 21 || by[0] !== 4 || !equalBytes(by.subarray(13), issuer)) return null;
  const numbers = bothNumbers(body.subarray(end + 4));
  if (numbers === null) return null;
  const trailer = Uint8Array.of(4, 0xff, 0, 0, end >> 8, end & 255);
  return {
    issuer: toHex(issuer),
    fingerprint: toHex(by.subarray(1)).toUpperCase(),
    hashed: [body.subarray(0, end), trailer],
    digestStart: body.subarray(end + 2, end + 4),
    numbers,
  };
}

/** Whether the platform finds it to be over `bytes` by that part of a key. */
export function fitsByPlatform(
  bytes: Uint8Array,
  { fingerprint, hashed, digestStart, numbers }: OwnSignature,
  part: PublicKey | Subkey,
): boolean {
  const key = pointOf(part);
  if (platform === null || key === null || part.getFingerprint().toUpperCase() !== fingerprint) return false;
  const digest = platform.sha512([bytes, ...hashed]);
  return equalBytes(digest.subarray(0, 2), digestStart) && platform.ed25519(key, digest, numbers);
}

/** The 32 bytes of an Ed25519 key of version 4; null for any other. */
function pointOf({ keyPacket }: PublicKey | Subkey): Uint8Array | null {
  if (keyPacket.version !== 4 || Number(keyPacket.algorithm) !== EDDSA_LEGACY) return null;
  const { oid, Q } = keyPacket.publicParams as { readonly oid?: { toHex(): string }; readonly Q?: unknown };
  if (oid?.toHex() !== ED25519 || !(Q instanceof Uint8Array)) return null;
  return Q.length === 33 && Q[0] === 0x40 ? Q.subarray(1) : null;
}

/** Subpackets with short lengths, by their type, each type once; null where it is otherwise. */
function subpackets(bytes: Uint8Array): Map<number, Uint8Array> | null {
  const parts = new Map<number, Uint8Array>();
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    const type = (bytes[at + 1] ?? 0) & 0x7f;
    const body = bytes.subarray(at + 2, at + 1 + length);
    if (length < 2 || length >= 192 || body.length !== length - 1 || parts.has(type)) return null;
    parts.set(type, body);
    at += 1 + length;
  }
  return parts;
}

/** R and S of 32 bytes each, which stand there without their leading zeros; null where they are others. */
function bothNumbers(bytes: Uint8Array): Uint8Array | null {
  const numbers = new Uint8Array(64);
  let at = 0;
  for (const start of [0, 32]) {
    const length = Math.ceil(uint16(bytes, at) / 8);
    if (length > 32 || at + 2 + length > bytes.length) return null;
    numbers.set(bytes.subarray(at + 2, at + 2 + length), start + 32 - length);
    at += 2 + length;
  }
  return at === bytes.length ? numbers : null;
}

const uint16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
