// What tests fetch from outside: kept in one folder, and used only if its SHA-256 is the one that is written
// here.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';

/** Where things that tests fetch are kept, outside of node_modules, which `npm ci` empties. */
export const cacheFolder = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'airlock');

/**
 * Calls `use` with a fresh folder inside the cache, so that moving something out of it is a rename. The
 * folder is removed afterwards.
 * @template T
 * @param {(folder: string) => T} use
 * @returns {T}
 */
export function withWorkFolder(use) {
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'fetching-'));
  try {
    return use(work);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Throws an Error unless the file's SHA-256 is `sha256` (hex).
 * @param {string} file
 * @param {string} sha256
 */
export function assertSha256(file, sha256) {
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (sum !== sha256) throw new Error(`${basename(file)} has SHA-256 ${sum}, not ${sha256}: it is not used.`);
}
