// SHA-256 sums, as sha256sum writes and checks them.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lower-case hex SHA-256 of a file of any size.
 * @param {string} file
 */
function sha256Of(file) {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1024 * 1024);
  const handle = openSync(file, 'r');
  try {
    for (let read = readSync(handle, chunk); read > 0; read = readSync(handle, chunk))
      hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}

/**
 * The sums of files, a line each, in the order that is given.
 * @param {string} folder
 * @param {readonly string[]} paths within it
 */
export const sumsOf = (folder, paths) =>
  paths.map((path) => `${sha256Of(join(folder, path))}  ${path}\n`).join('');
