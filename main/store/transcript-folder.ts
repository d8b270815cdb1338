import { type Dirent, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hexSha256 } from '../../shared/sha256';
import type { ArchivedKey, Stray, TranscriptFolder } from '../../shared/transcript/verdict';
import { reasonOf, StoreError } from './store-error';

const JOURNAL = 'journal.jsonl';
const CHECKPOINT = 'checkpoint.txt';
const SCRIPT = 'verify.sh';
const REPORTS: ReadonlySet<string> = new Set(['report.html', 'report.pdf']);

/** What a name in a folder stands for. Links and special files are never followed. */
export type ListedKind = 'file' | 'folder' | 'link' | 'special';

export interface Listed {
  readonly name: string;
  readonly kind: ListedKind;
}

/** A folder as a transcript is read from it: on disk, or in memory. */
export interface FolderSource {
  /**
   * What lies in a folder of it ('': in itself), in the order of a shell's `*`; nothing where it isn't
   * there.
   */
  list(folder: string): readonly Listed[];
  /** The bytes of a plain file, by its path with `/`; null where there is none. */
  read(path: string): Uint8Array | null;
  /** Lower-case hex SHA-256 of a plain file's bytes, where it is known already. */
  digest?(path: string): string | undefined;
}

/**
 * Reads an archive folder as `verify.sh` does: every station's folder with its journal, its checkpoint and
 * signatures, and `keys/`. What is no part of a transcript is named; a link, a pipe, a device or a socket is
 * never opened. Throws `StoreError` 'folder-unreadable'.
 */
export function readTranscriptFolder(folder: string): TranscriptFolder {
  try {
    // What a path leads to may be a pipe, too.
    if (!statSync(folder).isDirectory()) throw new StoreError('folder-unreadable', 'It is no folder.');
    return transcriptIn(folderOnDisk(folder));
  } catch (error) {
    const reason = error instanceof StoreError ? 'it is no folder' : reasonOf(error);
    throw new StoreError(
      'folder-unreadable',
      `The transcript in ${folder} cannot be read (${reason}). Give the folder that holds verify.sh, and check its permissions.`,
    );
  }
}

/** As `readTranscriptFolder`, of any source. Throws what the source throws. */
export function transcriptIn(source: FolderSource): TranscriptFolder {
  const root = source.list('');
  const strays: Stray[] = [];
  const stations: string[] = [];
  let hasDrawings = root.some(({ name, kind }) => kind === 'file' && REPORTS.has(name));
  for (const entry of root) {
    const { name, kind } = entry;
    if (kind === 'file' && (name === SCRIPT || REPORTS.has(name))) continue;
    if (kind === 'folder' && name === 'keys') {
      strays.push(...straysIn(source, name, isArmored('')));
    } else if (kind === 'folder' && name === 'qr') {
      hasDrawings = true;
      strays.push(...straysIn(source, name, (file) => file.endsWith('.png') && !file.startsWith('.')));
    } else if (kind === 'folder' && isStation(source, name)) {
      stations.push(name);
      strays.push(...straysIn(source, name, isOfStation));
    } else {
      strays.push(strayOf(entry, name));
    }
  }
  return {
    stations: stations.map((name) => ({
      name,
      // A station that vouched for a journal that is gone is missed, not passed over.
      journal: source.read(`${name}/${JOURNAL}`) ?? new Uint8Array(),
      checkpoint: textOf(source.read(`${name}/${CHECKPOINT}`)),
      signatures: armoredIn(source, name, `${CHECKPOINT}.`),
    })),
    keys: root.some(({ name, kind }) => name === 'keys' && kind === 'folder')
      ? armoredIn(source, 'keys', '')
      : [],
    strays,
    script: source.digest?.(SCRIPT) ?? digestOf(source.read(SCRIPT)),
    hasDrawings,
  };
}

/** A folder on this machine's disk. */
export const folderOnDisk = (folder: string): FolderSource => ({
  list: (path) =>
    lstatSync(join(folder, path), { throwIfNoEntry: false })?.isDirectory()
      ? readdirSync(join(folder, path), { withFileTypes: true }).map(listed).sort(byName)
      : [],
  read: (path) =>
    lstatSync(join(folder, path), { throwIfNoEntry: false })?.isFile()
      ? new Uint8Array(readFileSync(join(folder, path)))
      : null,
});

const listed = (entry: Dirent): Listed => ({
  name: entry.name,
  kind: entry.isSymbolicLink()
    ? 'link'
    : entry.isFile()
      ? 'file'
      : entry.isDirectory()
        ? 'folder'
        : 'special',
});

/** In the same order as a shell's `*`. */
export const byName = (a: Listed, b: Listed): number => (a.name < b.name ? -1 : 1);

/**
 * Whether a name is text that every program reads alike: UTF-8 (other bytes come as U+FFFD), no control
 * character.
 */
export const isNamed = (name: string): boolean =>
  [...name].every((char) => char >= ' ' && char !== '\x7f' && char !== '\ufffd');

/** Whether a folder holds a journal or a checkpoint, be it a link or a pipe of that name. */
export const isStation = (source: FolderSource, name: string): boolean =>
  isNamed(name) &&
  !name.startsWith('.') &&
  source.list(name).some((entry) => entry.name === JOURNAL || entry.name === CHECKPOINT);

const isArmored =
  (prefix: string) =>
  (file: string): boolean =>
    file.startsWith(prefix) && file.endsWith('.asc') && !/^\.|^$/.test(file.slice(prefix.length, -4));

const isOfStation = (file: string): boolean =>
  file === JOURNAL || file === CHECKPOINT || isArmored(`${CHECKPOINT}.`)(file);

const straysIn = (source: FolderSource, name: string, belongs: (file: string) => boolean): Stray[] =>
  source
    .list(name)
    .filter((entry) => !(entry.kind === 'file' && isNamed(entry.name) && belongs(entry.name)))
    .map((entry) => strayOf(entry, `${name}/${entry.name}`));

const strayOf = ({ kind }: Listed, path: string): Stray => ({
  path,
  kind: kind === 'link' || kind === 'special' ? kind : 'unknown',
});

const armoredIn = (source: FolderSource, name: string, prefix: string): ArchivedKey[] =>
  source
    .list(name)
    .filter(({ name: file, kind }) => kind === 'file' && isNamed(file) && isArmored(prefix)(file))
    .map(({ name: file }) => ({
      name: file.slice(prefix.length, -'.asc'.length),
      armored: textOf(source.read(`${name}/${file}`)) ?? '',
    }));

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Bytes that are no UTF-8 stay told apart from those that are: they become other text than Airlock ever
 * writes.
 */
function textOf(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null;
  try {
    return decoder.decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

const digestOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : hexSha256(bytes));
