import canonicalize from 'canonicalize';
import { fromHex } from '../../shared/bytes';
import type { Verdict } from '../../shared/transcript/verdict';
import { ceremonyWords } from '../../shared/words';
import { ArchiveError } from './archive-error';
import {
  type CeremonyRows,
  filesOf,
  isPlaceOf,
  rowsOf,
  type Standing,
  standingIn,
  tombstoneRows,
} from './index/ceremony';
import { pinnedIn } from './index/entries';
import type { CeremonyRow, FindingRow } from './index/tables';
import { countWords, hasWords } from './index/words';
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

/**
 * Verifies one ceremony anew, and holds the index against it. `counts`: by how many words the index finds
 * each place (`wordCounts`); without them a word too many is not looked for.
 */
export async function verifyCeremony(
  place: Place,
  { id, words }: Pick<CeremonyRow, 'id' | 'words'>,
  pinned: ReadonlySet<string> | null,
  counts: ReadonlyMap<number, number> | null = null,
): Promise<Verified> {
  const nothing = {
    ceremony: id,
    words,
    verdict: null,
    was: null,
    findings: [],
    problem: '',
    tombstone: null,
  };
  let standing: Standing;
  try {
    standing = await standingIn(place.index, id);
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'index-damaged') throw error;
    return { ...nothing, problem: error.message, isIndexed: false };
  }
  if (standing.additions.length === 0 && standing.tombstone === null)
    return { ...nothing, problem: 'No entry of the log ever added anything to it.', isIndexed: false };
  const was = await verdictWhenAdded(place, standing);
  const none = { ...nothing, was, tombstone: standing.tombstone };
  try {
    const rows =
      standing.additions.length === 0
        ? tombstoneRows(standing, ceremonyWords(fromHex(id)))
        : await rowsOf(standing, await filesOf(place, standing), pinned);
    const isIndexed = await isInIndex(place, rows, counts);
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

/** Whether the index has exactly these rows of a ceremony, and finds it by its words alone. */
async function isInIndex(
  { index, engine }: Place,
  rows: CeremonyRows,
  counts: ReadonlyMap<number, number> | null,
): Promise<boolean> {
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
  if (is !== mustBe || !isPlaceOf(place, rows.ceremony.began)) return false;
  if (counts !== null && counts.get(place) !== (await countWords(index, engine, rows.tokens))) return false;
  return hasWords(index, engine, place, rows.tokens);
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
