import { type Dirent, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../shared/bytes';
import type { ArchivedKey, Stray, TranscriptFolder } from '../../shared/transcript/verdict';
import { reasonOf, StoreError } from './store-error';

const JOURNAL = 'journal.jsonl';
const CHECKPOINT = 'checkpoint.txt';
const SCRIPT = 'verify.sh';

/**
 * Reads an archive folder as `verify.sh` does: every station's folder with its journal, its checkpoint and
 * signatures, and `keys/`. What is no part of a transcript is named; a link, a pipe, a device or a socket is
 * never opened. Throws `StoreError` 'folder-unreadable'.
 */
export function readTranscriptFolder(folder: string): TranscriptFolder {
  try {
    // What a path leads to may be a pipe, too.
    if (!statSync(folder).isDirectory()) throw new StoreError('folder-unreadable', 'It is no folder.');
    const root = contentsOf(folder);
    const strays: Stray[] = [];
    const stations: string[] = [];
    let hasDrawings = root.some((entry) => entry.isFile() && entry.name === 'report.html');
    for (const entry of root) {
      const { name } = entry;
      if (entry.isFile() && (name === SCRIPT || name === 'report.html')) continue;
      if (entry.isDirectory() && name === 'keys') {
        strays.push(...straysIn(folder, name, isArmored('')));
      } else if (entry.isDirectory() && name === 'qr') {
        hasDrawings = true;
        strays.push(...straysIn(folder, name, (file) => file.endsWith('.png') && !file.startsWith('.')));
      } else if (entry.isDirectory() && isStation(folder, name)) {
        stations.push(name);
        strays.push(...straysIn(folder, name, isOfStation));
      } else {
        strays.push(strayOf(entry, name));
      }
    }
    return {
      stations: stations.map((name) => ({
        name,
        // A station that vouched for a journal that is gone is missed, not passed over.
        journal: readIfThere(folder, name, JOURNAL) ?? new Uint8Array(),
        checkpoint: textOf(readIfThere(folder, name, CHECKPOINT)),
        signatures: armoredIn(folder, name, `${CHECKPOINT}.`),
      })),
      keys: root.some((entry) => entry.name === 'keys' && entry.isDirectory())
        ? armoredIn(folder, 'keys', '')
        : [],
      strays,
      script: digestOf(readIfThere(folder, SCRIPT)),
      hasDrawings,
    };
  } catch (error) {
    const reason = error instanceof StoreError ? 'it is no folder' : reasonOf(error);
    throw new StoreError(
      'folder-unreadable',
      `The transcript in ${folder} cannot be read (${reason}). Give the folder that holds verify.sh, and check its permissions.`,
    );
  }
}

/** In the same order as a shell's `*`. */
const contentsOf = (folder: string): Dirent[] =>
  readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));

/**
 * Whether a name is text that every program reads alike: UTF-8 (other bytes come as U+FFFD), no control
 * character.
 */
const isNamed = (name: string): boolean =>
  [...name].every((char) => char >= ' ' && char !== '\x7f' && char !== '\ufffd');

/** Whether a folder holds a journal or a checkpoint, be it a link or a pipe of that name. */
const isStation = (folder: string, name: string): boolean =>
  isNamed(name) &&
  !name.startsWith('.') &&
  [JOURNAL, CHECKPOINT].some(
    (file) => lstatSync(join(folder, name, file), { throwIfNoEntry: false }) !== undefined,
  );

const isArmored =
  (prefix: string) =>
  (file: string): boolean =>
    file.startsWith(prefix) && file.endsWith('.asc') && !/^\.|^$/.test(file.slice(prefix.length, -4));

const isOfStation = (file: string): boolean =>
  file === JOURNAL || file === CHECKPOINT || isArmored(`${CHECKPOINT}.`)(file);

const straysIn = (folder: string, name: string, belongs: (file: string) => boolean): Stray[] =>
  contentsOf(join(folder, name))
    .filter((entry) => !(entry.isFile() && isNamed(entry.name) && belongs(entry.name)))
    .map((entry) => strayOf(entry, `${name}/${entry.name}`));

const strayOf = (entry: Dirent, path: string): Stray => ({
  path,
  kind: entry.isSymbolicLink() ? 'link' : entry.isFile() || entry.isDirectory() ? 'unknown' : 'special',
});

const readIfThere = (...path: readonly string[]): Uint8Array | null =>
  lstatSync(join(...path), { throwIfNoEntry: false })?.isFile()
    ? new Uint8Array(readFileSync(join(...path)))
    : null;

const armoredIn = (folder: string, name: string, prefix: string): ArchivedKey[] =>
  contentsOf(join(folder, name))
    .filter((entry) => entry.isFile() && isNamed(entry.name) && isArmored(prefix)(entry.name))
    .map((entry) => ({
      name: entry.name.slice(prefix.length, -'.asc'.length),
      armored: textOf(readIfThere(folder, name, entry.name)) ?? '',
    }));

/**
 * Bytes that are no UTF-8 stay told apart from those that are: they become other text than Airlock ever
 * writes.
 */
function textOf(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

const digestOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : toHex(sha256(bytes)));
