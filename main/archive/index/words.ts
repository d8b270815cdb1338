import { type RawBuilder, sql } from 'kysely';
import type { Engine, Index } from './tables';
import { tokensOf } from './tokens';

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

/**
 * By how many words the index finds each place. In SQLite that reads the whole search index once, which is
 * what tells a word that was put there by hand.
 */
export async function wordCounts(index: Index, engine: Engine): Promise<ReadonlyMap<number, number>> {
  if (engine === 'postgres') {
    const { rows } = await sql<WordCount>`select place, length(tokens) as words from words`.execute(index);
    return countsOf(rows);
  }
  await sql`create virtual table if not exists temp.indexed using fts5vocab('main', 'words', 'instance')`.execute(
    index,
  );
  const { rows } =
    await sql<WordCount>`select doc as place, count(*) as words from temp.indexed group by doc`.execute(
      index,
    );
  return countsOf(rows);
}

/** How many words these are to the engine, which may part or join some that are not of its Unicode. */
export async function countWords(index: Index, engine: Engine, tokens: readonly string[]): Promise<number> {
  if (engine === 'postgres') return new Set(tokens).size;
  await sql`create virtual table if not exists temp.expected using fts5(tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0')`.execute(
    index,
  );
  await sql`create virtual table if not exists temp.wanted using fts5vocab('temp', 'expected', 'row')`.execute(
    index,
  );
  await sql`insert into temp.expected(expected) values ('delete-all')`.execute(index);
  await sql`insert into temp.expected(rowid, tokens) values (1, ${tokens.join(' ')})`.execute(index);
  const { rows } = await sql<Pick<WordCount, 'words'>>`select count(*) as words from temp.wanted`.execute(
    index,
  );
  return Number(rows[0]?.words ?? 0);
}

interface WordCount {
  readonly place: number;
  readonly words: number;
}

const countsOf = (rows: readonly WordCount[]): ReadonlyMap<number, number> =>
  new Map(rows.map(({ place, words }) => [place, Number(words)]));
