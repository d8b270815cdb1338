import { createMessage, decrypt, encrypt, type Message, readMessage } from 'openpgp';
import { fromBase64 } from '../bytes';
import { anyTime } from './any-time';
import { readPublicKey } from './certificate';
import { OpenPgpError } from './openpgp-error';
import { withPrivateKey } from './private-key';

/** Options for openpgp, whose types leave `null` out where its code takes it. */
const timeless = { date: anyTime } as const;

/**
 * `plain` encrypted to a public key (binary), as a binary OpenPGP message that gpg can open. Without
 * signature; no clock takes part. Throws `OpenPgpError` `cannot-encrypt`, and those of `parsePublicKey`.
 */
export async function encryptToKey(plain: Uint8Array, publicKey: Uint8Array): Promise<Uint8Array> {
  const key = await readPublicKey(publicKey);
  try {
    const message = await createMessage({ binary: plain });
    const sealed: unknown = await encrypt({ message, encryptionKeys: key, format: 'binary', ...timeless });
    if (sealed instanceof Uint8Array) return sealed;
  } catch {
    // Said below.
  }
  throw new OpenPgpError(
    'cannot-encrypt',
    'Nothing can be encrypted to this key. Use one with an encryption subkey.',
  );
}

async function parseMessage(input: Uint8Array | string): Promise<Message<Uint8Array> | Message<string>> {
  try {
    if (typeof input !== 'string') return await readMessage({ binaryMessage: input });
    const text = input.trim();
    if (text.startsWith('-----BEGIN PGP ')) return await readMessage({ armoredMessage: text });
    return await readMessage({ binaryMessage: fromBase64(text) });
  } catch {
    throw new OpenPgpError(
      'not-a-message',
      'This is not an OpenPGP message, or it is cut off. Copy it again, whole and without changes.',
    );
  }
}

/**
 * Resolves where a text (armored, or padded base64) is an OpenPGP message that is encrypted to some key.
 * Throws `OpenPgpError` `not-a-message`.
 */
export const checkEncrypted = async (text: string): Promise<void> =>
  refuseUnencrypted(await parseMessage(text));

function refuseUnencrypted(message: Message<unknown>): void {
  if (message.getEncryptionKeyIDs().length > 0) return;
  throw new OpenPgpError(
    'not-a-message',
    'This is OpenPGP data, but not a message that is encrypted to a key.',
  );
}

/**
 * What is inside an OpenPGP message (binary; or text: armored, or padded base64 as in `encoded_token`) to a
 * binary, unlocked private key. Wipe it after use. No clock takes part. Throws `OpenPgpError`:
 * `not-a-message`, `not-for-this-key`, `damaged-message`, `not-a-private-key`, `locked`.
 */
export async function decryptWithKey(
  input: Uint8Array | string,
  privateKey: Uint8Array,
): Promise<Uint8Array> {
  const message = await parseMessage(input);
  refuseUnencrypted(message);
  const recipients = message.getEncryptionKeyIDs();
  return withPrivateKey(privateKey, async (key) => {
    const own = key.getKeys().map((part) => part.getKeyID());
    if (!recipients.some((id) => own.some((one) => one.equals(id, true))))
      throw new OpenPgpError(
        'not-for-this-key',
        'This is encrypted to another key, not to this one. Take the key that belongs to it, or ask for the answer that belongs to the key.',
      );
    try {
      const { data } = await decrypt({ message, decryptionKeys: key, format: 'binary', ...timeless });
      const plain: unknown = data;
      if (plain instanceof Uint8Array) return plain.slice();
    } catch {
      // Said below.
    }
    throw new OpenPgpError(
      'damaged-message',
      'The message is damaged or was changed, and cannot be opened. Copy it again.',
    );
  });
}
