import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bytesIn } from '../seal/home-files';
import { type HomeFile, isKept, isLiveSecret } from './backup-content';
import { BackupError } from './backup-error';

/** More than any home comes to: a backup is made, and opened, in memory. */
export const LARGEST_BACKUP = 256 * 1024 * 1024;

/** What a backup takes of a home, and what it leaves there. */
export interface HomeCopy {
  readonly files: readonly HomeFile[];
  /** Paths of keys that live at this moment. */
  readonly leftOut: readonly string[];
}

/**
 * The files of a home, read into memory. How the window stood, what is locked for a moment, and files that no
 * Airlock puts there, are left out. Throws `BackupError` 'backup-too-large', and what the system throws.
 */
export function copyOfHome(dir: string): HomeCopy {
  const paths = pathsIn(dir, '');
  let size = 0;
  const files = paths.filter(isKept).map((path) => {
    const bytes = bytesIn(join(dir, path)) ?? new Uint8Array();
    size += bytes.length;
    if (size > LARGEST_BACKUP) throw tooLarge();
    return { path, bytes };
  });
  return { files, leftOut: paths.filter(isLiveSecret) };
}

const tooLarge = (): BackupError =>
  new BackupError(
    'backup-too-large',
    `This home holds more than ${LARGEST_BACKUP / 1024 / 1024} MB, which is more than one backup takes. Copy its folder as it is, while no Airlock works in it.`,
  );

/** Paths of a home's files, sorted. Links are followed nowhere: a home with one was refused before. */
function pathsIn(dir: string, folder: string): string[] {
  const there = join(dir, folder);
  if (!existsSync(there)) return [];
  return readdirSync(there, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) return [path];
      return entry.isDirectory() && FOLDERS.test(path) ? pathsIn(dir, path) : [];
    });
}

const FOLDERS =
  /^(?:ceremonies|logs|outcomes)(?:\/[0-9a-f]{32})?$|^ceremonies\/[0-9a-f]{32}\/(?:messages|answers)$/;
