import { fromHex } from '../../shared/bytes';
import type { Verdict } from '../../shared/transcript/verdict';
import { ceremonyWords } from '../../shared/words';
import { ArchiveError } from './archive-error';
import { keptOf } from './index/ceremony';
import { pinnedIn } from './index/entries';
import { type Indexed, indexedIn, isIndexedAs } from './index/indexed';
import { tombstoneRows } from './index/rows';
import { type Standing, standingsIn } from './index/standing';
import type { CeremonyRow, FindingRow, Index } from './index/tables';
import { hasWords, type WordSums, wordSums } from './index/words';
import type { Place } from './place/place';
import type { Anew, Kept } from './work/job';
import { ahead, Workers } from './work/workers';

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

/**
 * Verifies ceremonies anew, and holds the index against each; one after the other in their order, on all
 * cores.
 */
export async function* verifyCeremonies(
  place: Place,
  ceremonies: AsyncIterable<Named>,
  how: Verifying,
): AsyncGenerator<Verified> {
  const workers = new Workers();
  try {
    const first = await place.lastLine();
    let last = first;
    let { words = null } = how;
    const states = statesOf(place.index, ceremonies, (some) => workers.expect(some));
    const all = ahead(states, workers.width, async (state) => ({
      state,
      verified: await verified(place, state, how, workers),
    }));
    for await (const { state, verified: one } of all) {
      const now = isAsItShouldBe(one) ? first : await place.lastLine();
      if (now === first) {
        yield one;
        continue;
      }
      // Somebody added to the archive meanwhile: what was read before that is looked at once more.
      if (now !== last && words !== null) words = wordSums(place.index, place.engine);
      last = now;
      yield await verifiedNow(place, state.named, { ...how, words }, workers);
    }
  } finally {
    await workers.close();
  }
}

const isAsItShouldBe = ({ problem, isIndexed }: Verified): boolean => problem === '' && isIndexed;

/** What log and index have of a ceremony, or what is wrong with that. */
interface State {
  readonly named: Named;
  readonly standing: Standing | ArchiveError;
  readonly indexed: Indexed | null;
}

/** How many ceremonies are asked for with one question. */
const AT_ONCE = 200;

/** `expect` hears how many are asked for, before they are. */
async function* statesOf(
  index: Index,
  ceremonies: AsyncIterable<Named>,
  expect: (count: number) => void,
): AsyncGenerator<State> {
  let some: Named[] = [];
  const now = (): Promise<State[]> => {
    expect(some.length);
    const those = some;
    some = [];
    return statesNow(index, those);
  };
  for await (const named of ceremonies) if (some.push(named) === AT_ONCE) yield* await now();
  yield* await now();
}

async function statesNow(index: Index, some: readonly Named[]): Promise<State[]> {
  if (some.length === 0) return [];
  const ids = some.map(({ id }) => id);
  const standings = await standingsIn(index, ids);
  const indexed = await indexedIn(index, ids);
  return some.flatMap((named) => {
    const standing = standings.get(named.id);
    return standing === undefined ? [] : [{ named, standing, indexed: indexed.get(named.id) ?? null }];
  });
}

async function verifiedNow(place: Place, named: Named, how: Verifying, workers: Workers): Promise<Verified> {
  const [state] = await statesNow(place.index, [named]);
  if (state === undefined) throw new Error('one ceremony was asked for, and none given');
  return verified(place, state, how, workers);
}

async function verified(
  place: Place,
  { named: { id, words }, standing, indexed }: State,
  how: Verifying,
  workers: Workers,
): Promise<Verified> {
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
  if (standing instanceof ArchiveError) return { ...nothing, problem: standing.message };
  const { additions, tombstone, was } = standing;
  if (additions.length === 0 && tombstone === null)
    return { ...nothing, problem: 'No entry of the log ever added anything to it.' };
  const isFound = async (own: number | readonly string[]): Promise<boolean> =>
    indexed !== null && hasOwnWords(place, indexed.ceremony.place, own, how.words ?? null);
  if (additions.length === 0) {
    const rows = tombstoneRows(standing, ceremonyWords(fromHex(id)));
    const isIndexed = indexed !== null && isIndexedAs(indexed, rows) && (await isFound(rows.tokens));
    return { ...nothing, was, tombstone, isIndexed };
  }
  let anew: Anew;
  try {
    const bundles: Kept[] = [];
    for (const addition of additions) bundles.push(await keptOf(place, addition));
    const job = workers.do(
      {
        kind: 'verify',
        standing,
        bundles,
        pinned: how.pinned,
        engine: place.engine,
        indexed,
        key: how.words?.key ?? null,
      },
      (sha256) => place.script(sha256),
    );
    how.words?.begin();
    anew = await job;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { ...nothing, was, tombstone, problem: error.message, isIndexed: true };
  }
  const { verdict, findings } = anew;
  const isIndexed = anew.isIndexed && (await isFound(anew.words));
  return { ...nothing, was, verdict, findings, isIndexed };
}

/** Whether the index finds a place by a ceremony's words; by no other, where all of them were read. */
async function hasOwnWords(
  { index, engine }: Place,
  place: number,
  own: number | readonly string[],
  words: WordSums | null,
): Promise<boolean> {
  if (words === null) return typeof own !== 'number' && hasWords(index, engine, place, own);
  return (await words.at(place)) === (typeof own === 'number' ? own : await words.of(own));
}

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
