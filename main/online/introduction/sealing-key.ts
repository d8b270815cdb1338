import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeSealingKey } from '../../../shared/message/seal';
import { decryptWithKey, encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import type { Identity, UnlockedIdentity } from '../../store/identity';
import type { Journal } from '../../store/journal';
import { HomeFinding } from '../../store/seal/home-finding';
import { readSealed, writeSealed } from '../../store/seal/sealed-file';
import { destroyFile } from '../../store/secret-file';
import { reasonOf, StoreError } from '../../store/store-error';

/** A station's one-time key lives this long: a working day with a margin. */
export const SEALING_KEY_LIFETIME_MS = 12 * 60 * 60 * 1000;

/**
 * A new one-time key, 32 bytes each half, and the moment it expires (ISO 8601 UTC). The caller wipes the
 * private half.
 */
export async function newSealingKey(now: Date): Promise<{
  readonly publicKey: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly expiresAt: string;
}> {
  const pair = await makeSealingKey();
  return { ...pair, expiresAt: new Date(now.getTime() + SEALING_KEY_LIFETIME_MS).toISOString() };
}

/**
 * Writes a sealing key, encrypted to the person's own identity key: it never lies on disk in the clear.
 * Throws `StoreError` 'file-unwritable', `HomeFinding`.
 */
export async function keepSealingKey(
  path: string,
  privateKey: Uint8Array,
  identity: Identity,
): Promise<void> {
  const sealed = await encryptToKey(privateKey, identity.publicKey);
  try {
    writeSealed(path, sealed);
  } catch (error) {
    if (error instanceof HomeFinding) throw error;
    throw new StoreError(
      'file-unwritable',
      `This station's one-time key can't be kept in the folder ${dirname(path)} (${reasonOf(error)}), so no message was made. Make room there or have its rights changed, and do this step again.`,
    );
  }
}

/**
 * The sealing key in `path`; the caller wipes it. Throws `StoreError` 'state-unreadable', `HomeFinding`,
 * `OpenPgpError`.
 */
export function openSealingKey(path: string, identity: UnlockedIdentity): Promise<Uint8Array> {
  return decryptWithKey(readKey(path), identity.privateKey);
}

function readKey(path: string): Uint8Array {
  let reason = 'ENOENT';
  try {
    const bytes = readSealed(path);
    if (bytes !== null) return bytes;
  } catch (error) {
    if (error instanceof StoreError) throw error;
    reason = reasonOf(error);
  }
  throw new StoreError(
    'state-unreadable',
    `This station's one-time key can't be read from ${path} (${reason}), so what was sealed to it can't be opened. Check the disk and the file's rights, or have it sealed to a new key.`,
  );
}

/**
 * Overwrites and removes a key's file, where there is one. Says whether there was. Throws `StoreError`
 * 'cannot-destroy'.
 */
export function destroySealingKey(path: string): boolean {
  if (!existsSync(path)) return false;
  destroyFile(path);
  return true;
}

/**
 * Puts on record that a key was destroyed. A journal that can't be written must not keep a key alive: the
 * command that needs the journal says what is wrong with it.
 */
export function recordDestroyed(journal: () => Journal): void {
  try {
    journal().append('secret-destroyed', { what: 'sealing-key' });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}
