import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes a new, renamed or deleted name in the folder survive a power cut. Windows has no such call: nothing there. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
