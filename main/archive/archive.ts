import { ArchiveError } from './archive-error';
import { isUpToDate, refresh } from './index/refresh';
import { useNativeCryptography } from './native-cryptography';
import type { Place, Wanted } from './place/place';

/**
 * # The archive
 *
 * Evidence kept for years, in a folder or in a PostgreSQL database. Three things, of which only the third
 * can be lost without harm:
 *
 * - **Evidence** (`evidence/`): every folder that was handed in, byte for byte. It is named by the SHA-256
 *   of the list of its files, which holds the SHA-256 of each, and is kept as gzip of that list (one line of
 *   JSON) and of the files' bytes one after the other, so that `gzip -dc`, `jq`, `tail` and `head` get every
 *   file back without Airlock. The scripts of Airlock's versions, which every folder has, are kept once. In
 *   a folder: a file each. In PostgreSQL: a row each.
 * - **The log** (`log/`): one entry a line for each addition, note, hold, release and tombstone, canonical
 *   JSON (RFC 8785) as journals are, with the number, the SHA-256 of the line before, the time, and the
 *   archivist's detached OpenPGP signature over the entry. The first entry holds the archivist's public key.
 *   The SHA-256 of the last line is the *head*: whoever keeps it, or its six words, can have it proved years
 *   later that all that stood under it still stands (`log/proof.ts`). Nothing is ever taken out of the log.
 *   What has to go by law loses its evidence, and its tombstone says who did that, when and why.
 * - **The index** (`index/`): what is asked in queries, derived from evidence and log alone, and made anew
 *   from them (`refresh.ts`) where it is behind, damaged or changed.
 *
 * What one writer does is there as a whole or not at all, also after SIGKILL or a full disk. In a folder the
 * evidence is on the disk (in `incoming/`) before the log names it; the log's line is what decides; the index
 * follows, in the next command at the latest. The lock is that of the index's own file, which ends with the
 * process. In PostgreSQL all of it is one transaction. `place/` holds both.
 *
 * Folders are read, packed and verified on all cores (`work/`), before the archive is locked for them.
 *
 * Whoever has the folder, or the database's password, but not the archivist's key, can destroy, and nothing
 * else: every byte of evidence hangs on a signed entry, and every entry on the next.
 *
 * This opens the archive in a folder or, where `address` begins so, at `postgres://…`. The index is brought
 * up to date where it is behind. `wanted` 'make': an archive is begun where there is none yet, by the first
 * entry. `index`: 'as it is' leaves it alone; 'as far as it goes' leaves it alone where the log is broken or
 * another, for whoever names that. Throws `ArchiveError`. The caller closes the place.
 */
export async function openArchive(
  address: string,
  wanted: Wanted,
  index?: 'as it is' | 'as far as it goes',
): Promise<Place> {
  useNativeCryptography();
  const place = await (isDatabase(address)
    ? (await import('./place/postgres-place')).openPostgres(address, wanted)
    : (await import('./place/folder-place')).openFolder(address, wanted));
  try {
    return index === 'as it is' ? place : await upToDate(place, address, wanted);
  } catch (error) {
    if (index === 'as far as it goes' && isOfLog(error)) return place;
    await place.close();
    throw error;
  }
}

const isOfLog = (error: unknown): boolean =>
  error instanceof ArchiveError && (error.code === 'log-broken' || error.code === 'index-differs');

/** The same place, or, where its own index can't be written and is behind, one with an index in memory. */
async function upToDate(place: Place, address: string, wanted: Wanted): Promise<Place> {
  if (await isUpToDate(place)) return place;
  if (!place.readOnly || !place.keepsIndex) {
    await refresh(place);
    return place;
  }
  const { openFolder } = await import('./place/folder-place');
  const inMemory = await openFolder(address, wanted, 'in memory');
  try {
    await refresh(inMemory);
  } catch (error) {
    await inMemory.close();
    throw error;
  }
  await place.close();
  return inMemory;
}

/** Whether an archive's address is that of a database. */
export const isDatabase = (address: string): boolean => /^postgres(?:ql)?:\/\//i.test(address);
