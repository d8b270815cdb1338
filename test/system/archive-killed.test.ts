import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { proveBy, reindexBy, verifyAll } from '../main/archive/by-hand';
import { filesIn, idOf, stationsOf, writeTranscript } from '../main/archive/fixtures';
import { airlock } from '../main/cli/fake-terminal';

const run = promisify(execFile);
const program = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');

/** All by which a program changes something on a disk. */
const WRITES =
  'openat,write,pwrite64,writev,pwritev,rename,renameat,renameat2,unlink,unlinkat,ftruncate,fsync,fdatasync,mkdir,mkdirat';

const folder = mkdtempSync(join(tmpdir(), 'airlock-killed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
let copies = 0;

/** Two transcripts, an archivist, and an archive with the first of them. */
beforeAll(async () => {
  for (const n of [1, 2]) await writeTranscript(at(`c${n}`), await stationsOf(idOf(n), `2026-05-0${n}`));
  writeFileSync(at('passphrase'), 'correct horse battery\n');
  const signing = ['--home', at('home'), '--passphrase-file', at('passphrase')];
  await airlock(['identity', 'create', '--name', 'Iris', '--role', 'archivist', ...signing]);
  expect((await airlock(['archive', 'add', at('c1'), '--archive', at('one'), ...signing])).code).toBe(0);
  cpSync(at('one'), at('two'), { recursive: true });
  expect((await airlock(['archive', 'add', at('c2'), '--archive', at('two'), ...signing])).code).toBe(0);
});

/** By whom a copy of an archive is written to: whoever is at the same home at a time is refused. */
function signingFor(archive: string): readonly string[] {
  const home = `${archive}-home`;
  if (!existsSync(home)) cpSync(at('home'), home, { recursive: true });
  return ['--home', home, '--passphrase-file', at('passphrase')];
}

/** What is done, to a copy of which archive, and one that has all the files that there are in between. */
interface Scene {
  readonly args: readonly string[];
  readonly isSigned?: boolean;
  readonly before: string | null;
  readonly like: string;
}

/** Every path that a command may write to in an archive that becomes like another. */
function pathsIn(archive: string, like: string): string[] {
  const names = ['', 'log.jsonl', 'index.db', 'index.db-journal', 'incoming', 'evidence', 'evidence/scripts'];
  for (const path of filesIn(at(like)).keys()) {
    if (!path.startsWith('evidence/')) continue;
    const [, start = '', name = ''] = path.split('/');
    names.push(path, `evidence/${start}`, `incoming/${name}`);
  }
  return names.flatMap((name) => ['-P', join(archive, name)]);
}

const copyOf = ({ before }: Scene): string => {
  copies += 1;
  const copy = at(`copy-${copies}`);
  if (before !== null) cpSync(at(before), copy, { recursive: true });
  return copy;
};

function removeCopy(archive: string): void {
  for (const each of [archive, `${archive}-home`]) rmSync(each, { recursive: true, force: true });
}

/** Runs the built program under strace, which sees what its main thread does to the archive's files. */
function traced(archive: string, { args, isSigned, like }: Scene, more: readonly string[]) {
  const watching = ['-qq', '-e', `trace=${WRITES}`, ...pathsIn(archive, like), ...more];
  const all = [...args, ...(isSigned ? signingFor(archive) : []), '--archive', archive];
  return run('strace', [...watching, process.execPath, program, ...all]);
}

/** What a command does to the disk, one line each. */
async function writesOf(scene: Scene): Promise<string[]> {
  const archive = copyOf(scene);
  await traced(archive, scene, ['-o', at('trace')]);
  removeCopy(archive);
  return readFileSync(at('trace'), 'utf8').trimEnd().split('\n');
}

/** One write of a command: which, and the how-manieth of its kind. */
interface Kill {
  readonly line: string;
  readonly call: string;
  readonly nth: number;
}

/**
 * At which of its writes a command is killed: before each one, but for pages of the index (SQLite's own
 * concern), of which it is each seventh.
 */
function killsAmong(writes: readonly string[]): Kill[] {
  const counts = new Map<string, number>();
  return writes.flatMap((line) => {
    const call = /^\w+/.exec(line)?.[0] ?? '';
    const nth = (counts.get(call) ?? 0) + 1;
    counts.set(call, nth);
    return call === 'pwrite64' && nth % 7 !== 1 ? [] : [{ line, call, nth }];
  });
}

const killed = expect.objectContaining({ signal: 'SIGKILL' });

/** Kills the command at each of those writes, and looks at what each leaves; two at a time. */
async function eachKill(
  scene: Scene,
  look: (archive: string, when: string) => Promise<string>,
): Promise<Record<string, number>> {
  const writes = await writesOf(scene);
  expect(writes.length).toBeGreaterThan(30);
  const left: Record<string, number> = {};
  const kills = killsAmong(writes);
  const all = kills.length;
  const one = async (): Promise<void> => {
    for (let kill = kills.shift(); kill !== undefined; kill = kills.shift()) {
      const archive = copyOf(scene);
      const { line, call, nth } = kill;
      const when = `${call} ${nth}, ${line.slice(0, 90)}`;
      const inject = ['-o', '/dev/null', '-e', `inject=${call}:signal=KILL:when=${nth}`];
      const ended = await traced(archive, scene, inject).catch((error: unknown) => error);
      // The index has a page more or less each time, so that the last of them may not come.
      if (call !== 'pwrite64' || nth < 20) expect(ended, when).toEqual(killed);
      const state = await look(archive, when);
      left[state] = (left[state] ?? 0) + 1;
      removeCopy(archive);
    }
  };
  await Promise.all([one(), one()]);
  expect(Object.values(left).reduce((sum, count) => sum + count, 0)).toBe(all);
  return left;
}

const listed = z.object({ ceremonies: z.array(z.object({ ceremony: z.string() })) });

async function idsIn(archive: string): Promise<string[]> {
  const run = await airlock(['archive', 'list', '--archive', archive, '--json']);
  if (run.code !== 0) return [];
  return run.as(listed).ceremonies.map(({ ceremony }) => ceremony);
}

/** That the archive has these ceremonies as they were handed in, and nothing else. */
async function holdsOnly(archive: string, numbers: readonly number[], when: string): Promise<void> {
  expect((await idsIn(archive)).toSorted(), when).toEqual(numbers.map(idOf));
  for (const n of numbers) {
    const out = `${archive}-out-${n}`;
    await airlock(['archive', 'export', idOf(n), out, '--archive', archive]);
    expect(filesIn(out), when).toEqual(filesIn(at(`c${n}`)));
    rmSync(out, { recursive: true });
  }
  expect(await verifyAll(archive), when).toMatchObject({ code: 0, problems: [] });
  expect(await proveBy(archive), when).toMatchObject({ holds: true });
  expect(readdirSync(join(archive, 'incoming')), when).toEqual([]);
}

const add = (archive: string, n: number) =>
  airlock(['archive', 'add', at(`c${n}`), '--archive', archive, ...signingFor(archive)]);

describe('an archive whose writer is killed at any of its writes', () => {
  test('has the folder that was being added, or doesn’t, and takes it then', async () => {
    const scene: Scene = { args: ['archive', 'add', at('c2')], isSigned: true, before: 'one', like: 'two' };
    const left = await eachKill(scene, async (archive, when) => {
      const ids = await idsIn(archive);
      expect([[idOf(1)], [idOf(2), idOf(1)]], when).toContainEqual(ids);
      // As it is, also before anything else was written there.
      if (ids.length === 2) await holdsOnly(archive, [1, 2], when);
      else expect(await verifyAll(archive), when).toMatchObject({ code: 0, problems: [] });
      expect(await proveBy(archive), when).toMatchObject({ holds: true, findings: [] });
      const again = await add(archive, 2);
      expect(again.code, `${when}: ${again.err}`).toBe(0);
      expect(again.out, when).toContain(ids.length === 2 ? 'there already, since entry 3' : 'added, entry 3');
      await holdsOnly(archive, [1, 2], when);
      return ids.length === 2 ? 'complete' : 'absent';
    });
    expect(left).toEqual({ absent: expect.any(Number), complete: expect.any(Number) });
  }, 1_200_000);

  test('is begun, or isn’t, and is begun then', async () => {
    const scene: Scene = { args: ['archive', 'add', at('c1')], isSigned: true, before: null, like: 'one' };
    const left = await eachKill(scene, async (archive, when) => {
      const ids = await idsIn(archive);
      expect([[], [idOf(1)]], when).toContainEqual(ids);
      const again = await add(archive, 1);
      expect(again.code, `${when}: ${again.err}`).toBe(0);
      await holdsOnly(archive, [1], when);
      return ids.length === 1 ? 'complete' : 'absent';
    });
    expect(left).toEqual({ absent: expect.any(Number), complete: expect.any(Number) });
  }, 1_200_000);

  test('has the evidence that goes by law, or its tombstone', async () => {
    const args = ['archive', 'tombstone', idOf(2), '--reason', 'Article 17'];
    const left = await eachKill(
      { args, isSigned: true, before: 'two', like: 'two' },
      async (archive, when) => {
        const shown = await airlock(['archive', 'show', idOf(2), '--archive', archive]);
        const isGone = shown.out.includes('tombstone');
        expect(await verifyAll(archive), when).toMatchObject({ code: 0, problems: [] });
        expect(await proveBy(archive), when).toMatchObject({ holds: true });
        const again = await airlock([...args, ...signingFor(archive), '--archive', archive]);
        expect(again.code, when).toBe(isGone ? 1 : 0);
        expect(await verifyAll(archive), when).toMatchObject({ code: 0, problems: [] });
        return isGone ? 'gone' : 'kept';
      },
    );
    expect(left).toEqual({ kept: expect.any(Number), gone: expect.any(Number) });
  }, 1_200_000);

  test('finds all of it again where its index was being made anew', async () => {
    const scene: Scene = { args: ['archive', 'reindex'], before: 'two', like: 'two' };
    await eachKill(scene, async (archive, when) => {
      await holdsOnly(archive, [1, 2], when);
      return 'whole';
    });
  }, 1_200_000);
});

test('an archive whose log ends in the middle of a line goes on where it was whole', async () => {
  const log = readFileSync(join(at('two'), 'log.jsonl'));
  const start = log.lastIndexOf('\n', log.length - 2) + 1;
  for (const length of [start + 1, Math.round((start + log.length) / 2), log.length - 1]) {
    const archive = at(`torn-${length}`);
    cpSync(at('one'), archive, { recursive: true });
    writeFileSync(join(archive, 'log.jsonl'), log.subarray(0, length));
    expect(await idsIn(archive)).toEqual([idOf(1)]);
    expect((await add(archive, 2)).code).toBe(0);
    await holdsOnly(archive, [1, 2], `torn at ${length}`);
  }
});

test('an archive whose index is deleted, or damaged, loses nothing', async () => {
  for (const how of ['deleted', 'cut', 'overwritten', 'a journal alone'] as const) {
    const archive = at(`without-${how}`);
    cpSync(at('two'), archive, { recursive: true });
    const index = join(archive, 'index.db');
    if (how === 'deleted' || how === 'a journal alone') rmSync(index);
    if (how === 'a journal alone') writeFileSync(`${index}-journal`, 'left behind');
    if (how === 'cut') writeFileSync(index, readFileSync(index).subarray(0, 9000));
    if (how === 'overwritten') writeFileSync(index, Buffer.alloc(20_000, 7));
    if (how === 'cut' || how === 'overwritten') {
      const { code, err } = await airlock(['archive', 'list', '--archive', archive]);
      expect([how, code, err]).toEqual([how, 1, expect.stringContaining('make the index anew')]);
      expect(await reindexBy(archive)).toBe(0);
    }
    await holdsOnly(archive, [1, 2], how);
    expect(existsSync(index)).toBe(true);
  }
});
