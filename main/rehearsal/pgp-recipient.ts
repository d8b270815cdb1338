import { createMessage, encrypt, type Key, readKeys } from 'openpgp';
import { decodeGoBase64 } from './go-base64';
import { Refusal } from './reply';

/** A PGP key that a token will be encrypted to. */
export interface PgpRecipient {
  readonly key: Key;
  /** Lower-case hex. */
  readonly fingerprint: string;
}

/**
 * Reads `pgp_key`, base64 of a binary key. Like a server it does not ask here whether the key can encrypt or is still
 * valid. Throws `Refusal` 400.
 */
export async function parsePgpKey(text: string): Promise<PgpRecipient> {
  const decoded = decodeGoBase64(text);
  if ('corruptAt' in decoded) {
    throw unparsed(`decoding given PGP key: illegal base64 data at input byte ${decoded.corruptAt}`);
  }
  const [first] = decoded.bytes;
  if (first !== undefined && first < 0x80) {
    throw unparsed('parsing given PGP key: openpgp: invalid data: tag byte does not have MSB set');
  }
  const keys = await readKeys({ binaryKeys: decoded.bytes }).catch(() => []);
  const [key] = keys;
  if (key === undefined) throw unparsed('parsing given PGP key: unexpected EOF');
  return { key: key.toPublic(), fingerprint: key.getFingerprint() };
}

/**
 * Base64 of the token, encrypted. Throws whatever openpgp throws if the key has expired, lies in the future, is revoked
 * or has no part that encrypts.
 */
export async function encryptToken(token: Uint8Array, recipient: PgpRecipient): Promise<string> {
  const encrypted = await encrypt({
    message: await createMessage({ binary: token }),
    encryptionKeys: recipient.key,
    format: 'binary',
    // Vault's messages are of the older kind (SEIPD v1) that every gpg reads.
    config: { aeadProtect: false },
  });
  return Buffer.from(encrypted).toString('base64');
}

const unparsed = (reason: string) => new Refusal(400, `error parsing PGP key: error ${reason}`);
