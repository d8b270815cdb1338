import { closeSync, fsyncSync, lstatSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../../store/folder';
import { destroyFile } from '../../store/secret-file';
import { reasonOf } from '../../store/store-error';
import { CliError } from './cli-error';
import { unwritable } from './output-file';

/** What a file may be that is there already: why it stays as it is. */
type Because = 'it may be a secret' | 'it may be work';

/**
 * Writes files that are not there yet, for their owner only: all of them or none. A file that is there
 * already stays as it is, for it may be the one secret that an open attempt's token can be decoded with, or
 * somebody's work. `files`: path and content; text is written as UTF-8. Throws `CliError` 'file-exists' and
 * 'unwritable-file'.
 */
export function writeNewFiles(
  files: readonly (readonly [path: string, content: string | Uint8Array])[],
  because: Because = 'it may be a secret',
): void {
  refuseExisting(
    files.map(([path]) => path),
    because,
  );
  const made: string[] = [];
  for (const [path, content] of files) {
    try {
      const fd = openSync(path, 'wx', 0o600);
      made.push(path);
      try {
        writeFileSync(fd, content);
        fsyncSync(fd);
      } finally {
        closeSync(fd);
      }
      syncFolder(dirname(path));
    } catch (error) {
      for (const other of made) destroyFile(other);
      if (reasonOf(error) === 'EEXIST') throw exists(path, because);
      throw unwritable(path, error);
    }
  }
}

/** Throws `CliError` 'file-exists' where one of them is there. */
export function refuseExisting(paths: readonly string[], because: Because = 'it may be a secret'): void {
  const there = paths.find(isThere);
  if (there !== undefined) throw exists(there, because);
}

const exists = (path: string, because: Because): CliError =>
  new CliError(
    'file-exists',
    `${path} is there already, and stays as it is${because === 'it may be work' ? '' : ': an open attempt may depend on it, whose token nothing else could decode'}. Nothing was made. Choose another place with --out, or move the old one away first.`,
  );

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
