import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../shared/bytes';
import { syncFolder } from '../store/folder';
import type { CeremonyPaths } from '../store/home';
import type { Journal } from '../store/journal';
import type { RawAnswer } from './server-client';

/**
 * Puts the body of an answer on the disk, byte by byte and unread, and into the journal: the last one comes only once, and a root token
 * hangs on it (DESIGN.md §5.4). Returns its number, from 1.
 */
export function keepAnswer(paths: CeremonyPaths, journal: Journal, nonce: string, answer: RawAnswer): number {
  mkdirSync(paths.answers, { recursive: true, mode: 0o700 });
  const n = countAnswers(paths) + 1;
  const file = openSync(join(paths.answers, `${n}.raw`), 'wx', 0o600);
  try {
    writeAll(file, answer.body);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(paths.answers);
  journal.append('answer-received', { nonce, sha256: toHex(sha256(answer.body)) });
  return n;
}

/** How many answers lie there. */
export function countAnswers(paths: CeremonyPaths): number {
  if (!existsSync(paths.answers)) return 0;
  return Math.max(
    0,
    ...readdirSync(paths.answers).map((name) => Number(/^(\d+)\.raw$/.exec(name)?.[1] ?? 0)),
  );
}

/** A kept answer. Its status isn't kept: errors say of themselves that they are. */
export function readKeptAnswer(paths: CeremonyPaths, n: number): RawAnswer {
  const body = new Uint8Array(readFileSync(join(paths.answers, `${n}.raw`)));
  const status = /^\s*\{\s*"errors"/.test(new TextDecoder().decode(body)) ? 400 : 200;
  return { status, contentType: '', body, location: '', date: null };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
