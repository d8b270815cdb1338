import { closeSync, fstatSync, fsyncSync, openSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './folder';
import { removeSealed } from './seal/sealed-file';
import { reasonOf, StoreError } from './store-error';

const BLOCK = 65_536;

/**
 * Overwrites the file with zeros, waits until that is on the disk, and deletes it. A flash disk may keep
 * older copies all the same: that is why no secret is on the disk in the clear in the first place. A file
 * that is not there is destroyed already. Throws `StoreError` 'cannot-destroy', 'home-locked'.
 */
export function destroyFile(path: string): void {
  try {
    removeSealed(path, () => {
      eraseFile(path);
    });
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if (reasonOf(error) === 'ENOENT') return;
    throw new StoreError(
      'cannot-destroy',
      `The file ${path} could not be destroyed (${reasonOf(error)}). It may still hold a secret: delete it by hand, and tell the others.`,
    );
  }
}

/** The same for a file that no seals name any more. Throws what the system throws. */
export function eraseFile(path: string): void {
  overwrite(path);
  unlinkSync(path);
  syncFolder(dirname(path));
}

function overwrite(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    const { size } = fstatSync(fd);
    const zeros = new Uint8Array(Math.min(size, BLOCK));
    for (let done = 0; done < size; ) {
      done += writeSync(fd, zeros, 0, Math.min(zeros.length, size - done), done);
    }
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
