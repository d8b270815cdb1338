import { fromHex } from '../../../shared/bytes';
import { ceremonyWords } from '../../../shared/words';
import { ArchiveError } from '../archive-error';
import { ceremonyOf, parseLine, type WrittenEntry } from '../log/entry';
import type { Place, Writer } from '../place/place';
import { ahead, type Workers, withWorkers } from '../work/workers';
import { putCeremony, rowsOf } from './ceremony';
import { enter, pinnedIn } from './entries';
import { type CeremonyRows, tombstoneRows, unreadableRows } from './rows';
import { type Standing, standingIn } from './standing';
import { type Index, TABLES } from './tables';
import { clearWords } from './words';

/** Is told how far it is: how many ceremonies of how many. */
export type Progress = (done: number, all: number) => void;

/** Whether the index is that of the log as it stands. */
export async function isUpToDate(place: Pick<Place, 'index' | 'lastLine'>): Promise<boolean> {
  const [line, last] = [await place.lastLine(), await lastIn(place.index)];
  if (line === null || last === null) return line === null && last === null;
  return parsed(line).hash === last.hash;
}

/**
 * Brings the index up to date with the log. Throws `ArchiveError` 'index-differs', 'log-broken',
 * 'archive-too-new'.
 */
export async function refresh(place: Place, progress: Progress = () => undefined): Promise<void> {
  await (place.readOnly
    ? catchUp(place, { index: place.index, forget: async () => undefined }, progress)
    : place.writing((writer) => catchUp(place, writer, progress)));
}

/** Makes the whole index anew, from evidence and log alone. Throws `ArchiveError`. */
export async function reindex(place: Place, progress: Progress = () => undefined): Promise<void> {
  await place.writing(async (writer) => {
    for (const table of TABLES) await writer.index.deleteFrom(table).execute();
    await clearWords(writer.index, place.engine);
    await catchUp(place, writer, progress);
  });
}

const BATCH = 500;

/** As `refresh`, for whoever is the writer already. */
export async function catchUp(
  place: Place,
  { index, forget }: Pick<Writer, 'index' | 'forget'>,
  progress: Progress = () => undefined,
): Promise<void> {
  const last = await lastIn(index);
  const changed = new Set<string>();
  const gone = new Set<string>();
  let isAll = false;
  let batch: WrittenEntry[] = [];
  let at = 0;
  // The log is read from its first line on, whichever is wanted.
  if (await isUpToDate({ index, lastLine: () => place.lastLine() })) return;
  for await (const line of place.lines(last?.n ?? 1)) {
    const written = parsed(line);
    const { entry, hash } = written;
    at = entry.n;
    if (last !== null && entry.n <= last.n) {
      if (hash !== last.hash) throw differs(`entry ${entry.n} is another in the index than in the log`);
      continue;
    }
    batch.push(written);
    isAll ||= entry.event === 'people';
    const id = ceremonyOf(entry);
    if (id !== null) changed.add(id);
    // What was handed in again after its tombstone is there by right.
    if (entry.event === 'tombstone') for (const folder of entry.data.folders) gone.add(folder);
    if (entry.event === 'addition') gone.delete(entry.data.folder);
    if (batch.length < BATCH) continue;
    await enter(index, batch);
    batch = [];
  }
  if (last !== null && at < last.n)
    throw differs(`the log ends at entry ${at}, and the index knows ${last.n} entries`);
  for (const folder of gone) await forget(folder);
  await enter(index, batch);
  await refreshCeremonies(place, index, isAll ? await allCeremonies(index) : [...changed], progress);
}

/** Derives ceremonies' rows anew. One whose evidence is damaged or missing is broken, and says why. */
export async function refreshCeremonies(
  place: Place,
  index: Index,
  ids: readonly string[],
  progress: Progress = () => undefined,
): Promise<void> {
  const pinned = await pinnedIn(index);
  let done = 0;
  await withWorkers(async (workers) => {
    const rows = ahead(ids, workers.width, async (id) =>
      rowsNow(place, await standingIn(index, id), pinned, workers),
    );
    for await (const one of rows) {
      await putCeremony(index, place.engine, one);
      progress(++done, ids.length);
    }
  });
}

async function rowsNow(
  place: Place,
  standing: Standing,
  pinned: ReadonlySet<string> | null,
  workers: Workers,
): Promise<CeremonyRows> {
  const words = ceremonyWords(fromHex(standing.id));
  if (standing.additions.length === 0) return tombstoneRows(standing, words);
  try {
    return await rowsOf(place, standing, pinned, workers);
  } catch (error) {
    if (!isOfEvidence(error)) throw error;
    return unreadableRows(standing, words, error);
  }
}

const isOfEvidence = (error: unknown): error is ArchiveError =>
  error instanceof ArchiveError && (error.code === 'evidence-damaged' || error.code === 'evidence-missing');

/** Ids of all ceremonies that something was ever added of. */
export const allCeremonies = async (index: Index): Promise<string[]> =>
  (await index.selectFrom('addition').select('ceremony').distinct().execute()).map(
    ({ ceremony }) => ceremony,
  );

const lastIn = async (index: Index): Promise<{ n: number; hash: string } | null> =>
  (await index.selectFrom('entry').select(['n', 'hash']).orderBy('n', 'desc').limit(1).executeTakeFirst()) ??
  null;

function parsed(line: string): WrittenEntry {
  try {
    return parseLine(line);
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code === 'archive-too-new') throw error;
    throw new ArchiveError(
      'log-broken',
      'The log of this archive was changed: a line of it is no entry. Have it proved, which names the place, and put back a copy from a backup.',
      'Type airlock archive prove.',
    );
  }
}

const differs = (how: string): ArchiveError =>
  new ArchiveError(
    'index-differs',
    `The index of this archive is not that of its log: ${how}. Have the log proved against a head that was kept; if it stands, make the index anew.`,
    'Type airlock archive prove HEAD, then airlock archive reindex.',
  );
