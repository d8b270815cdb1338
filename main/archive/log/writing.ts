import { randomBytes } from 'node:crypto';
import { ArchiveError } from '../archive-error';
import { dataOf, enter } from '../index/entries';
import { catchUp } from '../index/refresh';
import type { Index } from '../index/tables';
import type { Place, Writer } from '../place/place';
import { type EntryData, type EntryEvent, parseLine, type WrittenEntry } from './entry';
import { type Archivist, fingerprintOf, firstEntry, nextEntry, refuseOthers } from './signing';

/** What an archivist does as the only writer. */
export interface Session {
  readonly writer: Writer;
  readonly index: Index;
  /** Signs the next entry. It counts, in log and index, from the end of the session on. */
  append<E extends EntryEvent>(event: E, data: EntryData<E>): Promise<WrittenEntry>;
}

/**
 * Does something in an archive as its only writer; an archive that is new is begun by the archivist's first
 * entry. Throws `ArchiveError` 'not-archivist' where the log doesn't know the archivist, and whatever the
 * work throws; then nothing of it was done.
 */
export async function writing<T>(
  place: Place,
  archivist: Archivist,
  clock: () => Date,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  refuseOthers(archivist);
  return place.writing(async (writer) => {
    const { index } = writer;
    await catchUp(place, writer);
    const line = await place.lastLine();
    let last = line === null ? null : parseLine(line);
    const put = async (entry: WrittenEntry): Promise<WrittenEntry> => {
      await writer.append(entry);
      await enter(index, [entry]);
      last = entry;
      return entry;
    };
    if (last === null) await put(await firstEntry(archivist, clock(), randomBytes(16)));
    else await refuseStrangers(index, archivist);
    return work({
      writer,
      index,
      append: async (event, data) => put(await nextEntry(last, archivist, clock(), event, data)),
    });
  });
}

async function refuseStrangers(index: Index, archivist: Archivist): Promise<void> {
  const own = fingerprintOf(archivist);
  const rows = await index
    .selectFrom('entry')
    .select(['n', 'event', 'who', 'data'])
    .where('event', 'in', ['opened', 'archivist'])
    .execute();
  const known = rows.some((row) =>
    row.event === 'opened' ? row.who === own : dataOf<'archivist'>(row).fingerprint === own,
  );
  if (known) return;
  throw new ArchiveError(
    'not-archivist',
    `${archivist.name} is no archivist of this archive: its log doesn’t know the key ${own}. One who is has to admit it first.`,
  );
}
