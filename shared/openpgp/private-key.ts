import { type PrivateKey, readPrivateKey } from 'openpgp';
import { wipe } from '../bytes';
import { OpenPgpError } from './openpgp-error';

function wipeParams(key: PrivateKey): void {
  for (const { keyPacket } of key.getKeys()) {
    const params = 'privateParams' in keyPacket ? keyPacket.privateParams : null;
    if (typeof params !== 'object' || params === null) continue;
    for (const value of Object.values(params)) if (value instanceof Uint8Array) wipe(value);
  }
}

/**
 * Reads a binary, unlocked private key for as long as `use` takes, and overwrites what openpgp made of it.
 */
export async function withPrivateKey<T>(
  binary: Uint8Array,
  use: (key: PrivateKey) => Promise<T>,
): Promise<T> {
  // openpgp keeps views of what it is given: without a copy, the overwriting would reach the caller's key.
  const copy = binary.slice();
  let key: PrivateKey | undefined;
  try {
    key = await readPrivateKey({ binaryKey: copy });
  } catch {
    wipe(copy);
    throw new OpenPgpError('not-a-private-key', 'This is not a private key, or it is damaged.');
  }
  try {
    if (!key.isDecrypted())
      throw new OpenPgpError('locked', 'The private key is locked: it needs its passphrase first.');
    return await use(key);
  } finally {
    wipeParams(key);
    wipe(copy);
  }
}
