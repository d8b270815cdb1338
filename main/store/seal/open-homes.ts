import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StoreError } from '../store-error';
import type { HomeSeals } from './home-seals';
import { SEALS } from './seal-file';

interface OpenHome {
  readonly seals: HomeSeals;
  /** Who unlocked it: its key lives until all of them have locked. */
  readonly holders: Set<object>;
}

/**
 * The homes that are unlocked in this process, by their folders. A path within one is all that a file's
 * reader or writer has.
 */
const open = new Map<string, OpenHome>();

/**
 * Opens a home for `holder`; returns its seals: these, or those that it is open with already, and then these
 * are closed.
 */
export function openFor(holder: object, dir: string, seals: HomeSeals): HomeSeals {
  const there = open.get(dir);
  if (there !== undefined) {
    seals.close();
    there.holders.add(holder);
    return there.seals;
  }
  open.set(dir, { seals, holders: new Set([holder]) });
  return seals;
}

/** Closes what was opened for `holder`; where nobody else holds it, the key is wiped. */
export function closeFor(holder: object): void {
  for (const [dir, { seals, holders }] of open) {
    if (!holders.delete(holder) || holders.size > 0) continue;
    seals.close();
    open.delete(dir);
  }
}

/** The seals of the home that a file lies in, or null where it lies in none that is unlocked here. */
export function openSeals(path: string): HomeSeals | null {
  for (const dir of foldersAbove(path)) {
    const there = open.get(dir);
    if (there !== undefined) return there.seals;
  }
  return null;
}

/**
 * As `openSeals`, for writing: null where there is nothing to keep, since the home has no identity yet.
 * Throws `StoreError` 'home-locked'.
 */
export function sealsForWriting(path: string): HomeSeals | null {
  const seals = openSeals(path);
  if (seals !== null) return seals;
  const home = foldersAbove(path).find((dir) =>
    [SEALS, 'identity.json'].some((name) => existsSync(join(dir, name))),
  );
  if (home === undefined) return null;
  throw new StoreError(
    'home-locked',
    `Nothing is written to the home ${home} while it is locked: this needs the passphrase of its identity.`,
  );
}

/** From the file's own folder up to where a home's deepest file lies. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let dir = dirname(resolve(path)); folders.length < 4; dir = dirname(dir)) folders.push(dir);
  return folders;
}
