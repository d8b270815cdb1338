import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What in a home can't be read, or written, without leaving the home or waiting for ever. */
export interface Stranger {
  /** Path within the home, with slashes. */
  readonly path: string;
  /** As it goes into a sentence. */
  readonly what: string;
}

const OF_A_HOME =
  /^(?:identity|people|custody|station|scripts|seals|preferences|window)\.json|^journal\.|^station-|^in-use\.lock|^ceremonies$|^logs$|^outcomes$/;
const CEREMONY = /^[0-9a-f]{32}$/;
const FOLDERS: ReadonlySet<string> = new Set(['messages', 'answers']);
/** Folders of a home in which each ceremony has one. */
const BY_CEREMONY: ReadonlySet<string> = new Set(['ceremonies', 'logs', 'outcomes']);
/** Far more than any file of a home comes to. */
const LARGEST = 256 * 1024 * 1024;

/**
 * The first thing in a home that no Airlock puts there: a symbolic link (through which a program would write
 * outside of the home), a pipe or a device (on which it would wait for ever), a folder where a file belongs
 * and the other way round, a file larger than any. Null where there is none. Other people's files in the same
 * folder don't matter. Throws what the system throws.
 */
export function strangerIn(home: string): Stranger | null {
  for (const entry of entriesOf(home)) {
    if (!OF_A_HOME.test(entry.name)) continue;
    const found =
      strangeness(home, entry.name, entry, BY_CEREMONY.has(entry.name)) ??
      (entry.isDirectory() ? strangerAmongCeremonies(home, entry.name) : null);
    if (found !== null) return found;
  }
  return null;
}

function strangerAmongCeremonies(home: string, of: string): Stranger | null {
  for (const ceremony of entriesOf(join(home, of))) {
    if (!CEREMONY.test(ceremony.name)) continue;
    const folder = `${of}/${ceremony.name}`;
    const found = strangeness(home, folder, ceremony, true) ?? strangerInCeremony(home, folder);
    if (found !== null) return found;
  }
  return null;
}

function strangerInCeremony(home: string, folder: string): Stranger | null {
  for (const entry of entriesOf(join(home, folder))) {
    const path = `${folder}/${entry.name}`;
    const isFolder = FOLDERS.has(entry.name);
    const inside = (): Stranger | null =>
      entriesOf(join(home, path)).reduce<Stranger | null>(
        (found, file) => found ?? strangeness(home, `${path}/${file.name}`, file, false),
        null,
      );
    const found = strangeness(home, path, entry, isFolder) ?? (isFolder ? inside() : null);
    if (found !== null) return found;
  }
  return null;
}

function strangeness(home: string, path: string, entry: Dirent, wantsFolder: boolean): Stranger | null {
  if (entry.isSymbolicLink()) return { path, what: 'a symbolic link' };
  if (entry.isDirectory()) return wantsFolder ? null : { path, what: 'a folder where a file belongs' };
  if (!entry.isFile()) return { path, what: 'a pipe, a device or a socket' };
  if (wantsFolder) return { path, what: 'a file where a folder belongs' };
  const size = lstatSync(join(home, path), { throwIfNoEntry: false })?.size ?? 0;
  return size > LARGEST ? { path, what: `a file of ${Math.round(size / 1024 / 1024)} MB` } : null;
}

const entriesOf = (folder: string): Dirent[] => readdirSync(folder, { withFileTypes: true });
