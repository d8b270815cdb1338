import {
  createMessage,
  decrypt,
  encrypt,
  type KeyID,
  Message,
  PacketList,
  type PrivateKey,
  PublicKeyEncryptedSessionKeyPacket,
  readMessage,
} from 'openpgp';
import { copySecret, wipe } from '../bytes';
import { anyTime } from './any-time';
import { readPublicKey } from './certificate';
import { isMissing } from './given-keys';
import { binaryWithin, maxMessageBytes, OverLimit, openingLimits } from './limits';
import { OpenPgpError } from './openpgp-error';
import { withPrivateKey } from './private-key';
import { sessionKeysOf } from './session-keys';
import { isUnverifiable } from './unverifiable';

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

async function parseMessage(input: Uint8Array | string): Promise<Message<Uint8Array>> {
  try {
    const binaryMessage = await binaryWithin(input, maxMessageBytes);
    return await readMessage({ binaryMessage, config: openingLimits });
  } catch (error) {
    if (error instanceof OverLimit)
      throw new OpenPgpError(
        'not-a-message',
        'This message is far larger than one with a token or a share in it can be, and is not opened. Look whether it is the right file.',
      );
    throw new OpenPgpError(
      'not-a-message',
      'This is not an OpenPGP message, or it is cut off. Copy it again, whole and without changes.',
    );
  }
}

/**
 * Times that one message may be encrypted to one key: each is tried, and takes up to a second with the
 * largest keys.
 */
const mostTries = 8;

/** The message without what is meant for other keys than these, and how often it is meant for them. */
function keptFor(
  message: Message<Uint8Array>,
  own: readonly KeyID[],
): { kept: Message<Uint8Array>; tries: number; asked: KeyID[] } {
  const packets: typeof message.packets = new PacketList();
  let tries = 0;
  const asked: KeyID[] = [];
  for (const packet of message.packets) {
    if (packet instanceof PublicKeyEncryptedSessionKeyPacket) {
      const recipient: unknown = 'publicKeyID' in packet ? packet.publicKeyID : null;
      const mine = own.filter((one) => isKeyId(recipient) && one.equals(recipient, true));
      if (mine.length === 0) continue;
      asked.push(...mine);
      tries++;
    }
    packets.push(packet);
  }
  return { kept: new Message<Uint8Array>(packets), tries, asked };
}

const isKeyId = (value: unknown): value is KeyID =>
  typeof value === 'object' && value !== null && 'equals' in value;

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
  return withPrivateKey(privateKey, async (key) => {
    const own = key.getKeys().map((part) => part.getKeyID());
    const { kept, tries, asked } = keptFor(message, own);
    if (tries > mostTries)
      throw new OpenPgpError(
        'damaged-message',
        'This message is encrypted to one key again and again, which no program does. It is not opened: have it made anew.',
      );
    if (tries === 0)
      throw new OpenPgpError(
        'not-for-this-key',
        'This is encrypted to another key, not to this one. Take the key that belongs to it, or ask for the answer that belongs to the key.',
      );
    const parts = key.getKeys().filter((part) => asked.some((one) => one.equals(part.getKeyID())));
    refuseUnopened(parts.map(({ keyPacket }) => keyPacket));
    // Where openpgp is given a key, it checks that key's own signatures first.
    const sessionKeys = isUnverifiable(key) ? await sessionKeysOf(kept, parts) : null;
    try {
      const { data } = await decrypt({
        message: kept,
        ...(sessionKeys === null ? { decryptionKeys: key } : { sessionKeys }),
        format: 'binary',
        config: openingLimits,
        ...timeless,
      });
      const plain: unknown = data;
      if (plain instanceof Uint8Array) {
        const copy = copySecret(plain);
        wipe(plain);
        return copy;
      }
    } catch {
      // Said below.
    } finally {
      for (const { data } of sessionKeys ?? []) wipe(data);
    }
    throw new OpenPgpError(
      'damaged-message',
      'The message is damaged or was changed, and cannot be opened. Copy it again.',
    );
  });
}

/** Where the passphrase opened parts of the key, and not the one that is needed. */
function refuseUnopened(parts: ReturnType<PrivateKey['getKeys']>[number]['keyPacket'][]): void {
  if (parts.some((packet) => packet.isDecrypted() === true)) return;
  if (parts.every(isMissing))
    throw new OpenPgpError(
      'unreadable-key',
      'This is encrypted to a part of the key whose secret is not in the file: it is on a card or another machine. Export that part (gpg --export-secret-subkeys), or open the message where it is.',
    );
  throw new OpenPgpError(
    'locked',
    'The part of the key that this is encrypted to has another passphrase than the one given. Give that one.',
  );
}
