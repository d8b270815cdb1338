import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { proveBy, verifyAll } from '../main/archive/by-hand';
import { filesIn, idOf, stationsOf, writeTranscript } from '../main/archive/fixtures';
import { airlock } from '../main/cli/fake-terminal';

const run = promisify(execFile);
const program = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
const PAGE = 4096;

const folder = mkdtempSync(join(tmpdir(), 'airlock-disk-'));
const at = (name: string): string => join(folder, name);
const disk = at('disk');
let signing: readonly string[] = [];

const mount = (...args: readonly string[]): void => {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`mount ${args.join(' ')}: ${stderr}`);
};

beforeAll(async () => {
  chmodSync(folder, 0o755);
  for (const n of [1, 2]) await writeTranscript(at(`c${n}`), await stationsOf(idOf(n), `2026-05-0${n}`));
  writeFileSync(at('passphrase'), 'correct horse battery\n');
  signing = ['--home', at('home'), '--passphrase-file', at('passphrase')];
  await airlock(['identity', 'create', '--name', 'Iris', '--role', 'archivist', ...signing]);
  expect((await add(at('one'), 1)).code).toBe(0);
  mkdirSync(disk);
  if (isRoot) mountNew();
});

const mountNew = (): void => mount('-t', 'tmpfs', '-o', 'size=4m,mode=755', 'tmpfs', disk);

/** libsql keeps a file that was closed open until its statements are collected: the disk goes with them. */
const release = (): void => void spawnSync('umount', ['--lazy', disk]);

afterAll(() => {
  if (isRoot) release();
  rmSync(folder, { recursive: true, force: true });
});

const add = (archive: string, n: number) =>
  airlock(['archive', 'add', at(`c${n}`), '--archive', archive, ...signing]);

const listed = z.object({ ceremonies: z.array(z.object({ ceremony: z.string() })) });
const idsOf = (json: unknown): string[] => listed.parse(json).ceremonies.map(({ ceremony }) => ceremony);

/** Everything in a folder, with what would tell of a change. */
const stateOf = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .toSorted()
    .map((name) => {
      const { size, mtimeMs, mode } = lstatSync(join(path, name));
      return `${name} ${size} ${mtimeMs} ${mode}`;
    });

/** Runs the built program to its end, as nobody where the tests run as root: rights mean nothing to root. */
async function asReader(...args: readonly string[]) {
  const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  return run(process.execPath, [program, ...args], {
    ...who,
    env: { PATH: process.env['PATH'], HOME: folder },
  });
}

/** All questions that only read. Returns the ids of the archive's ceremonies. */
async function readAll(archive: string, out: string): Promise<string[]> {
  const here = ['--archive', archive];
  await asReader('archive', 'search', 'door', ...here);
  await asReader('archive', 'show', idOf(1), ...here);
  await asReader('archive', 'stats', ...here);
  await asReader('archive', 'people', ...here);
  expect((await asReader('archive', 'verify', '--all', ...here)).stdout).toMatch(/^[12] proven\.$/m);
  const { stdout } = await asReader('archive', 'head', '--json', ...here);
  const { text } = z.object({ text: z.string() }).parse(JSON.parse(stdout));
  expect((await asReader('archive', 'prove', text, ...here)).stdout).toContain('still stands, unchanged');
  await asReader('archive', 'export', idOf(1), out, ...here);
  expect(filesIn(out)).toEqual(filesIn(at('c1')));
  return idsOf(JSON.parse((await asReader('archive', 'list', '--json', ...here)).stdout));
}

/** The archive, and the same with an index that is behind, that is missing, and that is damaged. */
async function inEveryState(copyTo: string): Promise<Map<string, readonly number[]>> {
  const archives = new Map<string, readonly number[]>();
  const put = (name: string, numbers: readonly number[], like: string): string => {
    const copy = join(copyTo, name);
    cpSync(like, copy, { recursive: true });
    archives.set(copy, numbers);
    return copy;
  };
  const two = at(`two-${archives.size}-${Date.now()}`);
  cpSync(at('one'), two, { recursive: true });
  expect((await add(two, 2)).code).toBe(0);
  put('whole', [2, 1], two);
  cpSync(join(at('one'), 'index.db'), join(put('behind', [2, 1], two), 'index.db'));
  rmSync(join(put('without-index', [2, 1], two), 'index.db'));
  writeFileSync(join(put('damaged', [2, 1], two), 'index.db'), Buffer.alloc(9000, 3));
  writeFileSync(join(put('in-the-middle', [1], at('one')), 'index.db-journal'), '');
  return archives;
}

describe('an archive that can only be read', () => {
  test('answers everything to whoever has no right to write, and stays as it is', async () => {
    mkdirSync(at('rights'));
    for (const [archive, numbers] of await inEveryState(at('rights'))) {
      expect(spawnSync('chmod', ['-R', 'a-w,a+rX', archive]).status).toBe(0);
      const before = stateOf(archive);
      const out = at(`out-${archive.split('/').at(-1)}`);
      mkdirSync(out, { mode: 0o777 });
      chmodSync(out, 0o777);
      expect(await readAll(archive, join(out, 'c1')), archive).toEqual(numbers.map(idOf));
      expect(stateOf(archive), archive).toEqual(before);
    }
    spawnSync('chmod', ['-R', 'u+w', at('rights')]);
  }, 240_000);

  test.skipIf(!isRoot)(
    'answers everything on a disk that is mounted for reading',
    async () => {
      const archives = await inEveryState(disk);
      spawnSync('chmod', ['-R', 'a+rX', disk]);
      mount('-o', 'remount,ro', disk);
      try {
        for (const [archive, numbers] of archives) {
          const out = at(`mounted-${archive.split('/').at(-1)}`);
          mkdirSync(out);
          chmodSync(out, 0o777);
          expect(await readAll(archive, join(out, 'c1')), archive).toEqual(numbers.map(idOf));
          const refused = await add(archive, 2);
          expect(refused.code).toBe(1);
          expect(refused.err).toContain('can only be read here');
        }
      } finally {
        mount('-o', 'remount,rw', disk);
        for (const name of readdirSync(disk)) rmSync(join(disk, name), { recursive: true, force: true });
      }
    },
    240_000,
  );
});

describe.skipIf(!isRoot)('an archive on a disk that becomes full', () => {
  /** Leaves that many pages of the disk free; returns what frees the rest. */
  function fill(pages: number): () => void {
    const path = join(disk, 'filler');
    writeFileSync(path, Buffer.alloc((statfsSync(disk).bavail - pages) * PAGE, 1));
    expect(statfsSync(disk).bavail).toBe(pages);
    return () => rmSync(path);
  }

  test.each([
    ['takes a folder or doesn’t, says so, and takes it once there is room', 'one'],
    ['is begun or isn’t, says so, and is begun once there is room', null],
  ] as const)(
    '%s',
    async (_title, before) => {
      const n = before === null ? 1 : 2;
      const all = before === null ? [1] : [2, 1];
      const said = new Set<string>();
      for (let pages = 0, isDone = false; !isDone; pages += 1) {
        // Of its own each time: files that were deleted, and are open still, take room.
        release();
        mountNew();
        const archive = join(disk, 'archive');
        if (before !== null) cpSync(at(before), archive, { recursive: true });
        const free = fill(pages);
        const first = await add(archive, n);
        const when = `${pages} pages: ${first.err}`;
        free();
        if (first.code === 0) isDone = true;
        else {
          expect(first.code, when).toBe(1);
          expect(first.err, when).toMatch(/(Check the disk, its room and its rights|See to the disk)/);
          said.add(/has taken it/.test(first.err) ? 'taken' : 'not taken');
        }
        const list = await airlock(['archive', 'list', '--archive', archive, '--json']);
        const ids = list.code === 0 ? idsOf(list.json) : [];
        const isTaken = first.code === 0 || /has taken it/.test(first.err);
        expect(ids, when).toEqual((isTaken ? all : all.slice(1)).map(idOf));
        const again = await add(archive, n);
        expect(again.code, `${when}; then ${again.err}`).toBe(0);
        expect(again.out, when).toContain(isTaken ? 'there already' : 'added, entry');
        expect(await verifyAll(archive), when).toMatchObject({ code: 0, problems: [] });
        expect(await proveBy(archive), when).toMatchObject({ holds: true });
        expect(readdirSync(join(archive, 'incoming')), when).toEqual([]);
        expect(pages).toBeLessThan(400);
      }
      expect([...said].toSorted()).toEqual(['not taken', 'taken']);
    },
    240_000,
  );
});
