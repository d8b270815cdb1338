import canonicalize from 'canonicalize';
import { fromHex } from '../../shared/bytes';
import type { Verdict } from '../../shared/transcript/verdict';
import { ceremonyWords } from '../../shared/words';
import { ArchiveError } from './archive-error';
import {
  type CeremonyRows,
  isPlaceOf,
  rowsOf,
  type Standing,
  standingIn,
  tombstoneRows,
} from './index/ceremony';
import { pinnedIn } from './index/entries';
import type { CeremonyRow, FindingRow } from './index/tables';
import { hasWords, type WordSums } from './index/words';
import type { Place } from './place/place';
import { ahead, Workers, withWorkers } from './work/workers';

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

type Named = Pick<CeremonyRow, 'id' | 'words'>;

/** How ceremonies are verified. */
interface Verifying {
  readonly pinned: ReadonlySet<string> | null;
  /** By which words the index finds each place; without them a word too many is not looked for. */
  readonly words?: WordSums | null;
}

/** Verifies one ceremony anew, and holds the index against it. */
export async function verifyCeremony(place: Place, one: Named, how: Verifying): Promise<Verified> {
  return withWorkers(async (workers) =>
    heldAgainstIndex(place, await verifiedAnew(place, one, how, workers), how),
  );
}

/** As `verifyCeremony`, one after the other in their order, on all cores. */
export async function* verifyCeremonies(
  place: Place,
  ceremonies: AsyncIterable<Named>,
  how: Verifying,
): AsyncGenerator<Verified> {
  const workers = new Workers();
  try {
    const anew = ahead(ceremonies, workers.width, (one) => verifiedAnew(place, one, how, workers));
    for await (const one of anew) yield await heldAgainstIndex(place, one, how);
  } finally {
    await workers.close();
  }
}

/** What the evidence says; `rows`: what the index is to have of it, null where that can't be said. */
interface Anew {
  readonly verified: Verified;
  readonly rows: CeremonyRows | null;
}

async function verifiedAnew(
  place: Place,
  { id, words }: Named,
  { pinned }: Verifying,
  workers: Workers,
): Promise<Anew> {
  const nothing = {
    ceremony: id,
    words,
    verdict: null,
    was: null,
    findings: [],
    problem: '',
    tombstone: null,
    isIndexed: false,
  };
  let standing: Standing;
  try {
    standing = await standingIn(place.index, id);
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code !== 'index-damaged') throw error;
    return { verified: { ...nothing, problem: error.message }, rows: null };
  }
  if (standing.additions.length === 0 && standing.tombstone === null)
    return {
      verified: { ...nothing, problem: 'No entry of the log ever added anything to it.' },
      rows: null,
    };
  const was = await verdictWhenAdded(place, standing);
  if (standing.additions.length === 0)
    return {
      verified: { ...nothing, was, tombstone: standing.tombstone },
      rows: tombstoneRows(standing, ceremonyWords(fromHex(id))),
    };
  try {
    const rows = await rowsOf(place, standing, pinned, workers);
    const { verdict } = rows.ceremony;
    return { verified: { ...nothing, was, verdict, findings: rows.findings }, rows };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    const { tombstone } = standing;
    return {
      verified: { ...nothing, was, tombstone, problem: error.message, isIndexed: true },
      rows: null,
    };
  }
}

async function heldAgainstIndex(
  place: Place,
  { verified, rows }: Anew,
  { words = null }: Verifying,
): Promise<Verified> {
  return rows === null ? verified : { ...verified, isIndexed: await isInIndex(place, rows, words) };
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
  words: WordSums | null,
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
  if (words !== null) return words.at(place) === (await words.of(rows.tokens));
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
