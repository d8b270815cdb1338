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
  const locked = await readInput(terminal, keyFile);
  let secret: Uint8Array | undefined;
  try {
    const { needsPassphrase } = await lookAtPrivateKey(locked);
    if (needsPassphrase) secret = await passphrase(terminal, passphraseFile, 'Passphrase of the key: ');
    return await unlockPrivateKey(locked, secret ?? '');
  } finally {
    wipe(locked, secret);
  }
}
