import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { add } from '../../../main/archive/addition';
import { hold, tombstone } from '../../../main/archive/annotation';
import { isDatabase } from '../../../main/archive/archive';
import { ceremonyDetail } from '../../../main/archive/ceremony';
import { sha256Of } from '../../../main/archive/evidence/bundle';
import { ceremonyFiles } from '../../../main/archive/export';
import { parseLine } from '../../../main/archive/log/entry';
import { listCeremonies } from '../../../main/archive/query';
import { ownScript } from '../../../shared/transcript/script/releases';
import { airlock } from '../cli/fake-terminal';
import { byHand, fill, linesOf, proveBy, reindexBy, verifyAll } from './by-hand';
import {
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

/** The additions of an archive, as its log has them. */
async function additionsOf(address: string) {
  return (await linesOf(address)).flatMap((line) => {
    const { entry } = parseLine(line);
    return entry.event === 'addition' ? [{ n: entry.n, ...entry.data }] : [];
  });
}

const pathOf = (address: string, folder: string): string =>
  join(address, 'evidence', folder.slice(0, 2), `${folder}.gz`);

async function keptOf(address: string, folder: string): Promise<Buffer> {
  if (!isDatabase(address)) return readFileSync(pathOf(address, folder));
  const { rows } = await byHand(address, (tables) =>
    sql<{ packed: Buffer }>`select packed from evidence where folder = ${folder}`.execute(tables),
  );
  if (rows[0] === undefined) throw new Error('no such evidence');
  return rows[0].packed;
}

/** Puts other bytes there, or, with null, takes them away. */
async function putKept(address: string, folder: string, bytes: Buffer | null): Promise<void> {
  if (!isDatabase(address)) {
    if (bytes === null) rmSync(pathOf(address, folder));
    else {
      mkdirSync(dirname(pathOf(address, folder)), { recursive: true });
      writeFileSync(pathOf(address, folder), bytes);
    }
    return;
  }
  await byHand(address, async (tables) => {
    await sql`delete from evidence where folder = ${folder}`.execute(tables);
    if (bytes !== null)
      await sql`insert into evidence(folder, packed) values (${folder}, ${bytes})`.execute(tables);
  });
}

async function putScript(address: string, sha256: string, bytes: Buffer | null): Promise<void> {
  if (!isDatabase(address)) {
    const path = join(address, 'evidence', 'scripts', sha256);
    if (bytes === null) rmSync(path);
    else writeFileSync(path, bytes);
    return;
  }
  await byHand(address, async (tables) => {
    await sql`delete from script`.execute(tables);
    if (bytes !== null)
      await sql`insert into script(sha256, bytes) values (${sha256}, ${bytes})`.execute(tables);
  });
}

const flipped = (bytes: Buffer, at: number): Buffer => {
  const changed = Buffer.from(bytes);
  changed[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
  return changed;
};

describe.each(ENGINES)('the evidence of an archive on %s', (engine) => {
  test('is named by its entry where a byte of it changes, or all of it goes', async ({
    folder,
    at,
    author,
  }) => {
    const address = newAddress(engine, folder);
    await fill(address, at, author);
    const additions = await additionsOf(address);
    const [one, two] = additions;
    if (one === undefined || two === undefined) throw new Error('two additions');
    const bytes = await keptOf(address, one.folder);
    const changed: (Buffer | null)[] = [
      null,
      Buffer.alloc(0),
      bytes.subarray(0, -1),
      Buffer.concat([bytes, Buffer.from([0])]),
      await keptOf(address, two.folder),
      // The same content, packed in another way.
      gzipSync(gunzipSync(bytes), { level: 1 }),
    ];
    const step = engine === 'sqlite' ? 37 : 401;
    for (let i = 0; i < bytes.length; i += i < 12 || i > bytes.length - 10 ? 1 : step)
      changed.push(flipped(bytes, i));
    for (const [i, other] of changed.entries()) {
      await putKept(address, one.folder, other);
      const { findings } = await proveBy(address);
      expect(findings, `change ${i}`).toEqual([
        {
          n: one.n,
          message: expect.stringMatching(/^The evidence of entry 2 was (changed or replaced|taken away)/),
        },
      ]);
      if (i > 6) continue;
      const { code, ceremonies } = await verifyAll(address);
      expect(code).toBe(1);
      expect(ceremonies.map(({ problem }) => problem)).toEqual([expect.stringContaining(one.folder), '', '']);
    }
    await putKept(address, one.folder, bytes);
    expect((await proveBy(address)).holds).toBe(true);
    expect((await verifyAll(address)).code).toBe(0);
  });

  test('has the scripts that go with it, unchanged', async ({ folder, at, author }) => {
    const address = newAddress(engine, folder);
    await fill(address, at, author);
    for (const other of [null, Buffer.from('#!/bin/sh\nexit 0\n')]) {
      await putScript(address, ownScript(), other);
      expect((await proveBy(address)).findings).toEqual([
        { n: 2, message: expect.stringContaining(ownScript()) },
      ]);
      const { code, ceremonies } = await verifyAll(address);
      expect(code).toBe(1);
      for (const { problem } of ceremonies) expect(problem).toContain(`scripts/${ownScript()}`);
    }
  });

  test('is no other either where the index was changed with it', async ({ folder, at, author, open }) => {
    const address = newAddress(engine, folder);
    await fill(address, at, author);
    const [one] = await additionsOf(address);
    if (one === undefined) throw new Error('an addition');
    const whole = gunzipSync(await keptOf(address, one.folder));
    const forged = gzipSync(flipped(whole, whole.length - 40));
    await putKept(address, one.folder, forged);
    await byHand(address, (tables) =>
      tables
        .updateTable('addition')
        .set({ kept: sha256Of(forged) })
        .where('n', '=', one.n)
        .execute(),
    );
    const place = await open(address, 'read');
    await expect(ceremonyFiles(place, one.ceremony, null)).rejects.toMatchObject({
      code: 'evidence-damaged',
    });
    expect((await proveBy(address)).findings).toMatchObject([{ n: one.n }]);
    expect((await verifyAll(address)).problems).toEqual(['The index has another entry 2 than the log.']);
    const { code, out } = await airlock(['archive', 'verify', one.ceremony, '--archive', address]);
    expect(code).toBe(1);
    expect(out).toContain(one.folder);
  });

  test('leaves all else to be found and kept while some of it is damaged, and heals with it', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const address = newAddress(engine, folder);
    await fill(address, at, author);
    const [one] = await additionsOf(address);
    if (one === undefined) throw new Error('an addition');
    const bytes = await keptOf(address, one.folder);
    await putKept(address, one.folder, flipped(bytes, 100));
    expect(await reindexBy(address)).toBe(0);
    const place = await open(address);
    expect((await listCeremonies(place, {}, { limit: 9 })).map(({ id, verdict }) => [id, verdict])).toEqual([
      // Nothing tells when it began: it stands where it was added.
      [idOf(1), 'broken'],
      [idOf(3), 'proven'],
      [idOf(2), 'proven'],
    ]);
    expect((await ceremonyDetail(place, idOf(1))).findings).toMatchObject([{ code: 'evidence-damaged' }]);
    expect(await listCeremonies(place, { words: 'auditor' }, { limit: 9 })).toMatchObject([{ id: idOf(1) }]);
    await hold(place, idOf(1), 'Find the backup.', author);
    await putKept(address, one.folder, bytes);
    expect((await verifyAll(address)).ceremonies).toMatchObject([
      { verdict: 'proven', isIndexed: false },
      { isIndexed: true },
      { isIndexed: true },
    ]);
    expect(await reindexBy(address)).toBe(0);
    expect((await verifyAll(address)).code).toBe(0);
  });

  test('is named where no entry does, or a tombstone says that it is gone', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const address = newAddress(engine, folder);
    await fill(address, at, author);
    const [, two] = await additionsOf(address);
    if (two === undefined) throw new Error('two additions');
    const bytes = await keptOf(address, two.folder);
    await tombstone(await open(address), two.ceremony, 'Article 17', author);
    expect((await verifyAll(address)).code).toBe(0);
    await putKept(address, two.folder, bytes);
    const stranger = sha256Of(Buffer.from('a stranger'));
    await putKept(address, stranger, bytes);
    if (engine === 'sqlite') {
      writeFileSync(join(address, 'evidence', 'left here.txt'), 'a stray file');
      cpSync(pathOf(address, two.folder), join(address, 'evidence', stranger.slice(0, 2), 'copy.gz'));
    }
    const { code, problems } = await verifyAll(address);
    expect(code).toBe(1);
    const strays = engine === 'sqlite' ? ['left here.txt', `${stranger.slice(0, 2)}/copy.gz`] : [];
    expect(problems.toSorted()).toEqual(
      [
        `Evidence that is gone by entry 8 of the log lies in the archive: ${two.folder}.`,
        ...[stranger, ...strays].map(
          (name) => `Evidence that no entry of the log names lies in the archive: ${name}.`,
        ),
      ].toSorted(),
    );
  });

  test('stays where it was handed in again after its tombstone, whatever is made anew', async ({
    folder,
    at,
    author,
    open,
  }) => {
    const address = newAddress(engine, folder);
    const place = await open(address);
    const handedIn = await writeTranscript(at('one'), await stationsOf(idOf(1)));
    await add(place, handedIn, author.archivist, author.clock);
    await tombstone(place, idOf(1), 'The wrong ceremony.', author);
    expect(await add(place, handedIn, author.archivist, author.clock)).toMatchObject({ isNew: true, n: 4 });
    expect(await reindexBy(address)).toBe(0);
    expect((await proveBy(address)).findings).toEqual([]);
    expect((await verifyAll(address)).code).toBe(0);
    if (engine === 'postgres') return;
    await place.close();
    renameSync(join(address, 'index.db'), at('index.db'));
    expect((await verifyAll(address)).code).toBe(0);
    expect((await proveBy(address)).holds).toBe(true);
    await airlock(['archive', 'export', idOf(1), at('out'), '--archive', address]);
    expect(filesIn(at('out'))).toEqual(filesIn(handedIn));
  });
});
