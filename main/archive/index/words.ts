import { randomBytes } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { Turn } from '../work/turn';
import type { Engine, Index } from './tables';
import { isPlainFor, tokensOf } from './tokens';
import { plusWeight, WordWeight } from './word-weight';

// The one place where the engines differ: SQLite's FTS5, and PostgreSQL's tsvector. Both get the same words,
// so that both find the same.

export async function putWords(
  index: Index,
  engine: Engine,
  place: number,
  tokens: readonly string[],
): Promise<void> {
  await (engine === 'sqlite'
    ? sql`insert into words(rowid, tokens) values (${place}, ${tokens.join(' ')})`.execute(index)
    : sql`insert into words(place, tokens) values (${place}, array_to_tsvector(${[...tokens]}::text[]))`.execute(
        index,
      ));
}

export async function removeWords(index: Index, engine: Engine, place: number): Promise<void> {
  await (engine === 'sqlite'
    ? sql`delete from words where rowid = ${place}`.execute(index)
    : sql`delete from words where place = ${place}`.execute(index));
}

/**
 * A query's condition on `found`, the table of words; null where the text has none. All words must be there;
 * one that ends in * stands for all that begin so.
 */
export function found(engine: Engine, text: string): RawBuilder<boolean> | null {
  const wanted = wantedIn(text);
  if (wanted.length === 0) return null;
  return engine === 'sqlite'
    ? sql<boolean>`found.words match ${wanted.map(({ token, isStart }) => `"${token}"${isStart ? '*' : ''}`).join(' ')}`
    : sql<boolean>`found.tokens @@ ${wanted.map(({ token, isStart }) => `'${token}'${isStart ? ':*' : ''}`).join(' & ')}::tsquery`;
}

/** Where a ceremony's place stands in the table of words. */
export const placeOfWords = (engine: Engine): RawBuilder<number> =>
  engine === 'sqlite' ? sql<number>`found.rowid` : sql<number>`found.place`;

/** Whether the index finds a ceremony by every one of these words. */
export async function hasWords(
  index: Index,
  engine: Engine,
  place: number,
  tokens: readonly string[],
): Promise<boolean> {
  const condition = found(engine, tokens.join(' '));
  if (condition === null) return true;
  const { rows } =
    await sql`select 1 from words as found where ${placeOfWords(engine)} = ${place} and ${condition}`.execute(
      index,
    );
  return rows.length > 0;
}

function wantedIn(text: string): { readonly token: string; readonly isStart: boolean }[] {
  return text.split(/\s+/).flatMap((word) => {
    const tokens = tokensOf(word);
    return tokens.map((token, i) => ({ token, isStart: i === tokens.length - 1 && word.endsWith('*') }));
  });
}

export async function clearWords(index: Index, engine: Engine): Promise<void> {
  await (engine === 'sqlite'
    ? sql`insert into words(words) values ('delete-all')`.execute(index)
    : sql`delete from words`.execute(index));
}

/** By which words the index finds each place, as sums that tell one set of words from every other. */
export interface WordSums {
  /** Of the weights that the sums are made of; 16 bytes. */
  readonly key: Uint8Array;
  /** Begins to read them, for whoever will ask. */
  begin(): void;
  /** Undefined where the index finds nothing there. */
  at(place: number): Promise<number | undefined>;
  /** That of a ceremony's words, as the engine knows them. */
  of(tokens: readonly string[]): Promise<number>;
}

/**
 * Reads the whole search index once, when it is first wanted, which is what tells a word that was put there
 * by hand. A word counts by its digest under a key that is new each time: nobody can look for other words of
 * the same sum.
 */
export function wordSums(index: Index, engine: Engine): WordSums {
  const weight = new WordWeight(randomBytes(16));
  let reading: Promise<ReadonlyMap<number, number>> | null = null;
  const sums = (): Promise<ReadonlyMap<number, number>> => {
    reading ??= sumsByPlace(index, engine, weight);
    return reading;
  };
  return {
    key: weight.key,
    // Whoever asks hears of its error.
    begin: () => void sums().catch(() => undefined),
    at: async (place) => (await sums()).get(place),
    of: async (tokens) => weight.sum(await termsOf(index, engine, tokens)),
  };
}

async function sumsByPlace(
  index: Index,
  engine: Engine,
  weight: WordWeight,
): Promise<ReadonlyMap<number, number>> {
  const sums = new Map<number, number>();
  if (engine === 'postgres') {
    for await (const { place, terms } of termsByPlace(index)) sums.set(place, weight.sum(terms));
    return sums;
  }
  const turn = new Turn();
  for await (const { term, places } of placesByTerm(index)) {
    const own = weight.of(term);
    for (const place of places) sums.set(place, plusWeight(sums.get(place) ?? 0, own));
    if (turn.isOver) await turn.end();
  }
  return sums;
}

const PAGE = 500;

async function* termsByPlace(
  index: Index,
): AsyncGenerator<{ readonly place: number; readonly terms: readonly string[] }> {
  for (let after = -1; ; ) {
    const { rows } = await sql<{
      place: number;
      terms: string[];
    }>`select place, tsvector_to_array(tokens) as terms from words where place > ${after} order by place limit ${PAGE}`.execute(
      index,
    );
    for (const row of rows) {
      after = Number(row.place);
      yield { place: after, terms: row.terms };
    }
    if (rows.length < PAGE) return;
  }
}

async function* placesByTerm(
  index: Index,
): AsyncGenerator<{ readonly term: string; readonly places: readonly number[] }> {
  await sql`create virtual table if not exists temp.indexed using fts5vocab('main', 'words', 'instance')`.execute(
    index,
  );
  // In the order of the words, and never all of them at once.
  const rows = index
    .selectFrom(sql<{ term: string; doc: number }>`temp.indexed`.as('indexed'))
    .select(['indexed.term', sql<string>`json_group_array(indexed.doc)`.as('places')])
    .groupBy('indexed.term')
    .stream();
  for await (const { term, places } of rows) yield { term, places: JSON.parse(places) as number[] };
}

/** The words as the engine knows them: it may part or join some that are not of its Unicode. */
async function termsOf(index: Index, engine: Engine, tokens: readonly string[]): Promise<string[]> {
  const known = new Set(tokens.filter((token) => isPlainFor(engine, token)));
  const others = tokens.filter((token) => !known.has(token));
  if (others.length === 0) return [...known];
  await sql`create virtual table if not exists temp.expected using fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0')`.execute(
    index,
  );
  await sql`create virtual table if not exists temp.wanted using fts5vocab('temp', 'expected', 'row')`.execute(
    index,
  );
  await sql`insert into temp.expected(expected) values ('delete-all')`.execute(index);
  await sql`insert into temp.expected(rowid, tokens) values (1, ${others.join(' ')})`.execute(index);
  const { rows } = await sql<{ term: string }>`select term from temp.wanted`.execute(index);
  return [...new Set([...known, ...rows.map(({ term }) => term)])];
}
