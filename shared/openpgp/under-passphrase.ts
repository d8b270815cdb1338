import { createMessage, decrypt, encrypt, enums, readMessage } from 'openpgp';
import { copySecret, type RandomSource, wipe } from '../bytes';
import { OpenPgpError } from './openpgp-error';
import { HIGHEST_COUNT, iteratedS2k, s2kHashes } from './s2k';

// An OpenPGP message under a passphrase, as `gpg --symmetric` makes one and `gpg --decrypt` opens it: a
// session key packet (RFC 9580, 5.3) that holds no key, so that what the passphrase is stretched to is the
// session key itself, and the data with its hash inside (5.13.1). The first packet is written and read here,
// for openpgp would copy the passphrase many times (see `iteratedS2k`).

const AES256 = 9;
const SALT = 8;
/** Tag 3 in the new format, 13 bytes: version, cipher, S2K with its hash, salt and count. */
const HEAD = [0xc3, 13, 4, AES256, 3, s2kHashes.sha512] as const;
const HEAD_LENGTH = HEAD.length + SALT + 1;
/** Tag 18 in the new format. */
const DATA = 0xd2;

/**
 * `plain` under a passphrase (UTF-8), binary. The salt comes from `random`. Throws `OpenPgpError`
 * 'cannot-encrypt'.
 */
export async function encryptUnderPassphrase(
  plain: Uint8Array,
  passphrase: Uint8Array,
  random: RandomSource,
): Promise<Uint8Array> {
  const salt = random(SALT);
  const key = iteratedS2k(s2kHashes.sha512, salt, HIGHEST_COUNT, passphrase, 32);
  try {
    const message = await createMessage({ binary: plain });
    const data: unknown = await encrypt({
      message,
      sessionKey: { data: key, algorithm: 'aes256' },
      format: 'binary',
      config: { aeadProtect: false, preferredCompressionAlgorithm: enums.compression.uncompressed },
    });
    if (data instanceof Uint8Array && data[0] === DATA) {
      const whole = new Uint8Array(HEAD_LENGTH + data.length);
      whole.set([...HEAD, ...salt, HIGHEST_COUNT]);
      whole.set(data, HEAD_LENGTH);
      return whole;
    }
  } catch {
    // Said below.
  } finally {
    wipe(key);
  }
  throw new OpenPgpError(
    'cannot-encrypt',
    'Nothing can be encrypted here. Restart the program and try again.',
  );
}

/**
 * What is under the passphrase, for the caller to wipe where it is a secret. Nothing comes out unless the
 * hash inside fits, so no byte of the message can be changed unnoticed. Throws `OpenPgpError`:
 * 'not-a-message' (also where it is cut off), 'wrong-passphrase' (or the message was changed: the one can't
 * be told from the other).
 */
export async function decryptUnderPassphrase(
  message: Uint8Array,
  passphrase: Uint8Array,
): Promise<Uint8Array> {
  if (!isUnderPassphrase(message))
    throw new OpenPgpError('not-a-message', 'This is no message under a passphrase, or it is cut off.');
  const salt = message.slice(HEAD.length, HEAD.length + SALT);
  const count = message[HEAD_LENGTH - 1] ?? 0;
  const key = iteratedS2k(s2kHashes.sha512, salt, count, passphrase, 32);
  try {
    const { data: plain } = await decrypt({
      message: await readMessage({ binaryMessage: message.subarray(HEAD_LENGTH) }),
      sessionKeys: { data: copySecret(key), algorithm: 'aes256' },
      format: 'binary',
    });
    const bytes: unknown = plain;
    if (bytes instanceof Uint8Array) return bytes;
  } catch {
    // Said below.
  } finally {
    wipe(key);
  }
  throw new OpenPgpError('wrong-passphrase', 'The passphrase doesn’t open this, or it was changed.');
}

/** Whether bytes are such a message as it is made here, whole, by its first bytes and its length. */
export function isUnderPassphrase(message: Uint8Array): boolean {
  if (HEAD.some((byte, i) => message[i] !== byte) || message[HEAD_LENGTH] !== DATA) return false;
  const { size, length } = lengthAt(message, HEAD_LENGTH + 1);
  return HEAD_LENGTH + 1 + size + length === message.length;
}

/** A packet's length in the new format (RFC 9580, 4.2.1), and how many bytes it takes; no parts. */
function lengthAt(bytes: Uint8Array, at: number): { readonly size: number; readonly length: number } {
  const byte = (i: number): number => bytes[at + i] ?? 0;
  if (byte(0) < 192) return { size: 1, length: byte(0) };
  if (byte(0) < 224) return { size: 2, length: (byte(0) - 192) * 256 + byte(1) + 192 };
  const four = [1, 2, 3, 4].reduce((sum, i) => sum * 256 + byte(i), 0);
  return { size: 5, length: byte(0) === 255 ? four : -1 };
}
