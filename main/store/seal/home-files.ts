import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../../shared/bytes';
import { NO_LINE } from '../../../shared/transcript/journal-line';
import { reasonOf } from '../store-error';
import type { JournalHead } from './seal-file';

const IN_HOME = /^(?:identity|people|custody|station|scripts)\.json$|^station-[0-9a-f]{16}\.pgp$/;
const IN_CEREMONY =
  /^(?:state\.json|secret\.pgp|handoff\.pgp|brought-\d+\.pgp|checkpoint\.txt(?:\..*\.asc)?)$/;
const CEREMONY = /^[0-9a-f]{32}$/;
const ANSWER = /^\d+\.raw$/;
const JOURNAL = 'journal.jsonl';

/** Whether a file of a home, by its path within it, is kept under its seals. */
export function isSealed(path: string): boolean {
  const [folder, id = '', ...rest] = path.split('/');
  if (id === '') return IN_HOME.test(path) || path === JOURNAL;
  const [name = '', answer] = rest;
  if (folder !== 'ceremonies' || !CEREMONY.test(id)) return false;
  if (answer !== undefined) return name === 'answers' && ANSWER.test(answer);
  return name === JOURNAL || IN_CEREMONY.test(name);
}

/** What is kept under a home's seals: all but messages (which carry signatures) and choices of display. */
export interface HomeFiles {
  readonly files: readonly string[];
  readonly journals: readonly string[];
}

/** Those of a home as they lie there now, by their paths within it. */
export function homeFiles(dir: string): HomeFiles {
  const files = namesIn(dir).filter((name) => IN_HOME.test(name));
  const journals = existsSync(join(dir, JOURNAL)) ? [JOURNAL] : [];
  for (const id of namesIn(join(dir, 'ceremonies')).filter((name) => CEREMONY.test(name))) {
    const folder = `ceremonies/${id}`;
    for (const name of namesIn(join(dir, folder))) {
      if (IN_CEREMONY.test(name)) files.push(`${folder}/${name}`);
      if (name === 'answers') files.push(...answersIn(dir, `${folder}/answers`));
      if (name === JOURNAL) journals.push(`${folder}/${name}`);
    }
  }
  return { files, journals };
}

const answersIn = (dir: string, folder: string): string[] =>
  namesIn(join(dir, folder))
    .filter((name) => ANSWER.test(name))
    .map((name) => `${folder}/${name}`);

const namesIn = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** A file's bytes, or null where there is none. Throws what the system throws. */
export function bytesIn(path: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return null;
    throw error;
  }
}

export const hashOf = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : toHex(sha256(bytes));

export const NEWLINE = 0x0a;

/** Line count and head of a journal's whole lines; whether they are a chain is for others to say. */
export function headOf(bytes: Uint8Array | null): JournalHead {
  let lines = 0;
  let start = 0;
  let last: Uint8Array | null = null;
  for (let end = bytes?.indexOf(NEWLINE) ?? -1; bytes !== null && end >= 0; ) {
    last = bytes.subarray(start, end);
    lines++;
    start = end + 1;
    end = bytes.indexOf(NEWLINE, start);
  }
  return { lines, head: last === null ? NO_LINE : toHex(sha256(last)) };
}
