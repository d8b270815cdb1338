import { ArchiveError } from '../archive-error';
import { type EvidenceFile, missing, openBundle } from '../evidence/bundle';
import { joined } from '../evidence/joined';
import type { Place } from '../place/place';
import type { Kept } from '../work/job';
import type { Workers } from '../work/workers';
import { type CeremonyRows, isPlaceOf, placeAt, WITHIN, withStanding } from './rows';
import type { Standing } from './standing';
import type { Index } from './tables';
import { putWords, removeWords } from './words';

/**
 * Every file of a ceremony's additions, joined. Throws `ArchiveError` 'evidence-missing',
 * 'evidence-damaged', 'gone'.
 */
export async function filesOf(place: Place, { additions, tombstone }: Standing): Promise<EvidenceFile[]> {
  if (additions.length === 0 && tombstone !== null)
    throw new ArchiveError(
      'gone',
      `The evidence of this ceremony is gone by law: see entry ${tombstone} of the log.`,
    );
  const folders: EvidenceFile[][] = [];
  for (const { folder, kept } of additions) folders.push(await folderOf(place, { folder, kept }));
  return joined(folders);
}

/** One folder as it was handed in. Throws as `filesOf`. */
export async function folderOf(
  place: Place,
  addition: { readonly folder: string; readonly kept: string },
): Promise<EvidenceFile[]> {
  const { packed } = await keptOf(place, addition);
  return openBundle(packed, addition, (sha256) => place.script(sha256));
}

/** One folder as it is kept. Throws `ArchiveError` 'evidence-missing'. */
export async function keptOf(
  place: Place,
  { folder, kept }: { readonly folder: string; readonly kept: string },
): Promise<Kept> {
  const packed = await place.evidence(folder);
  if (packed === null) throw missing(folder);
  return { packed, folder, kept };
}

/**
 * What the index is to have of a ceremony, by evidence and log. Throws `ArchiveError` 'evidence-missing',
 * 'evidence-damaged'.
 */
export async function rowsOf(
  place: Place,
  standing: Standing,
  pinned: ReadonlySet<string> | null,
  workers: Workers,
): Promise<CeremonyRows> {
  const bundles: Kept[] = [];
  for (const addition of standing.additions) bundles.push(await keptOf(place, addition));
  const job = { kind: 'derive', id: standing.id, bundles, pinned } as const;
  return withStanding(standing, await workers.do(job, (sha256) => place.script(sha256)));
}

/** Writes a ceremony's rows in place of those that it had. */
export async function putCeremony(index: Index, engine: Place['engine'], rows: CeremonyRows): Promise<void> {
  const { id, began } = rows.ceremony;
  const old = await index.selectFrom('ceremony').select('place').where('id', '=', id).executeTakeFirst();
  if (old !== undefined) await removeCeremony(index, engine, old.place);
  const place = await freePlace(index, began, old?.place);
  await index
    .insertInto('ceremony')
    .values({ ...rows.ceremony, place })
    .execute();
  for (const some of chunks(rows.people))
    await index
      .insertInto('person')
      .values(some.map((row) => ({ ...row, place })))
      .execute();
  for (const some of chunks(rows.findings))
    await index
      .insertInto('finding')
      .values(some.map((row) => ({ ...row, place })))
      .execute();
  await putWords(index, engine, place, rows.tokens);
}

async function removeCeremony(index: Index, engine: Place['engine'], place: number): Promise<void> {
  for (const table of ['person', 'finding', 'ceremony'] as const)
    await index.deleteFrom(table).where('place', '=', place).execute();
  await removeWords(index, engine, place);
}

async function freePlace(index: Index, began: string, old: number | undefined): Promise<number> {
  const start = placeAt(began);
  if (old !== undefined && isPlaceOf(old, began)) return old;
  const last = await index
    .selectFrom('ceremony')
    .select((all) => all.fn.max('place').as('place'))
    .where('place', '>=', start)
    .where('place', '<', start + WITHIN)
    .executeTakeFirst();
  return last?.place == null ? start : last.place + 1;
}

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += 500) yield rows.slice(at, at + 500);
}
