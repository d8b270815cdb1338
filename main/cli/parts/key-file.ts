import { wipe } from '../../../shared/bytes';
import { lookAtPrivateKey, unlockPrivateKey } from '../../../shared/openpgp/key-pair';
import { readInput } from './input-file';
import { passphrase } from './passphrase';
import type { Terminal } from './terminal';

/**
 * The private key in a file that a person named, binary and unlocked; the caller wipes it. It is looked at
 * first: nobody is asked for the passphrase of a key that can't be used, or that has none. Throws `CliError`
 * 'unreadable-file', 'no-passphrase', and `OpenPgpError`.
 */
export async function unlockedKey(
  terminal: Terminal,
  keyFile: string,
  passphraseFile: string | undefined,
): Promise<Uint8Array> {
  return withLockedKey(terminal, keyFile, passphraseFile, unlockPrivateKey);
}

/**
 * The same, where whoever uses the key opens it: with its file as it is, and its passphrase, empty where it
 * has none. Both are wiped after `use`.
 */
export async function withLockedKey<T>(
  terminal: Terminal,
  keyFile: string,
  passphraseFile: string | undefined,
  use: (locked: Uint8Array, passphrase: Uint8Array) => Promise<T>,
): Promise<T> {
  const locked = await readInput(terminal, keyFile);
  let secret: Uint8Array = new Uint8Array();
  try {
    const { needsPassphrase } = await lookAtPrivateKey(locked);
    if (needsPassphrase) secret = await passphrase(terminal, passphraseFile, 'Passphrase of the key: ');
    return await use(locked, secret);
  } finally {
    wipe(locked, secret);
  }
}
