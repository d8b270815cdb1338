import { ArchiveError } from '../archive-error';
import { type EvidenceFile, missing, openBundle } from '../evidence/bundle';
import { joined } from '../evidence/joined';
import type { Place } from '../place/place';
import type { Kept } from '../work/job';
import type { Workers } from '../work/workers';
import type { Derived } from './derived';
import { dataOf } from './entries';
import type { CeremonyRow, FindingRow, Flag, Index, PersonRow } from './tables';
import { tokensOf } from './tokens';
import { putWords, removeWords } from './words';

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
  readonly notes: readonly string[];
  readonly held: Flag;
  readonly tombstone: number | null;
  /** When its first addition was. */
  readonly since: string;
}

/** A ceremony as the index is to have it. */
export interface CeremonyRows {
  readonly ceremony: Omit<CeremonyRow, 'place'>;
  readonly people: readonly Omit<PersonRow, 'place'>[];
  readonly findings: readonly Omit<FindingRow, 'place'>[];
  readonly tokens: readonly string[];
}

/** Gathers it from the entries in the index. */
export async function standingIn(index: Index, id: string): Promise<Standing> {
  const additions = await index
    .selectFrom('addition')
    .select(['n', 'folder', 'kept', 'bytes'])
    .where('ceremony', '=', id)
    .orderBy('n')
    .execute();
  const entries = await index
    .selectFrom('entry')
    .select(['n', 'at', 'event', 'data'])
    .where('ceremony', '=', id)
    .orderBy('n')
    .execute();
  const holds = entries.filter(({ event }) => event === 'hold' || event === 'release');
  const tombstones = entries.filter(({ event }) => event === 'tombstone');
  const gone = new Set(
    tombstones.flatMap((row) => dataOf<'tombstone'>(row).folders.map((folder) => `${folder} ${row.n}`)),
  );
  const isGone = (n: number, folder: string): boolean =>
    tombstones.some((tombstone) => tombstone.n > n && gone.has(`${folder} ${tombstone.n}`));
  return {
    id,
    additions: additions.filter(({ n, folder }) => !isGone(n, folder)),
    notes: entries.filter(({ event }) => event === 'note').map((row) => dataOf<'note'>(row).text),
    held: holds.at(-1)?.event === 'hold' ? 1 : 0,
    tombstone: tombstones.at(-1)?.n ?? null,
    since: entries[0]?.at ?? '',
  };
}

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

/** The same, of what was derived already. */
export const withStanding = (
  { additions, notes, held, tombstone }: Standing,
  { ceremony, people, findings, tokens }: Derived,
): CeremonyRows => ({
  ceremony: {
    ...ceremony,
    additions: additions.length,
    bytes: additions.reduce((sum, { bytes }) => sum + bytes, 0),
    held,
    tombstone,
  },
  people,
  findings,
  tokens: [...new Set([...tokens, ...tokensOf(...notes)])],
});

/** Of a ceremony whose evidence is gone by law, only that. */
export const tombstoneRows = ({ id, since, held, tombstone }: Standing, words: string): CeremonyRows => ({
  ceremony: {
    id,
    words,
    title: '',
    purpose: '',
    ticket: '',
    server: '',
    namespace: '',
    method: '',
    token_kind: '',
    began: since,
    ended: '',
    verdict: 'incomplete',
    by_people: 0,
    rehearsal: 0,
    tokens: 0,
    revoked: 0,
    token_made: '',
    token_died: '',
    threshold: 0,
    custodians: 0,
    stations: 0,
    lines: 0,
    signatures: 0,
    additions: 0,
    bytes: 0,
    held,
    tombstone,
  },
  people: [],
  findings: [],
  tokens: tokensOf(id, words),
});

/** Of a ceremony whose evidence is damaged or missing, what the log says of it, and what is wrong. */
export function unreadableRows(
  standing: Standing,
  words: string,
  { code, message }: ArchiveError,
): CeremonyRows {
  const { additions, notes } = standing;
  const rows = tombstoneRows(standing, words);
  return {
    ...rows,
    ceremony: {
      ...rows.ceremony,
      verdict: 'broken',
      additions: additions.length,
      bytes: additions.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    findings: [{ position: 0, code, verdict: 'broken', station: '', line: null, message }],
    tokens: [...new Set([...rows.tokens, ...tokensOf(...notes)])],
  };
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

/** How many ceremonies can begin in one millisecond. */
const WITHIN = 1024;

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

/** The first place of ceremonies that began then (ISO 8601); those without a time come before all others. */
export const placeAt = (began: string): number => Math.max(0, Date.parse(began) || 0) * WITHIN;

/** Whether a place is one of ceremonies that began then. */
export const isPlaceOf = (place: number, began: string): boolean =>
  place >= placeAt(began) && place < placeAt(began) + WITHIN;

function* chunks<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += 500) yield rows.slice(at, at + 500);
}
