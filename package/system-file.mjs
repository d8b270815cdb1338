import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A file of `package/system/`, with the name of a package in it.
 * @param {string} file
 * @param {string} name
 */
export const systemFile = (file, name) =>
  readFileSync(join(import.meta.dirname, 'system', file), 'utf8').replaceAll('@NAME@', name);
