import { closeSync, fchmodSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { reasonOf, StoreError } from './store-error';

/** Writes a file where a person asked for it. Throws `StoreError` 'file-unwritable' with the reason. */
export const saveText = (path: string, text: string): void => saveBytes(path, Buffer.from(text));

/** As `saveText`, for bytes. */
export function saveBytes(path: string, bytes: Uint8Array): void {
  try {
    writeFileAtomic.sync(path, Buffer.from(bytes), { fsync: true });
  } catch (error) {
    throw new StoreError(
      'file-unwritable',
      `The file ${path} couldn't be written (${reasonOf(error)}). Choose another place.`,
    );
  }
}

/**
 * Writes a secret where a person asked for it, for its owner only (mode 0600), straight into that file: a
 * copy under another name could be left behind. Throws `StoreError` 'file-unwritable' with the reason.
 */
export function saveSecret(path: string, bytes: Uint8Array): void {
  try {
    const fd = openSync(path, 'w', 0o600);
    try {
      // The file may have been there before, open to others.
      fchmodSync(fd, 0o600);
      writeFileSync(fd, bytes);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw new StoreError(
      'file-unwritable',
      `The file ${path} couldn't be written (${reasonOf(error)}). Part of it may be there: delete it, and choose another place.`,
    );
  }
}
