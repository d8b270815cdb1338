import type { Key, PublicKey } from 'openpgp';
import { fromHex, toBase64 } from '../bytes';
import { readPublicKey } from './certificate';
import { OpenPgpError } from './openpgp-error';
import { withPrivateKey } from './private-key';
import { statedExpiry } from './server-key';
import { isUnverifiable } from './unverifiable';

export { checkKeyForServer } from './server-key';

/** A public key, as people and servers want it. */
export interface PublicKeyInfo {
  /** Binary, without signatures that others put on it. */
  readonly binary: Uint8Array;
  /** 20 bytes of a key of version 4, 32 of one of version 6. */
  readonly fingerprint: Uint8Array;
  readonly armored: string;
  /** The first User ID, as written: “Alice <alice@example.org>”. */
  readonly userId: string;
  readonly created: Date;
  /** `null`: never. */
  readonly expires: Date | null;
  /** For people: “Curve25519”, “RSA 3072”. */
  readonly algorithm: string;
}

function algorithmName(key: Key): string {
  const { algorithm, bits, curve } = key.getAlgorithmInfo();
  if (curve !== undefined) return /25519/.test(curve) ? 'Curve25519' : curve;
  if (bits !== undefined) return `${algorithm.replace(/(?:Encrypt|Sign)+$/, '').toUpperCase()} ${bits}`;
  return algorithm;
}

async function expiryOf(key: PublicKey): Promise<Date | null> {
  if (isUnverifiable(key)) return statedExpiry(key);
  const expires = await key.getExpirationTime();
  return expires instanceof Date ? expires : null;
}

async function infoOf(key: PublicKey): Promise<PublicKeyInfo> {
  for (const user of key.users) user.otherCertifications = [];
  const expires = await expiryOf(key);
  return {
    binary: key.write(),
    fingerprint: fromHex(key.getFingerprint()),
    armored: key.armor(),
    userId: key.getUserIDs()[0] ?? '',
    created: key.getCreationTime(),
    expires,
    algorithm: algorithmName(key),
  };
}

/**
 * The public key in `input`: armored text, base64 as a server takes it, or binary. Whether a server can use
 * it is asked by `checkKeyForServer`. Throws `OpenPgpError`: `not-a-key`, `several-keys`,
 * `private-key-given`, `unsupported-by-server` (neither version 4 nor version 6).
 */
export async function parsePublicKey(input: string | Uint8Array): Promise<PublicKeyInfo> {
  return infoOf(await readPublicKey(input));
}

/**
 * The public key of somebody who signs, in `input`. Messages, rosters, journals and gpg 2.2 know people by
 * fingerprints of version 4. Throws as `parsePublicKey` does, and `not-a-key` for another version.
 */
export async function parseSignersKey(input: string | Uint8Array): Promise<PublicKeyInfo> {
  const info = await parsePublicKey(input);
  if (info.fingerprint.length !== 20)
    throw new OpenPgpError(
      'not-a-key',
      'This key is of OpenPGP version 6. Airlock knows people by keys of version 4, such as it makes itself.',
    );
  return info;
}

/**
 * The public half of a binary, unlocked private key. Throws `OpenPgpError`: `not-a-private-key`, `locked`.
 */
export async function publicHalf(privateKey: Uint8Array): Promise<PublicKeyInfo> {
  const binary = await withPrivateKey(privateKey, async (key) => key.toPublic().write());
  return parsePublicKey(binary);
}

/** What goes into a server's `pgp_key`: padded base64 of the binary public key. */
export const pgpKeyField = (binary: Uint8Array): string => toBase64(binary);
