import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { add } from '../../../main/archive/addition';
import { changePeople, hold, note, peopleOf, release, tombstone } from '../../../main/archive/annotation';
import { ceremonyDetail } from '../../../main/archive/ceremony';
import { ceremonyFiles, writeFolder } from '../../../main/archive/export';
import { reindex } from '../../../main/archive/index/refresh';
import { putWords, removeWords, wordSums } from '../../../main/archive/index/words';
import { parseLine } from '../../../main/archive/log/entry';
import { headWords, parseHead } from '../../../main/archive/log/head';
import { looseEnds } from '../../../main/archive/loose-ends';
import type { Place } from '../../../main/archive/place/place';
import { prove } from '../../../main/archive/proof';
import { countCeremonies, type Filter, listCeremonies } from '../../../main/archive/query';
import { statsOf } from '../../../main/archive/stats';
import { ceremoniesSince, pinnedOf, verifyCeremonies } from '../../../main/archive/verification';
import { personNamed } from '../../shared/transcript/archive';
import {
  archivistNamed,
  clockFrom,
  ENGINES,
  filesIn,
  idOf,
  newAddress,
  stationsOf,
  test,
  usePostgres,
  writeTranscript,
} from './fixtures';

usePostgres();

const found = async (place: Place, filter: Filter): Promise<string[]> => {
  const rows = await listCeremonies(place, filter, { limit: 50 });
  expect(await countCeremonies(place, filter)).toBe(rows.length);
  return rows.map(({ id }) => id);
};

const verdicts = async (place: Place) => {
  const all = [];
  const pinned = await pinnedOf(place);
  for await (const one of verifyCeremonies(place, ceremoniesSince(place, null), { pinned })) all.push(one);
  return all;
};

describe.each(ENGINES)('an archive on %s', (engine) => {
  test('keeps a folder byte for byte, and says the same twice', async ({ folder, at, author, open }) => {
    const handedIn = await writeTranscript(at('handed-in'), await stationsOf(idOf(1)));
    writeFileSync(join(handedIn, 'stray file.bin'), Buffer.from([0, 255, 13, 10]));
    const place = await open(newAddress(engine, folder));
    const first = await add(place, handedIn, author.archivist, author.clock);
    expect(first).toMatchObject({ ceremony: idOf(1), n: 2, isNew: true, additions: 1 });
    cpSync(handedIn, at('copy'), { recursive: true });
    expect(await add(place, at('copy'), author.archivist, author.clock)).toMatchObject({
      n: 2,
      isNew: false,
    });
    expect(writeFolder(at('out'), await ceremonyFiles(place, idOf(1), null))).toBe(first.files);
    expect(filesIn(at('out'))).toEqual(filesIn(handedIn));
    await expect(async () => writeFolder(at('out'), [])).rejects.toMatchObject({ code: 'folder-not-empty' });
  });

  test('makes an index of an earlier form anew, and knows then who had the token', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const address = newAddress(engine, folder);
    const place = await open(address);
    await add(
      place,
      await writeTranscript(at('c'), await stationsOf(idOf(1))),
      author.archivist,
      author.clock,
    );
    const before = await ceremonyDetail(place, idOf(1));
    expect(before.ceremony.token_made).not.toBe('');
    expect(before.people.filter((each) => each.held_token === 1)).not.toEqual([]);
    for (const step of [
      'drop index ceremony_token',
      'alter table ceremony drop column token_made',
      'alter table ceremony drop column token_died',
      'alter table person drop column held_token',
      'alter table person drop column handed_token',
      'alter table person drop column told_end',
      "delete from form where name in ('0002-token-lives', '0003-token-words')",
    ])
      await sql.raw(step).execute(place.index);
    await place.close();
    expect(await ceremonyDetail(await open(address), idOf(1))).toEqual(before);
  });

  test('finds ceremonies by words and filters, the newest first', async ({ folder, at, author, open }) => {
    const place = await open(newAddress(engine, folder));
    for (const [n, day] of [
      [1, '2026-03-10'],
      [2, '2026-05-01'],
      [3, '2026-04-02'],
    ] as const)
      await add(
        place,
        await writeTranscript(
          at(`c${n}`),
          (await stationsOf(idOf(n), day)).map((plan) => ({ ...plan, rehearsal: n === 3 })),
        ),
        author.archivist,
        author.clock,
      );
    expect(await found(place, {})).toEqual([2, 3, 1].map(idOf));
    expect(await found(place, { words: 'door minute' })).toEqual([2, 3, 1].map(idOf));
    expect(await found(place, { words: 'DOOR, stood' })).toHaveLength(3);
    expect(await found(place, { words: 'door elephant' })).toEqual([]);
    expect(await found(place, { words: 'eleph*' })).toEqual([]);
    expect(await found(place, { words: 'yearl*' })).toHaveLength(3);
    expect(await found(place, { words: 'yearl' })).toEqual([]);
    expect(await found(place, { words: 'zoe' })).toHaveLength(3);
    expect(await found(place, { words: `"' ) (` })).toHaveLength(3);
    expect(await found(place, { words: `or'--; drop & | ! :*` })).toEqual([]);
    expect(await found(place, { from: '2026-04-01T00:00:00Z' })).toEqual([2, 3].map(idOf));
    expect(await found(place, { from: '2026-04-01T00:00:00Z', to: '2026-05-01T00:00:00Z' })).toEqual([
      idOf(3),
    ]);
    expect(await found(place, { words: 'door', to: '2026-05-01T00:00:00Z' })).toEqual([3, 1].map(idOf));
    expect(await found(place, { server: 'VAULT.example' })).toHaveLength(3);
    expect(await found(place, { server: 'vault_example' })).toEqual([]);
    expect(await found(place, { person: 'Olga' })).toHaveLength(3);
    expect(await found(place, { person: 'olga', role: 'custodian' })).toEqual([]);
    expect(
      await found(place, { person: (await personNamed('carol')).fingerprint, role: 'custodian' }),
    ).toHaveLength(3);
    expect(await found(place, { rehearsal: true })).toEqual([idOf(3)]);
    expect(await found(place, { rehearsal: false, verdict: 'proven' })).toEqual([2, 1].map(idOf));
    expect(await found(place, { notRevoked: true })).toEqual([]);
    const pages = [];
    for (let before: number | undefined; ; ) {
      const [row] = await listCeremonies(place, { words: 'door' }, { limit: 1, before });
      if (row === undefined) break;
      pages.push(row.id);
      before = row.place;
    }
    expect(pages).toEqual([2, 3, 1].map(idOf));
    expect(await statsOf(place)).toMatchObject({
      ceremonies: 2,
      rehearsals: 1,
      verdicts: { proven: 2, incomplete: 0, broken: 0 },
      tokens: 2,
      revoked: 2,
      people: 5,
      entries: 4,
      months: [
        { month: '2026-03', ceremonies: 1, rehearsals: 0, notProven: 0 },
        { month: '2026-04', ceremonies: 0, rehearsals: 1, notProven: 0 },
        { month: '2026-05', ceremonies: 1, rehearsals: 0, notProven: 0 },
      ],
    });
  });

  test('joins stations that arrive on different days, and more signatures that come later', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const place = await open(newAddress(engine, folder));
    const all = await stationsOf(idOf(1));
    const [office, online, carol, dave] = all;
    if (!office || !online || !carol || !dave) throw new Error('four stations');
    const wanda = await personNamed('wanda');
    const early = [
      { ...office, signers: [office.who] },
      { ...online, signers: [online.who, wanda] },
    ];
    const one = await add(place, await writeTranscript(at('one'), early), author.archivist, author.clock);
    expect(one).toMatchObject({ verdict: 'incomplete', additions: 1 });
    const two = await add(
      place,
      await writeTranscript(at('two'), [carol, dave]),
      author.archivist,
      author.clock,
    );
    expect(two.additions).toBe(2);
    expect(two.verdict).not.toBe('proven');
    const three = await add(
      place,
      await writeTranscript(at('three'), [office]),
      author.archivist,
      author.clock,
    );
    expect(three).toMatchObject({ verdict: 'proven', additions: 3 });
    writeFolder(at('out'), await ceremonyFiles(place, idOf(1), null));
    const parts = ['three', 'two', 'one'].flatMap((part) => [...filesIn(at(part))]);
    expect(filesIn(at('out'))).toEqual(new Map(parts));
    writeFolder(at('first'), await ceremonyFiles(place, idOf(1), 2));
    expect(filesIn(at('first'))).toEqual(filesIn(at('one')));
    expect((await verdicts(place)).map(({ verdict, was, isIndexed }) => [verdict, was, isIndexed])).toEqual([
      ['proven', 'proven', true],
    ]);
  });

  test('keeps both of two journals that contradict each other, and calls the ceremony broken', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const place = await open(newAddress(engine, folder));
    const all = await stationsOf(idOf(1));
    await add(place, await writeTranscript(at('one'), all), author.archivist, author.clock);
    const forged = all.map((plan, i) =>
      i === 0
        ? {
            ...plan,
            events: [
              ...plan.events.slice(0, -1),
              { event: 'note', data: { text: 'All went well.' } } as const,
            ],
          }
        : plan,
    );
    const { verdict } = await add(
      place,
      await writeTranscript(at('two'), forged),
      author.archivist,
      author.clock,
    );
    expect(verdict).toBe('broken');
    const { findings } = await ceremonyDetail(place, idOf(1));
    expect(findings.map(({ code }) => code)).toContain('same-journal');
  });

  test('notes, holds and releases; nothing goes while it is on hold, and what goes leaves a tombstone', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const place = await open(newAddress(engine, folder));
    await add(
      place,
      await writeTranscript(at('one'), await stationsOf(idOf(1))),
      author.archivist,
      author.clock,
    );
    const early = parseLine((await place.lastLine()) ?? '');
    await note(place, idOf(1), 'The auditor asked for it.', author);
    expect(await found(place, { words: 'auditor' })).toEqual([idOf(1)]);
    await expect(release(place, idOf(1), 'nothing', author)).rejects.toMatchObject({ code: 'not-on-hold' });
    await hold(place, idOf(1), 'Case 12', author);
    expect(await found(place, { held: true })).toEqual([idOf(1)]);
    await expect(tombstone(place, idOf(1), 'Article 17', author)).rejects.toMatchObject({ code: 'on-hold' });
    await release(place, idOf(1), 'Case 12 is over', author);
    const n = await tombstone(place, idOf(1), 'Article 17', author);
    const detail = await ceremonyDetail(place, idOf(1));
    expect(detail).toMatchObject({
      ceremony: { tombstone: n, title: '', additions: 0 },
      people: [],
      findings: [],
    });
    expect(detail.entries.map(({ event, text }) => [event, text])).toEqual([
      ['note', 'The auditor asked for it.'],
      ['hold', 'Case 12'],
      ['release', 'Case 12 is over'],
      ['tombstone', 'Article 17'],
    ]);
    expect(await found(place, { words: 'door' })).toEqual([]);
    await expect(ceremonyFiles(place, idOf(1), null)).rejects.toMatchObject({ code: 'gone' });
    await expect(tombstone(place, idOf(1), 'again', author)).rejects.toMatchObject({ code: 'gone' });
    for await (const kept of place.kept()) expect(kept).toBe('nothing');
    expect(await prove(place, parseHead(early.hash))).toMatchObject({ holds: true, evidence: 0 });
    expect(await looseEnds(place)).toEqual([]);
    await reindex(place);
    expect(await verdicts(place)).toMatchObject([
      { verdict: null, problem: '', tombstone: n, isIndexed: true },
    ]);
  });

  test('verifies by the people whom compliance knows, from the moment that they are named', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const place = await open(newAddress(engine, folder));
    await add(
      place,
      await writeTranscript(at('one'), await stationsOf(idOf(1))),
      author.archivist,
      author.clock,
    );
    const people = await Promise.all(
      ['olga', 'peter', 'carol', 'dave', 'wanda'].map(async (name) => ({
        name,
        fingerprint: (await personNamed(name)).fingerprint,
      })),
    );
    await changePeople(place, () => people.slice(1), author);
    expect(await found(place, { verdict: 'broken' })).toEqual([idOf(1)]);
    await changePeople(place, (known) => [...known, ...people], author);
    expect((await peopleOf(place)).map(({ name }) => name)).toEqual([
      'carol',
      'dave',
      'olga',
      'peter',
      'wanda',
    ]);
    const { ceremony } = await ceremonyDetail(place, idOf(1));
    expect(ceremony).toMatchObject({ verdict: 'proven', by_people: 1 });
    await changePeople(place, () => [], author);
    expect((await ceremonyDetail(place, idOf(1))).ceremony).toMatchObject({ by_people: 0 });
  });

  test('proves an earlier head by its digits and by its words, and refuses what is none', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const place = await open(newAddress(engine, folder));
    await add(
      place,
      await writeTranscript(at('one'), await stationsOf(idOf(1))),
      author.archivist,
      author.clock,
    );
    const { entry, hash } = parseLine((await place.lastLine()) ?? '');
    await add(
      place,
      await writeTranscript(at('two'), await stationsOf(idOf(2))),
      author.archivist,
      author.clock,
    );
    const words = headWords(hash);
    for (const text of [
      hash,
      `${entry.n}:${hash}`,
      words,
      `${entry.n} ${words.toUpperCase()}`,
      `${entry.n}: ${words}`,
    ])
      expect(await prove(place, parseHead(text))).toMatchObject({ holds: true, evidence: 2, head: { n: 3 } });
    const other = await prove(place, parseHead('0'.repeat(64)));
    expect(other.findings).toMatchObject([{ n: null }]);
    expect((await prove(place, parseHead(`2:${'0'.repeat(64)}`))).findings).toMatchObject([{ n: 2 }]);
    expect((await prove(place, parseHead(`9:${'0'.repeat(64)}`))).findings).toMatchObject([
      { n: 4, message: expect.stringContaining('entries 4 to 9 were taken away') },
    ]);
    for (const text of ['', 'abc', '0:00', 'one two three', `${hash}0`])
      expect(() => parseHead(text)).toThrow(expect.objectContaining({ code: 'bad-head' }));
  });

  test('takes entries from its own archivist only, and says where a clock stood behind', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const place = await open(newAddress(engine, folder));
    await add(
      place,
      await writeTranscript(at('one'), await stationsOf(idOf(1))),
      author.archivist,
      author.clock,
    );
    const stranger = { archivist: await archivistNamed('Iris'), clock: author.clock };
    await expect(note(place, idOf(1), 'hello', stranger)).rejects.toMatchObject({ code: 'not-archivist' });
    const officer = { ...author, archivist: { ...author.archivist, role: 'officer' as const } };
    await expect(note(place, idOf(1), 'hello', officer)).rejects.toMatchObject({ code: 'not-archivist' });
    await note(place, idOf(1), 'hello', { ...author, clock: clockFrom('2020-01-01T00:00:00Z') });
    expect(await prove(place, null)).toMatchObject({
      holds: true,
      notes: [{ n: 3, message: expect.stringContaining('stood behind') }],
    });
  });

  test('refuses garbage in a sentence, and keeps nothing of it', async ({ folder, at, author, open }) => {
    const place = await open(newAddress(engine, folder));
    const whole = await writeTranscript(at('whole'), await stationsOf(idOf(1)));
    await add(place, whole, author.archivist, author.clock);
    const before = await place.lastLine();
    writeFileSync(at('file'), 'no folder');
    const garbage = cpTo(whole, at('garbage'));
    for (const station of readdirSync(garbage))
      if (station !== 'keys' && station !== 'verify.sh')
        writeFileSync(join(garbage, station, 'journal.jsonl'), Buffer.from([0, 1, 2, 255]));
    for (const path of [at('file'), at('nowhere'), garbage])
      await expect(add(place, path, author.archivist, author.clock)).rejects.toMatchObject({
        code: 'no-transcript',
        message: expect.stringMatching(/\.$/),
      });
    expect(await place.lastLine()).toBe(before);
    const kept = [];
    for await (const name of place.kept()) kept.push(name);
    expect(kept).toHaveLength(1);
  });

  test('is refused where there is none', async ({ folder, open }) => {
    await expect(open(newAddress(engine, folder), 'read')).rejects.toMatchObject({ code: 'no-archive' });
  });

  test('lets two writers in, one after the other', async ({ folder, at, author, open }) => {
    const address = newAddress(engine, folder);
    const places = [await open(address), await open(address)];
    const folders = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => writeTranscript(at(`c${i}`), await stationsOf(idOf(i)))),
    );
    await Promise.all(
      places.map(async (place, p) => {
        for (const [i, path] of folders.entries())
          if (i % 2 === p) await add(place, path, author.archivist, () => new Date('2026-06-02T00:00:00Z'));
      }),
    );
    for (const place of places) expect((await prove(place, null)).findings).toEqual([]);
    const place = await open(address, 'read');
    expect(await countCeremonies(place, {})).toBe(8);
    expect(await looseEnds(place)).toEqual([]);
  });

  test('is verified while another program adds to it', async ({ folder, at, author, open }) => {
    const address = newAddress(engine, folder);
    const writer = await open(address);
    const addOne = async (i: number, name = ''): Promise<void> => {
      const path = await writeTranscript(at(`c${i}${name}`), await stationsOf(idOf(i)));
      if (name !== '') writeFileSync(join(path, name), name);
      await add(writer, path, author.archivist, author.clock);
    };
    for (const i of [1, 2, 3]) await addOne(i);
    const place = await open(address, 'read');
    const words = wordSums(place.index, place.engine);
    // Those of a moment later are among them, with words that nobody has counted yet.
    async function* all() {
      await addOne(4);
      await addOne(2, 'late.bin');
      yield* ceremoniesSince(place, null);
    }
    const seen = [];
    for await (const one of verifyCeremonies(place, all(), { pinned: null, words })) {
      if (seen.length === 0) await addOne(3, 'later.bin');
      seen.push(one);
    }
    expect(seen.map(({ ceremony }) => ceremony).sort()).toEqual([1, 2, 3, 4].map(idOf).sort());
    for (const { isIndexed, problem } of seen)
      expect({ isIndexed, problem }).toEqual({ isIndexed: true, problem: '' });
    const [loose] = await Promise.all([looseEnds(place), addOne(5), addOne(6)]);
    expect(loose).toEqual([]);
    // Nobody who goes on adding keeps others from hearing what is wrong.
    await place.index.deleteFrom('entry').where('n', '=', 2).execute();
    let looks = 0;
    const busy: Place = Object.assign(Object.create(place), { lastLine: async () => `line ${++looks}` });
    expect(await looseEnds(busy)).toEqual(['The index lacks entry 2 of the log.']);
  });

  test('has words of its own for each ceremony, and none besides', async ({ folder, at, author, open }) => {
    const place = await open(newAddress(engine, folder));
    for (const i of [1, 2])
      await add(
        place,
        await writeTranscript(at(`c${i}`), await stationsOf(idOf(i))),
        author.archivist,
        author.clock,
      );
    const verifiedWith = async (): Promise<boolean[]> => {
      const words = wordSums(place.index, place.engine);
      const seen = [];
      for await (const one of verifyCeremonies(place, ceremoniesSince(place, null), { pinned: null, words }))
        seen.push(one.isIndexed);
      return seen;
    };
    expect(await verifiedWith()).toEqual([true, true]);
    const { place: at1 } = await place.index
      .selectFrom('ceremony')
      .select('place')
      .where('id', '=', idOf(1))
      .executeTakeFirstOrThrow();
    await removeWords(place.index, place.engine, at1);
    expect((await verifiedWith()).sort()).toEqual([false, true]);
    await putWords(place.index, place.engine, at1, ['one', 'word']);
    expect((await verifiedWith()).sort()).toEqual([false, true]);
  });
});

function cpTo(from: string, to: string): string {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
  return to;
}
