import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a new, renamed or deleted name in the folder survive a power cut. Windows has no such call: nothing
 * there.
 */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/**
 * Makes a folder, and those above it that are missing, with `mode`; one that is there stays as it is. Node's
 * own recursive `mkdirSync` never ends where the system answers ENOENT although the folder above is there, as
 * in /proc. Throws what the system throws.
 */
export function makeFolders(path: string, mode = 0o777): void {
  const folders = [resolve(path)];
  for (let above = dirname(resolve(path)); !existsSync(above); above = dirname(above)) {
    // The root of a disk that is not there.
    if (above === dirname(above)) break;
    folders.unshift(above);
  }
  for (const folder of folders) {
    try {
      mkdirSync(folder, { mode });
    } catch (error) {
      if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
}
