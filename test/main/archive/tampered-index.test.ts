import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { add } from '../../../main/archive/addition';
import { note, tombstone } from '../../../main/archive/annotation';
import type { Engine, Index, Tables } from '../../../main/archive/index/tables';
import { listCeremonies } from '../../../main/archive/query';
import { airlock } from '../cli/fake-terminal';
import { byHand, fill, proveBy, reindexBy, verifyAll, verifyText } from './by-hand';
import { ENGINES, idOf, newAddress, stationsOf, test, usePostgres, writeTranscript } from './fixtures';

usePostgres();

const TABLES: readonly (keyof Tables)[] = ['entry', 'addition', 'ceremony', 'person', 'finding', 'pinned'];

/** What somebody does to the index: each change is named, and gone once the index is made anew. */
type Change = [what: string, change: (tables: Index) => Promise<unknown>];

/** Each column of each table, changed in the first row and in the last; each row that goes, or is doubled. */
async function changesOf(address: string): Promise<Change[]> {
  const changes: Change[] = [];
  for (const table of TABLES) {
    const rows = (await byHand(address, (tables) =>
      tables.selectFrom(table).selectAll().execute(),
    )) as unknown as Record<string, string | number | null>[];
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || last === undefined) throw new Error(`nothing in ${table}`);
    const where = (row: typeof first) =>
      sql.join(
        Object.entries(row).map(([name, value]) =>
          value === null ? sql`${sql.ref(name)} is null` : sql`${sql.ref(name)} = ${value}`,
        ),
        sql` and `,
      );
    for (const [name, value] of Object.entries(last)) {
      const other = typeof value === 'string' ? `${value}x` : (value ?? 0) + 1_000_000_000;
      changes.push([
        `${table}.${name}`,
        (tables) =>
          sql`update ${sql.table(table)} set ${sql.ref(name)} = ${other} where ${where(last)}`.execute(
            tables,
          ),
      ]);
    }
    changes.push([
      `a row less in ${table}`,
      (tables) => sql`delete from ${sql.table(table)} where ${where(first)}`.execute(tables),
    ]);
    const key =
      table === 'entry' || table === 'addition' ? 'n' : table === 'pinned' ? 'fingerprint' : 'place';
    const twin: Record<string, string | number | null> = {
      ...last,
      [key]: key === 'fingerprint' ? 'F'.repeat(40) : 9_000_001,
      ...(table === 'ceremony' ? { id: 'd'.repeat(32) } : {}),
    };
    changes.push([
      `a row more in ${table}`,
      (tables) =>
        sql`insert into ${sql.table(table)}(${sql.join(Object.keys(twin).map((name) => sql.ref(name)))}) values (${sql.join(Object.values(twin))})`.execute(
          tables,
        ),
    ]);
  }
  return changes;
}

const placeOf = async (tables: Index, id: string): Promise<number> =>
  (await tables.selectFrom('ceremony').select('place').where('id', '=', id).executeTakeFirstOrThrow()).place;

/** Changes of the search index alone. */
const wordChanges = (engine: Engine): Change[] => [
  [
    'a word more',
    async (tables) => {
      const place = await placeOf(tables, idOf(2));
      return engine === 'sqlite'
        ? sql`insert into words(rowid, tokens) values (${place}, 'elephant')`.execute(tables)
        : sql`update words set tokens = tokens || array_to_tsvector(array['elephant']) where place = ${place}`.execute(
            tables,
          );
    },
  ],
  [
    'no words any more',
    async (tables) => {
      const place = await placeOf(tables, idOf(2));
      return engine === 'sqlite'
        ? sql`delete from words where rowid = ${place}`.execute(tables)
        : sql`delete from words where place = ${place}`.execute(tables);
    },
  ],
  [
    'other words',
    async (tables) => {
      const place = await placeOf(tables, idOf(2));
      return engine === 'sqlite'
        ? sql`update words set tokens = 'elephant' where rowid = ${place}`.execute(tables)
        : sql`update words set tokens = array_to_tsvector(array['elephant']) where place = ${place}`.execute(
            tables,
          );
    },
  ],
  [
    'words of nothing',
    (tables) =>
      engine === 'sqlite'
        ? sql`insert into words(rowid, tokens) values (12, 'elephant')`.execute(tables)
        : sql`insert into words(place, tokens) values (12, array_to_tsvector(array['elephant']))`.execute(
            tables,
          ),
  ],
];

describe.each(ENGINES)('the index of an archive on %s', (engine) => {
  test('is named whatever in it is changed alone, and right again once it is made anew', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const address = newAddress(engine, folder);
    const head = await fill(address, at, author);
    const place = await open(address);
    await tombstone(place, idOf(3), 'Article 17', author);
    // One that is incomplete, for its findings.
    const some = (await stationsOf(idOf(4))).slice(0, 2);
    await add(place, await writeTranscript(at('c4'), some), author.archivist, author.clock);
    await place.close();
    expect(await verifyAll(address)).toMatchObject({ code: 3, problems: [] });
    const changes = [
      ...(await changesOf(address)),
      ...wordChanges(engine),
      [
        'a ceremony that was put out of sight',
        async (tables: Index) => {
          const there = await placeOf(tables, idOf(2));
          for (const table of ['ceremony', 'person', 'finding'] as const)
            await sql`update ${sql.table(table)} set place = 77 where place = ${there}`.execute(tables);
        },
      ] satisfies Change,
    ];
    expect(changes.length).toBeGreaterThan(60);
    for (const [what, change] of changes) {
      await byHand(address, change);
      const { code, problems, ceremonies } = await verifyAll(address);
      expect(code, what).toBe(1);
      expect([...problems, ...ceremonies.filter(({ isIndexed }) => !isIndexed)], what).not.toEqual([]);
      expect(await reindexBy(address), what).toBe(0);
      expect(await verifyAll(address), what).toMatchObject({ code: 3, problems: [] });
    }
    expect(await proveBy(address)).toMatchObject({ holds: true, notes: [] });
    expect(await proveBy(address, head)).toMatchObject({ holds: true });
  }, 240_000);

  test('is told from the log by a head that was kept, where its last entry is another', async ({
    folder,
    at,
    author,
  }) => {
    const address = newAddress(engine, folder);
    const head = await fill(address, at, author);
    await byHand(address, (tables) =>
      tables
        .updateTable('entry')
        .set({ hash: 'e'.repeat(64) })
        .where('n', '=', 7)
        .execute(),
    );
    expect((await proveBy(address)).holds).toBe(false);
    expect(await proveBy(address, head)).toMatchObject({
      holds: true,
      notes: [{ n: 7, message: expect.stringContaining('somebody changed the index') }],
    });
    const { code, err } = await airlock(['archive', 'list', '--archive', address]);
    expect(code).toBe(1);
    expect(err).toContain('The index of this archive is not that of its log');
  });

  test('has the words of every script, and knows how many they are', async ({ folder, at, author, open }) => {
    const address = newAddress(engine, folder);
    await fill(address, at, author);
    const place = await open(address);
    // Some are of later versions of Unicode than engines know.
    const text = 'Straße İstanbul Ωμέγα Ǆ ﬁnal ５５５ 東京 ९९९ naïve 𞤀𞤣𞤤𞤢𞤥 xꟂy𖹀z';
    await note(place, idOf(2), text, author);
    for (const word of text.split(' '))
      expect(await listCeremonies(place, { words: word }, { limit: 5 }), word).toMatchObject([
        { id: idOf(2) },
      ]);
    expect(await verifyAll(address)).toMatchObject({ code: 0, problems: [] });
  });
});

describe('any byte of an index file', () => {
  test('may change: it is answered, in a sentence, and made anew', async ({ folder, at, author }) => {
    const address = newAddress('sqlite', folder);
    await fill(address, at, author);
    const path = join(address, 'index.db');
    const bytes = readFileSync(path);
    let named = 0;
    const step = 2999;
    for (let i = 0; i < bytes.length; i += i < 100 ? 7 : step) {
      const changed = Buffer.from(bytes);
      changed[i] = (bytes[i] ?? 0) ^ (1 << (i % 8));
      writeFileSync(path, changed);
      const { code, text } = await verifyText(address);
      if (code !== 0) named += 1;
      expect([0, 1], text).toContain(code);
      expect(text, `byte ${i}`).not.toMatch(/unexpected| {4}at /i);
      expect(await reindexBy(address), `byte ${i}`).toBe(0);
      expect(await verifyText(address), `byte ${i}`).toMatchObject({ code: 0 });
    }
    expect(named).toBeGreaterThan(3);
    for (const other of [Buffer.alloc(0), Buffer.from('no database'), bytes.subarray(0, 5000)]) {
      writeFileSync(path, other);
      expect(await reindexBy(address)).toBe(0);
      expect(await verifyText(address)).toMatchObject({ code: 0 });
    }
    expect(existsSync(`${path}.damaged`)).toBe(true);
  }, 240_000);
});
