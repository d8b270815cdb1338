import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TranscriptFolder } from '../../shared/transcript/report';
import { reasonOf, StoreError } from './store-error';

const JOURNAL = 'journal.jsonl';
const CHECKPOINT = 'checkpoint.txt';

/**
 * Reads an archive folder as `verify.sh` does: every station's folder with its journal, its checkpoint and signatures, and
 * `keys/`. Other files are left alone. Throws `StoreError` 'folder-unreadable'.
 */
export function readTranscriptFolder(folder: string): TranscriptFolder {
  try {
    const stations = foldersIn(folder)
      .filter((name) => [JOURNAL, CHECKPOINT].some((file) => existsSync(join(folder, name, file))))
      .map((name) => ({
        name,
        // A station that vouched for a journal that is gone is missed, not passed over.
        journal: existsSync(join(folder, name, JOURNAL))
          ? new Uint8Array(readFileSync(join(folder, name, JOURNAL)))
          : new Uint8Array(),
        checkpoint: readIfThere(join(folder, name, CHECKPOINT)),
        signatures: armoredIn(join(folder, name), `${CHECKPOINT}.`),
      }));
    const keys = join(folder, 'keys');
    return { stations, keys: existsSync(keys) ? armoredIn(keys, '') : [] };
  } catch (error) {
    throw new StoreError(
      'folder-unreadable',
      `The transcript in ${folder} cannot be read (${reasonOf(error)}). Give the folder that holds verify.sh, and check its permissions.`,
    );
  }
}

/** As a shell's `*` sees them: in the same order, and no hidden ones. */
const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();

const readIfThere = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null);

const armoredIn = (folder: string, prefix: string): { name: string; armored: string }[] =>
  readdirSync(folder)
    .filter((file) => file.startsWith(prefix) && file.endsWith('.asc') && file.length > prefix.length + 4)
    .sort()
    .map((file) => ({
      name: file.slice(prefix.length, -'.asc'.length),
      armored: readFileSync(join(folder, file), 'utf8'),
    }));
