import canonicalize from 'canonicalize';
import type { Verdict } from '../../shared/transcript/verdict';
import { ArchiveError } from './archive-error';
import {
  type CeremonyRows,
  filesOf,
  rowsOf,
  type Standing,
  standingIn,
  tombstoneRows,
} from './index/ceremony';
import { additionRow, entryRow, pinnedIn } from './index/entries';
import type { AdditionRow, CeremonyRow, EntryRow, FindingRow } from './index/tables';
import { hasWords } from './index/words';
import { parseLine } from './log/entry';
import type { Place } from './place/place';

/** A ceremony, verified anew from its evidence. */
export interface Verified {
  readonly ceremony: string;
  readonly words: string;
  /** Null where its evidence can't be read, or is gone by law. */
  readonly verdict: Verdict | null;
  /** As it was when the last of its folders was added; null where none is left. */
  readonly was: Verdict | null;
  readonly findings: readonly Omit<FindingRow, 'place'>[];
  /** What is wrong with the evidence itself, as a sentence; '' where it is as it was handed in. */
  readonly problem: string;
  /** Entry of the tombstone, where the evidence is gone by law. */
  readonly tombstone: number | null;
  /** Whether the index says the same of it. */
  readonly isIndexed: boolean;
}

/** Verifies one ceremony anew, and holds the index against it. */
export async function verifyCeremony(
  place: Place,
  { id, words }: Pick<CeremonyRow, 'id' | 'words'>,
  pinned: ReadonlySet<string> | null,
): Promise<Verified> {
  const standing = await standingIn(place.index, id);
  const was = await verdictWhenAdded(place, standing);
  const none = {
    ceremony: id,
    words,
    verdict: null,
    was,
    findings: [],
    problem: '',
    tombstone: standing.tombstone,
  };
  try {
    const rows =
      standing.additions.length === 0
        ? tombstoneRows(standing, words)
        : await rowsOf(standing, await filesOf(place, standing), pinned);
    const isIndexed = await isInIndex(place, rows);
    if (standing.additions.length === 0) return { ...none, isIndexed };
    return { ...none, verdict: rows.ceremony.verdict, findings: rows.findings, tombstone: null, isIndexed };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { ...none, problem: error.message, isIndexed: true };
  }
}

async function verdictWhenAdded({ index }: Place, { additions }: Standing): Promise<Verdict | null> {
  const n = additions.at(-1)?.n;
  if (n === undefined) return null;
  const row = await index.selectFrom('addition').select('verdict').where('n', '=', n).executeTakeFirst();
  return row?.verdict ?? null;
}

/** Whether the index has exactly these rows of a ceremony, and finds it by its words. */
async function isInIndex({ index, engine }: Place, rows: CeremonyRows): Promise<boolean> {
  const there = await index
    .selectFrom('ceremony')
    .selectAll()
    .where('id', '=', rows.ceremony.id)
    .executeTakeFirst();
  if (there === undefined) return false;
  const { place } = there;
  const people = await index.selectFrom('person').selectAll().where('place', '=', place).execute();
  const findings = await index
    .selectFrom('finding')
    .selectAll()
    .where('place', '=', place)
    .orderBy('position')
    .execute();
  const is = canonicalize({ ceremony: there, people: sorted(people), findings });
  const mustBe = canonicalize({
    ceremony: { ...rows.ceremony, place },
    people: sorted(rows.people.map((row) => ({ ...row, place }))),
    findings: rows.findings.map((row) => ({ ...row, place })),
  });
  return is === mustBe && (await hasWords(index, engine, place, rows.tokens));
}

const sorted = <T extends { readonly fingerprint: string; readonly role: string }>(
  people: readonly T[],
): T[] => [...people].sort((a, b) => (`${a.fingerprint} ${a.role}` < `${b.fingerprint} ${b.role}` ? -1 : 1));

/** The fingerprints that verification goes by. */
export const pinnedOf = ({ index }: Place): Promise<ReadonlySet<string> | null> => pinnedIn(index);

/** Ceremonies to verify, in no order: all of them, or those with an addition since that time (ISO 8601). */
export async function* ceremoniesSince(
  { index }: Place,
  since: string | null,
): AsyncIterable<Pick<CeremonyRow, 'id' | 'words'>> {
  for (let after = ''; ; ) {
    let query = index
      .selectFrom('ceremony')
      .select(['id', 'words'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE);
    if (since !== null)
      query = query.where('id', 'in', (from) =>
        from
          .selectFrom('entry')
          .select('ceremony')
          .where('event', '=', 'addition')
          .where('at', '>=', since)
          .$castTo<{ ceremony: string }>(),
      );
    const rows = await query.execute();
    for (const row of rows) {
      after = row.id;
      yield row;
    }
    if (rows.length < PAGE) return;
  }
}

const PAGE = 500;

/** Holds what the index knows of the log against the log, and what is kept against what the log names. */
export async function looseEnds(place: Place): Promise<string[]> {
  const problems: string[] = [];
  let page: EntryRow[] = [];
  let additions = new Map<number, AdditionRow>();
  let count = 0;
  for await (const line of place.lines(1)) {
    const written = parseLine(line);
    count += 1;
    if (page.length === 0) {
      const n = written.entry.n;
      page = await place.index
        .selectFrom('entry')
        .selectAll()
        .where('n', '>=', n)
        .orderBy('n')
        .limit(PAGE)
        .execute();
      const rows = await place.index
        .selectFrom('addition')
        .selectAll()
        .where('n', '>=', n)
        .where('n', '<', n + PAGE)
        .execute();
      additions = new Map(rows.map((row) => [row.n, row]));
    }
    const row = page.shift();
    const addition = additionRow(written);
    if (
      canonicalize(row) !== canonicalize(entryRow(written)) ||
      canonicalize(additions.get(written.entry.n) ?? null) !== canonicalize(addition)
    )
      problems.push(`The index has another entry ${written.entry.n} than the log.`);
  }
  const known = await place.index
    .selectFrom('entry')
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(known.count) !== count)
    problems.push(`The index has ${known.count} entries, and the log has ${count}.`);
  for await (const folder of place.kept()) {
    const row = await place.index
      .selectFrom('addition')
      .select('n')
      .where('folder', '=', folder)
      .executeTakeFirst();
    if (row === undefined)
      problems.push(`Evidence that no entry of the log names lies in the archive: ${folder}.`);
  }
  return problems;
}
