// Everything that lies in a folder, to be compared with what lies there later.
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Path (from `/` on), and what is there, as text: kind, mode, owner, and the SHA-256 or the place that a link
 * leads to.
 * @typedef {Map<string, string>} Files
 */

/**
 * @param {string} folder
 * @param {(path: string) => boolean} [isLeftOut] of a folder: with all in it
 * @returns {Files}
 */
export function filesBelow(folder, isLeftOut = () => false) {
  /** @type {Files} */
  const files = new Map();
  /** @param {string} at */
  const walk = (at) => {
    for (const name of readdirSync(join(folder, at))) {
      const path = `${at === '/' ? '' : at}/${name}`;
      if (isLeftOut(path)) continue;
      const entry = lstatSync(join(folder, path));
      files.set(path, described(join(folder, path), entry));
      if (entry.isDirectory()) walk(path);
    }
  };
  walk('/');
  return files;
}

/**
 * @param {string} path
 * @param {import('node:fs').Stats} entry
 */
function described(path, entry) {
  const rights = `${(entry.mode & 0o7777).toString(8)} ${entry.uid}:${entry.gid}`;
  if (entry.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (entry.isDirectory()) return `folder ${rights}`;
  if (!entry.isFile()) return `special ${rights}`;
  return `file ${rights} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}

/**
 * What is different, a line each.
 * @param {Files} before
 * @param {Files} after
 */
export function differences(before, after) {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === is) return [];
    if (was === undefined) return [`more: ${path}`];
    return [is === undefined ? `gone: ${path}` : `changed: ${path}`];
  });
}
