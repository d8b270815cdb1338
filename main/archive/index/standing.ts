import type { Verdict } from '../../../shared/transcript/verdict';
import { ArchiveError } from '../archive-error';
import { dataOf } from './entries';
import { grouped } from './grouped';
import type { AdditionRow, EntryRow, Flag, Index } from './tables';

/** What the log says of a ceremony, by the index. */
export interface Standing {
  readonly id: string;
  /** Those whose evidence is not gone by a tombstone, in their order. */
  readonly additions: readonly {
    readonly n: number;
    readonly folder: string;
    readonly kept: string;
    readonly bytes: number;
  }[];
  /** The ceremony's verdict when the last of them was added; null where none is left. */
  readonly was: Verdict | null;
  readonly notes: readonly string[];
  readonly held: Flag;
  readonly tombstone: number | null;
  /** When its first addition was. */
  readonly since: string;
}

/** Gathers it from the entries in the index. Throws `ArchiveError` 'index-damaged'. */
export async function standingIn(index: Index, id: string): Promise<Standing> {
  const standing = (await standingsIn(index, [id])).get(id);
  if (standing === undefined) throw new Error('a standing was asked for, and none given');
  if (standing instanceof ArchiveError) throw standing;
  return standing;
}

/** As `standingIn`, of several ceremonies at once, by their ids; with what is wrong with one in its place. */
export async function standingsIn(
  index: Index,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Standing | ArchiveError>> {
  const additions = await index
    .selectFrom('addition')
    .select(['ceremony', 'n', 'folder', 'kept', 'bytes', 'verdict'])
    .where('ceremony', 'in', ids)
    .orderBy('n')
    .execute();
  const entries = await index
    .selectFrom('entry')
    .select(['ceremony', 'n', 'at', 'event', 'data'])
    .where('ceremony', 'in', ids)
    .orderBy('n')
    .execute();
  const added = grouped(additions, ({ ceremony }) => ceremony);
  const entered = grouped(entries, ({ ceremony }) => ceremony ?? '');
  return new Map(ids.map((id) => [id, standingOf(id, added.get(id) ?? [], entered.get(id) ?? [])]));
}

type Added = Pick<AdditionRow, 'n' | 'folder' | 'kept' | 'bytes' | 'verdict'>;
type Entered = Pick<EntryRow, 'n' | 'at' | 'event' | 'data'>;

function standingOf(
  id: string,
  added: readonly Added[],
  entries: readonly Entered[],
): Standing | ArchiveError {
  try {
    const holds = entries.filter(({ event }) => event === 'hold' || event === 'release');
    const tombstones = entries.filter(({ event }) => event === 'tombstone');
    const gone = new Set(
      tombstones.flatMap((row) => dataOf<'tombstone'>(row).folders.map((folder) => `${folder} ${row.n}`)),
    );
    const isGone = (n: number, folder: string): boolean =>
      tombstones.some((tombstone) => tombstone.n > n && gone.has(`${folder} ${tombstone.n}`));
    const left = added.filter(({ n, folder }) => !isGone(n, folder));
    return {
      id,
      additions: left.map(({ n, folder, kept, bytes }) => ({ n, folder, kept, bytes })),
      was: left.at(-1)?.verdict ?? null,
      notes: entries.filter(({ event }) => event === 'note').map((row) => dataOf<'note'>(row).text),
      held: holds.at(-1)?.event === 'hold' ? 1 : 0,
      tombstone: tombstones.at(-1)?.n ?? null,
      since: entries[0]?.at ?? '',
    };
  } catch (error) {
    if (error instanceof ArchiveError) return error;
    throw error;
  }
}
