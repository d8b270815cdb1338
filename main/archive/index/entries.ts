import canonicalize from 'canonicalize';
import { ArchiveError } from '../archive-error';
import { ceremonyOf, type EntryData, type EntryEvent, type WrittenEntry } from '../log/entry';
import type { AdditionRow, EntryRow, Index } from './tables';

/** An entry of the log as the index has it. */
export const entryRow = ({ entry, hash }: WrittenEntry): EntryRow => ({
  n: entry.n,
  hash,
  at: entry.at,
  who: entry.who,
  event: entry.event,
  ceremony: ceremonyOf(entry),
  data: canonicalize(entry.data) ?? '',
});

/** What the index has of an addition besides; null for other entries. */
export function additionRow({ entry }: WrittenEntry): AdditionRow | null {
  if (entry.event !== 'addition') return null;
  return { n: entry.n, ...entry.data };
}

/** What an entry's row says, as its event has it. Throws `ArchiveError` 'index-damaged'. */
export function dataOf<E extends EntryEvent>({ n, data }: Pick<EntryRow, 'n' | 'data'>): EntryData<E> {
  try {
    return JSON.parse(data) as EntryData<E>;
  } catch {
    throw new ArchiveError(
      'index-damaged',
      `The index of this archive was changed: what it has of entry ${n} can’t be read. Make it anew.`,
      'Type airlock archive reindex.',
    );
  }
}

/** Takes entries into the index, in their order. What they say of ceremonies is derived afterwards. */
export async function enter(index: Index, entries: readonly WrittenEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await index.insertInto('entry').values(entries.map(entryRow)).execute();
  const additions = entries.flatMap((entry) => additionRow(entry) ?? []);
  if (additions.length > 0) await index.insertInto('addition').values(additions).execute();
  const people = entries.flatMap(({ entry }) => (entry.event === 'people' ? [entry.data.people] : [])).at(-1);
  if (people === undefined) return;
  await index.deleteFrom('pinned').execute();
  if (people.length > 0)
    await index
      .insertInto('pinned')
      .values([...people])
      .execute();
}

/** The fingerprints of those whom compliance knows; null where nobody was named. */
export async function pinnedIn(index: Index): Promise<ReadonlySet<string> | null> {
  const rows = await index.selectFrom('pinned').select('fingerprint').execute();
  return rows.length === 0 ? null : new Set(rows.map(({ fingerprint }) => fingerprint));
}
