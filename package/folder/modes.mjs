import { chmodSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Gives every file and folder the mode that it has in every package, whatever the umask was: all may read,
 * nobody but the owner may write.
 * @param {string} folder
 */
export function settleModes(folder) {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const entry = lstatSync(path);
    if (entry.isDirectory()) settleModes(path);
    else chmodSync(path, (entry.mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
