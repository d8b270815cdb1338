import { createMessage, encrypt, type Key, readKeys } from 'openpgp';
import { decodeGoBase64 } from './go-base64';
import { checkPackets, PgpReadError } from './pgp-packets';
import { checkSignatures } from './pgp-signatures';
import { Refusal } from './reply';

/** A PGP key that a token will be encrypted to. */
export interface PgpRecipient {
  readonly key: Key;
  /** Lower-case hex. */
  readonly fingerprint: string;
}

/**
 * Reads `pgp_key`, base64 of a binary key. Like a server it checks here what holds the key together, but not whether it can
 * encrypt or is still valid. Throws `Refusal` 400.
 */
export async function parsePgpKey(text: string): Promise<PgpRecipient> {
  const decoded = decodeGoBase64(text);
  if ('corruptAt' in decoded) {
    throw unparsed(`decoding given PGP key: illegal base64 data at input byte ${decoded.corruptAt}`);
  }
  const key = await readKey(decoded.bytes).catch((error: unknown) => {
    throw unparsed(
      `parsing given PGP key: ${error instanceof PgpReadError ? error.message : 'unexpected EOF'}`,
    );
  });
  return { key: key.toPublic(), fingerprint: key.getFingerprint() };
}

/** The first key. Throws `PgpReadError`, and what openpgp throws. */
async function readKey(bytes: Uint8Array): Promise<Key> {
  checkPackets(bytes);
  const [key] = await readKeys({ binaryKeys: bytes });
  if (key === undefined) throw new PgpReadError('EOF');
  await checkSignatures(key);
  return key;
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
