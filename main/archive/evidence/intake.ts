import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AirlockError } from '../../../shared/airlock-error';
import { reasonOf } from '../../store/store-error';
import { folderOnDisk, isNamed, isStation } from '../../store/transcript-folder';
import { ArchiveError } from '../archive-error';
import type { EvidenceFile } from './bundle';

/** No transcript comes near these: what does is something else, handed in by mistake. */
const MOST_FILES = 20_000;
const MOST_BYTES = 512 * 1024 * 1024;
const DEEPEST = 24;

/** A folder that was not taken, of which nothing is kept. */
export interface Refused {
  readonly path: string;
  readonly refused: AirlockError;
}

/**
 * The folders under `path` that each hold a transcript (`STATION/journal.jsonl` or `checkpoint.txt`), itself
 * among them, one after the other. What lies in a transcript belongs to it. Links are not followed. `path`
 * itself is refused where it is no folder or holds no transcript, and each folder that can't be read.
 */
export function* transcriptFolders(path: string): Generator<string | Refused> {
  let isNone = true;
  for (const found of foldersIn(path, 0)) {
    isNone = false;
    yield found;
  }
  if (isNone) yield { path, refused: noTranscript(path) };
}

function* foldersIn(path: string, depth: number): Generator<string | Refused> {
  let folders: string[];
  try {
    if (depth === 0 && !statSync(path).isDirectory())
      throw new ArchiveError(
        'no-transcript',
        `${path} is no folder. Name the folder that holds a transcript.`,
      );
    const source = folderOnDisk(path);
    folders = source
      .list('')
      .filter(({ kind }) => kind === 'folder')
      .map(({ name }) => name);
    if (folders.some((name) => isStation(source, name))) {
      yield path;
      return;
    }
  } catch (error) {
    yield { path, refused: error instanceof ArchiveError ? error : unreadable(path, error) };
    return;
  }
  if (depth >= DEEPEST) return;
  for (const name of folders) yield* foldersIn(join(path, name), depth + 1);
}

const noTranscript = (folder: string): ArchiveError =>
  new ArchiveError(
    'no-transcript',
    `There is no transcript in ${folder}: it, or a folder below it, would hold one folder a station, with a journal.jsonl in it.`,
  );

/**
 * Every file of a transcript's folder, byte for byte. Throws `ArchiveError` 'strange-evidence' (a link, a
 * pipe, a device, a name that is no text), 'evidence-too-large', 'no-transcript' where it can't be read.
 */
export function readEvidence(folder: string): EvidenceFile[] {
  const files: EvidenceFile[] = [];
  let bytes = 0;
  const walk = (at: string, depth: number): void => {
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (!isNamed(entry.name)) throw strange(folder, `a name in it is no plain text`);
      if (entry.isDirectory() && depth < DEEPEST) {
        walk(path, depth + 1);
        continue;
      }
      if (!entry.isFile())
        throw strange(folder, `${path} is ${entry.isSymbolicLink() ? 'a symbolic link' : 'no plain file'}`);
      bytes += lstatSync(join(folder, path)).size;
      if (files.length >= MOST_FILES || bytes > MOST_BYTES) throw tooLarge(folder);
      files.push({ path, bytes: readFileSync(join(folder, path)) });
    }
  };
  try {
    walk('', 0);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw unreadable(folder, error);
  }
  return files;
}

const strange = (folder: string, what: string): ArchiveError =>
  new ArchiveError(
    'strange-evidence',
    `The folder ${folder} was not taken: ${what}. An archive keeps files only. Take that away, and add the folder again.`,
  );

const tooLarge = (folder: string): ArchiveError =>
  new ArchiveError(
    'evidence-too-large',
    `The folder ${folder} was not taken: it holds far more than any transcript does. Name the folder of the transcript itself.`,
  );

const unreadable = (folder: string, error: unknown): ArchiveError =>
  new ArchiveError(
    'no-transcript',
    `The folder ${folder} can’t be read (${reasonOf(error)}). Check its name and its rights.`,
  );
