import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tellBuildBy } from '../../../main/build';
import { Journal, type JournalOrigin } from '../../../main/store/journal';
import { StoreError } from '../../../main/store/store-error';
import { version } from '../../../main/version';
import { NO_LINE, parseJournal } from '../../../shared/transcript/journal-line';

vi.setConfig({ testTimeout: 120_000 });

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-journal-'));
  path = join(folder, 'journal.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const origin: JournalOrigin = {
  station: 'Station B',
  who: 'ab'.repeat(20),
  ceremony: 'CE'.repeat(16),
  rehearsal: false,
  clock: () => new Date('2026-05-01T09:00:00Z'),
};

const opened = (change: Partial<JournalOrigin> = {}): Journal => Journal.open(path, { ...origin, ...change });

function codeOf(run: () => unknown): string {
  try {
    run();
    return 'done';
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
}

describe('a journal', () => {
  test('begins without a file, and is on the disk for its owner alone after the first event', () => {
    const journal = opened();
    expect([journal.lines, journal.head, existsSync(path)]).toEqual([0, NO_LINE, false]);
    journal.append('token-shown', {});
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(parseJournal(new Uint8Array(readFileSync(path))).at(-1)?.hash).toBe(journal.head);
  });

  test('goes on where it was left, and says on every line whose it is', () => {
    opened().append('exception', { text: 'first' });
    const journal = opened();
    journal.append('exception', { text: 'second' });
    const [first, second] = parseJournal(new Uint8Array(readFileSync(path)));
    expect(second?.line).toEqual({
      v: 1,
      n: 2,
      prev: first?.hash,
      at: '2026-05-01T09:00:00.000Z',
      station: 'Station B',
      who: 'AB'.repeat(20),
      ceremony: 'ce'.repeat(16),
      rehearsal: false,
      event: 'exception',
      data: { text: 'second' },
    });
    expect(journal.entries().map(({ n }) => n)).toEqual([1, 2]);
  });

  test('takes in what another program of the same station wrote meanwhile', () => {
    const window = opened();
    window.append('exception', { text: 'in the window' });
    opened().append('exception', { text: 'on the command line' });
    window.append('exception', { text: 'in the window again' });
    expect(parseJournal(new Uint8Array(readFileSync(path)))).toHaveLength(3);
    expect(window.lines).toBe(3);
  });

  test('stops where it is no longer the one that was read', () => {
    const journal = opened();
    journal.append('exception', { text: 'mine' });
    rmSync(path);
    const other = opened();
    other.append('exception', { text: 'another' });
    other.append('exception', { text: 'and one more' });
    const before = readFileSync(path);
    expect(codeOf(() => journal.append('token-shown', {}))).toBe('journal-changed');
    expect(codeOf(() => journal.append('token-shown', {}))).toBe('journal-unwritable');
    expect(readFileSync(path)).toEqual(before);
  });

  test('is not opened after any one byte of it but the last was changed', () => {
    const journal = opened();
    for (const text of ['one', 'two', 'three']) journal.append('exception', { text });
    const whole = readFileSync(path);
    const lastLine = whole.lastIndexOf(0x0a, whole.length - 2);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lastLine }), fc.integer({ min: 1, max: 255 }), (at, xor) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ xor;
        writeFileSync(path, changed);
        expect(codeOf(opened)).toBe('journal-broken');
        expect(readFileSync(path)).toEqual(changed);
      }),
    );
  });

  test('says of a torn line that nobody knows whether what it told of happened', () => {
    const journal = opened();
    journal.append('revoke-intent', { by: 'token' });
    journal.append('token-revoked', { by: 'token', proof: 'auth/token/lookup-self answers 403' });
    truncateSync(path, statSync(path).size - 20);
    expect(opened().entries().at(-1)?.data).toEqual({
      text: expect.stringContaining('Whether what it told of happened is not known from here'),
    });
  });

  test('of another station or ceremony is left as it is, a torn line in it too', () => {
    opened().append('exception', { text: 'whole' });
    appendFileSync(path, '{"half');
    const before = readFileSync(path);
    for (const other of [{ station: 'Station C' }, { ceremony: '00'.repeat(16) }]) {
      expect(codeOf(() => opened(other))).toBe('journal-of-another');
      expect(readFileSync(path)).toEqual(before);
      expect(existsSync(join(folder, 'journal.torn'))).toBe(false);
    }
    appendFileSync(path, 'changed\nand torn');
    const changed = readFileSync(path);
    expect(codeOf(opened)).toBe('journal-broken');
    expect(readFileSync(path)).toEqual(changed);
  });

  test('survives a power cut at any byte of its last line: the torn bytes are kept aside and on the record', () => {
    const journal = opened();
    journal.append('exception', { text: 'whole' });
    const whole = readFileSync(path);
    journal.append('exception', { text: 'this one is cut' });
    const both = readFileSync(path);
    for (let length = whole.length; length < both.length; length++) {
      writeFileSync(path, both.subarray(0, length));
      rmSync(join(folder, 'journal.torn'), { force: true });
      const again = opened();
      const torn = length - whole.length;
      expect(again.lines).toBe(torn === 0 ? 1 : 2);
      if (torn === 0) continue;
      expect(again.entries()[1]).toMatchObject({
        event: 'exception',
        data: { text: expect.stringContaining(`${torn} bytes`) },
      });
      expect(readFileSync(join(folder, 'journal.torn'))).toEqual(
        Buffer.from([...both.subarray(whole.length, length), 0x0a]),
      );
      expect(parseJournal(new Uint8Array(readFileSync(path)))).toHaveLength(2);
    }
  });

  test('survives a power cut in its very first line', () => {
    writeFileSync(path, '{"at":"20');
    const journal = opened();
    expect(journal.lines).toBe(1);
    expect(readFileSync(join(folder, 'journal.torn'), 'utf8')).toBe('{"at":"20\n');
  });

  test('takes no line of another station, ceremony or kind of ceremony', () => {
    opened().append('token-shown', {});
    for (const change of [{ station: 'Station C' }, { ceremony: '00'.repeat(16) }, { rehearsal: true }]) {
      expect([change, codeOf(() => opened(change))]).toEqual([change, 'journal-of-another']);
    }
  });

  test('may begin before its ceremony has an id', () => {
    opened({ ceremony: '' }).append('token-shown', {});
    expect(codeOf(opened)).toBe('done');
  });

  test('does not record what an event does not have, nor stop at a server that answers in lines', () => {
    const journal = opened();
    expect(() => journal.append('share-rejected', { reason: 1 } as never)).toThrow(/cannot be recorded/);
    journal.append('share-rejected', { reason: `<html>\n\u001b[2J${'x'.repeat(2000)}` });
    expect(journal.entries()[0]?.data).toEqual({ reason: expect.stringMatching(/^<html> {2}\[2Jx{500}/) });
    expect(codeOf(opened)).toBe('done');
  });

  test.skipIf(process.getuid?.() === 0)('says so where it may not be written or read', () => {
    opened().append('token-shown', {});
    chmodSync(path, 0o400);
    expect(codeOf(() => opened().append('token-shown', {}))).toBe('journal-unwritable');
    chmodSync(path, 0o000);
    expect(codeOf(opened)).toBe('journal-unreadable');
  });

  test('says so where its path cannot be read or written', () => {
    expect(codeOf(() => Journal.open(folder, origin))).toBe('journal-unreadable');
    const nowhere = Journal.open(join(folder, 'no', 'journal.jsonl'), origin);
    expect(codeOf(() => nowhere.append('token-shown', {}))).toBe('journal-unwritable');
  });

  test('leaves no half line behind on a full disk, and writes nothing more', () => {
    if (!existsSync('/dev/full')) return;
    const journal = opened();
    journal.append('token-shown', {});
    Object.assign(journal, { path: '/dev/full', size: 0 });
    expect(codeOf(() => journal.append('token-shown', {}))).toBe('journal-unwritable');
    Object.assign(journal, { path });
    expect(codeOf(() => journal.append('token-shown', {}))).toBe('journal-unwritable');
    expect(parseJournal(new Uint8Array(readFileSync(path)))).toHaveLength(1);
  });

  test('is read line by line with sha256sum alone', () => {
    const journal = opened();
    for (const text of ['one', 'zwei – ü', 'three']) journal.append('exception', { text });
    const last = readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? '';
    const { stdout } = spawnSync('sha256sum', { input: last, encoding: 'utf8' });
    expect(stdout.slice(0, 64)).toBe(journal.head);
  });

  test('is not mended where more than its end is missing', () => {
    const journal = opened();
    for (const text of ['one', 'two', 'three']) journal.append('exception', { text });
    truncateSync(path, 30);
    appendFileSync(path, '\n');
    expect(codeOf(opened)).toBe('journal-broken');
  });
});

describe('a journal of a packaged program', () => {
  const build = (commit: string, files: string) => ({
    commit: commit.repeat(40),
    filesSha256: files.repeat(64),
  });
  const opening = { program: 'airlock', version: '0.1.0', name: 'Otto', role: 'officer', fingerprint: '' };
  const builds = (journal: Journal) =>
    journal.entries().flatMap(({ n, event, data }) => (event === 'program-build' ? [[n, data]] : []));
  afterEach(() => tellBuildBy(() => null));

  test('says which build writes it, after it was opened and before anything else', () => {
    tellBuildBy(() => build('a', 'b'));
    const journal = opened();
    journal.append('journal-opened', opening);
    expect(builds(journal)).toEqual([]);
    journal.append('note', { text: 'first' });
    journal.append('note', { text: 'second' });
    const data = { version, commit: 'a'.repeat(40), files: 'b'.repeat(64) };
    expect(builds(journal)).toEqual([[2, data]]);
    expect(builds(opened())).toEqual([[2, data]]);
  });

  test('says so once more where another build goes on, and not by being read', () => {
    tellBuildBy(() => build('a', 'b'));
    const before = opened();
    before.append('journal-opened', opening);
    before.append('note', { text: 'before' });
    tellBuildBy(() => build('a', 'c'));
    const after = opened();
    expect(after.lines).toBe(3);
    after.append('note', { text: 'after' });
    expect(builds(after).map(([n]) => n)).toEqual([2, 4]);
  });

  test('has no such line where nobody packaged the program', () => {
    const journal = opened();
    journal.append('journal-opened', opening);
    journal.append('note', { text: 'only' });
    expect(builds(journal)).toEqual([]);
  });
});
