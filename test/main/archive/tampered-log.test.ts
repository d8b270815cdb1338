import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { sql } from 'kysely';
import { describe, expect } from 'vitest';
import { add } from '../../../main/archive/addition';
import { note } from '../../../main/archive/annotation';
import { openArchive } from '../../../main/archive/archive';
import { type Entry, parseLine, type WrittenEntry, writtenEntry } from '../../../main/archive/log/entry';
import { parseHead } from '../../../main/archive/log/head';
import { LogProof } from '../../../main/archive/log/proof';
import { type Archivist, firstEntry, nextEntry } from '../../../main/archive/log/signing';
import { toBase64 } from '../../../shared/bytes';
import { signDetached } from '../../../shared/openpgp/signature';
import {
  byHand,
  ENTRIES,
  fill,
  headOf,
  linesOf,
  proveBy,
  putLines,
  reindexBy,
  verifyAll,
  verifyText,
} from './by-hand';
import {
  archivistNamed,
  ENGINES,
  idOf,
  newAddress,
  stationsOf,
  test,
  usePostgres,
  writeTranscript,
} from './fixtures';

usePostgres();

/** Signs the entries anew, chained, from the one at `from` on, each by whoever is named. */
async function signedAnew(
  lines: readonly string[],
  from: number,
  by: Archivist,
  change: (entry: Entry) => Entry,
): Promise<string[]> {
  const anew: WrittenEntry[] = lines.slice(0, from).map(parseLine);
  for (const line of lines.slice(from)) {
    const { entry } = parseLine(line);
    const prev = anew.at(-1)?.hash ?? entry.prev;
    const changed: Entry = change({ ...entry, prev });
    const signed = new TextEncoder().encode(canonicalize(changed));
    anew.push(writtenEntry(changed, await signDetached(signed, by.privateKey, new Date(changed.at))));
  }
  return anew.map(({ line }) => line);
}

const messages = ({ findings }: { findings: { message: string }[] }): string =>
  findings.map(({ message }) => message).join('\n');

describe.each(ENGINES)('the log of an archive on %s', (engine) => {
  test('names what was taken out, swapped, doubled or changed in it', async ({ folder, at, author }) => {
    const address = newAddress(engine, folder);
    const head = await fill(address, at, author);
    expect(await proveBy(address, head)).toMatchObject({ holds: true, findings: [], notes: [] });
    const lines = await linesOf(address);
    expect(lines).toHaveLength(ENTRIES);
    const swapped = [...lines];
    [swapped[2], swapped[3]] = [lines[3] ?? '', lines[2] ?? ''];
    const cases: [what: readonly string[], n: number, said: string][] = [
      [lines.slice(0, -1), 7, 'entry 7 was taken away'],
      [lines.slice(0, 3), 4, 'entries 4 to 7 were taken away'],
      [lines.toSpliced(2, 1), 3, 'Entry 3 was taken away: entry 4 stands in its place.'],
      [lines.toSpliced(2, 2), 3, 'Entries 3 to 4 were taken away: entry 5 stands in their place.'],
      [lines.slice(1), 1, 'Entry 1 was taken away'],
      [swapped, 3, 'Entry 3 was taken away: entry 4 stands in its place.'],
      [lines.toSpliced(3, 0, lines[2] ?? ''), 4, 'Where entry 4 belongs, entry 3 stands.'],
      [[...lines, lines[6] ?? ''], 8, 'Where entry 8 belongs, entry 7 stands.'],
      [
        lines.with(3, (lines[3] ?? '').replace('auditor', 'aud1tor')),
        4,
        'Entry 4 is not what its archivist signed',
      ],
      [lines.with(3, 'no entry at all'), 4, 'Entry 4 was changed'],
      [lines.with(6, '{}'), 7, 'Entry 7 was changed'],
      [lines.with(0, ''), 1, 'Entry 1 was changed'],
      [[], 1, 'entries 1 to 7 were taken away'],
    ];
    for (const [changed, n, said] of cases) {
      await putLines(address, changed);
      const proof = await proveBy(address, head);
      expect(proof.findings, said).toContainEqual({ n, message: expect.stringContaining(said) });
      const alone = await proveBy(address);
      expect(alone.holds, said).toBe(false);
      const { code, text } = await verifyText(address);
      expect(code, text).toBe(1);
    }
    await putLines(address, lines);
    expect(await proveBy(address, head)).toMatchObject({ holds: true, findings: [], notes: [] });
    expect((await verifyAll(address)).code).toBe(0);
  });

  test('says of a line that is none only that, and verifies all else', async ({ folder, at, author }) => {
    const address = newAddress(engine, folder);
    const head = await fill(address, at, author);
    const lines = await linesOf(address);
    for (const n of [4, 7]) {
      await putLines(address, lines.with(n - 1, '{"entry":'));
      expect((await proveBy(address, head)).findings.map((finding) => finding.n)).toEqual(
        n === 4 ? [4] : expect.arrayContaining([7]),
      );
      const { code, problems, ceremonies } = await verifyAll(address);
      expect(code).toBe(1);
      expect(problems).toEqual([expect.stringContaining(`Entry ${n} of the log was changed`)]);
      expect(ceremonies.map(({ verdict }) => verdict)).toEqual(['proven', 'proven', 'proven']);
    }
  });

  test('names an entry that was back-dated, by somebody else or by the archivist', async ({
    folder,
    at,
    author,
  }) => {
    const address = newAddress(engine, folder);
    const head = await fill(address, at, author);
    const lines = await linesOf(address);
    const backDated = (entry: Entry): Entry =>
      entry.n === 5 ? { ...entry, at: '2026-01-01T00:00:00.000Z' } : entry;
    const unsigned = lines.map((line) => {
      const { entry, signature } = parseLine(line);
      return writtenEntry(backDated(entry), signature).line;
    });
    await putLines(address, unsigned);
    const byHim = messages(await proveBy(address));
    expect(byHim).toContain('Entry 5 is not what its archivist signed');
    expect(byHim).toContain('Entry 5 is back-dated');

    await putLines(address, await signedAnew(lines, 4, author.archivist, backDated));
    const own = await proveBy(address, head);
    expect(messages(own)).toContain('Entry 5 is back-dated');
    expect(own.findings).toContainEqual({
      n: 7,
      message: expect.stringContaining('is another than the one'),
    });

    // One whose time comes after the one before it: only a head that was kept knows better.
    const later = (entry: Entry): Entry =>
      entry.n === 5 ? { ...entry, at: new Date(Date.parse(entry.at) + 300).toISOString() } : entry;
    await putLines(address, await signedAnew(lines, 4, author.archivist, later));
    expect((await proveBy(address, head)).findings).toContainEqual({
      n: 7,
      message: expect.stringContaining('was replaced'),
    });
  });

  test('names what a stranger signed, with the index made to fit', async ({ folder, at, author }) => {
    const address = newAddress(engine, folder);
    const head = await fill(address, at, author);
    const lines = await linesOf(address);
    const stranger = await archivistNamed('Iris');
    const who = Buffer.from(stranger.fingerprint).toString('hex').toUpperCase();
    const other = (entry: Entry): Entry =>
      entry.event === 'note' ? { ...entry, data: { ...entry.data, text: 'Nobody asked.' } } : entry;

    await putLines(address, await signedAnew(lines, 3, stranger, other));
    expect(messages(await proveBy(address))).toContain('Entry 4 is not what its archivist signed');

    await putLines(address, await signedAnew(lines, 3, stranger, (entry) => ({ ...other(entry), who })));
    expect(messages(await proveBy(address))).toContain(`Entry 4 is by ${who}, who is no archivist`);

    // By an entry of the stranger's own that lets the stranger in.
    const last = parseLine(lines[6] ?? '');
    const admission = await nextEntry(last, stranger, new Date('2026-07-01T00:00:00Z'), 'archivist', {
      name: 'Iris',
      fingerprint: who,
      publicKey: toBase64(stranger.publicKey),
    });
    await putLines(address, [...lines, admission.line]);
    expect((await proveBy(address, head)).findings).toContainEqual({
      n: 8,
      message: expect.stringContaining('who is no archivist'),
    });

    // A log that is the stranger's from its first entry on, and an index of it.
    const first = await firstEntry(stranger, new Date('2026-06-01T10:00:00Z'), new Uint8Array(16));
    const whole = await signedAnew([first.line, ...lines.slice(1)], 1, stranger, (entry) => ({
      ...entry,
      who,
    }));
    await putLines(address, whole);
    expect(await reindexBy(address)).toBe(0);
    expect((await verifyAll(address)).code).toBe(0);
    expect((await proveBy(address, head)).findings).toContainEqual({
      n: 7,
      message: expect.stringContaining('is another than the one'),
    });
  });

  test('names what was cut off its end, index and all, by a head alone', async ({ folder, at, author }) => {
    const address = newAddress(engine, folder);
    const head = await fill(address, at, author);
    await putLines(address, (await linesOf(address)).slice(0, 5));
    expect(await reindexBy(address)).toBe(0);
    expect((await proveBy(address)).holds).toBe(true);
    expect((await proveBy(address, head)).findings).toContainEqual({
      n: 6,
      message: expect.stringContaining('entries 6 to 7 were taken away'),
    });
    // What goes on from there has the numbers, but not the hashes.
    const place = await openArchive(address, 'write');
    for (const text of ['one', 'two']) await note(place, idOf(1), text, author);
    expect(await headOf(place)).toMatch(/^7:/);
    await place.close();
    expect((await proveBy(address, head)).findings).toMatchObject([
      { n: 7, message: expect.stringContaining('is another than the one') },
    ]);
    expect((await verifyAll(address)).problems).toContainEqual(
      expect.stringContaining('Evidence that no entry of the log names'),
    );
  });

  test('knows an entry that was replaced at its end from the index, without a head', async ({
    folder,
    at,
    author,
  }) => {
    const address = newAddress(engine, folder);
    await fill(address, at, author);
    const lines = await linesOf(address);
    await putLines(
      address,
      await signedAnew(lines, 6, author.archivist, (entry) => ({ ...entry, at: '2026-06-02T00:00:00.000Z' })),
    );
    expect((await proveBy(address)).findings).toMatchObject([
      { n: 7, message: expect.stringContaining('another entry 7 than the log') },
    ]);
  });
});

describe('any byte of a log', () => {
  test('is named when it changes, by a head that was kept', async ({ folder, at, author, open }) => {
    const address = newAddress('sqlite', folder);
    const place = await open(address);
    const handedIn = await writeTranscript(at('one'), await stationsOf(idOf(1)));
    await add(place, handedIn, author.archivist, author.clock);
    await note(place, idOf(1), 'A character that can’t be read: �.', author);
    const head = await headOf(place);
    const path = join(address, 'log.jsonl');
    const bytes = readFileSync(path);
    const unnamed: number[] = [];
    for (let i = 0; i < bytes.length; i++) {
      const changed = Buffer.from(bytes);
      changed[i] = (bytes[i] ?? 0) ^ (i % 2 === 0 ? 0x01 : 0x80);
      writeFileSync(path, changed);
      const proof = new LogProof(parseHead(head));
      for await (const line of place.lines(1)) await proof.take(line);
      proof.finish();
      if (proof.findings.length === 0) unnamed.push(i);
    }
    expect(unnamed).toEqual([]);
    // Bytes that are no UTF-8 are not read as the character that stands for such.
    const at3 = bytes.indexOf('\ufffd');
    expect(at3).toBeGreaterThan(0);
    writeFileSync(
      path,
      Buffer.concat([bytes.subarray(0, at3), Buffer.from([0xff]), bytes.subarray(at3 + 3)]),
    );
    expect((await proveBy(address, head)).holds).toBe(false);
    // A torn end is no entry, and is said.
    writeFileSync(path, Buffer.concat([bytes, Buffer.from('{"entry":')]));
    expect(await proveBy(address, head)).toMatchObject({
      holds: true,
      notes: [{ message: expect.stringContaining('in the middle of a line') }],
    });
  });
});

describe('rows of a log in PostgreSQL', () => {
  test('have the numbers of their entries, or are named', async ({ folder, at, author }) => {
    const address = newAddress('postgres', folder);
    const head = await fill(address, at, author);
    await byHand(address, (tables) => sql`update log set n = 70 where n = 7`.execute(tables));
    expect((await proveBy(address, head)).findings).toMatchObject([
      { n: null, message: expect.stringContaining('renumbered') },
    ]);
    await byHand(address, (tables) => sql`update log set n = 7 where n = 70`.execute(tables));
    await byHand(address, (tables) => sql`insert into log(n, line) values (-1, '')`.execute(tables));
    expect((await proveBy(address, head)).holds).toBe(false);
  });
});
