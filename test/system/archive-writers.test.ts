import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openArchive } from '../../main/archive/archive';
import { proveBy, verifyAll } from '../main/archive/by-hand';
import {
  ENGINES,
  filesIn,
  idOf,
  newAddress,
  postgres,
  stationsOf,
  usePostgres,
  writeTranscript,
} from '../main/archive/fixtures';
import { airlock } from '../main/cli/fake-terminal';

const program = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const folder = mkdtempSync(join(tmpdir(), 'airlock-writers-'));
const at = (name: string): string => join(folder, name);
const FOLDERS = 6;

usePostgres();

/** Transcripts, and one archivist in two homes: in one home, a command waits for the other. */
beforeAll(async () => {
  for (let n = 1; n <= FOLDERS; n++)
    await writeTranscript(at(`c${n}`), await stationsOf(idOf(n), `2026-05-0${n}`));
  writeFileSync(at('passphrase'), 'correct horse battery\n');
  await airlock(['identity', 'create', '--name', 'Iris', '--role', 'archivist', ...signingIn('home-1')]);
  cpSync(at('home-1'), at('home-2'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const signingIn = (home: string): readonly string[] => [
  '--home',
  at(home),
  '--passphrase-file',
  at('passphrase'),
];

const ended = z.object({
  added: z.array(z.object({ ceremony: z.string(), isNew: z.boolean() })),
  refused: z.array(z.unknown()),
});
const listed = z.object({ ceremonies: z.array(z.object({ ceremony: z.string() })) });

/** Runs the built program; never rejects. */
function built(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const child = execFile(process.execPath, [program, ...args], (_error, stdout, stderr) =>
      done({ code: child.exitCode, stdout, stderr }),
    );
  });
}

const addAll = (address: string, numbers: readonly number[], home: string) =>
  built([
    'archive',
    'add',
    ...numbers.map((n) => at(`c${n}`)),
    '--archive',
    address,
    '--json',
    ...signingIn(home),
  ]);

async function idsIn(address: string): Promise<string[]> {
  const run = await airlock(['archive', 'list', '--archive', address, '--json']);
  return run.code === 0 ? run.as(listed).ceremonies.map(({ ceremony }) => ceremony) : [];
}

async function exportsWhole(address: string, n: number): Promise<void> {
  const out = at(`out-${n}`);
  expect((await airlock(['archive', 'export', idOf(n), out, '--archive', address])).code).toBe(0);
  expect(filesIn(out)).toEqual(filesIn(at(`c${n}`)));
  rmSync(out, { recursive: true });
}

const ALL = Array.from({ length: FOLDERS }, (_, i) => i + 1);

describe.each(ENGINES)('an archive on %s', (engine) => {
  test('is begun and filled by two programs at once, each folder by one of them', async () => {
    for (let round = 0; round < 3; round++) {
      const address = newAddress(engine, at(`round-${round}`));
      const runs = await Promise.all([
        addAll(address, ALL, 'home-1'),
        addAll(address, ALL.toReversed(), 'home-2'),
      ]);
      const added = runs.flatMap(({ stdout, stderr }) => {
        expect(stderr).toBe('');
        const said = ended.parse(JSON.parse(stdout));
        expect(said.refused).toEqual([]);
        return said.added.filter(({ isNew }) => isNew).map(({ ceremony }) => ceremony);
      });
      expect(added.toSorted()).toEqual(ALL.map(idOf));
      expect(await proveBy(address)).toMatchObject({ holds: true, findings: [], notes: [] });
      expect(await verifyAll(address)).toMatchObject({ code: 0, problems: [] });
      for (const n of ALL) await exportsWhole(address, n);
    }
  }, 240_000);
});

describe('an archive in a database', () => {
  test('has what was finished, and nothing else, where the database goes in the middle', async () => {
    const seen = new Set<number>();
    let refused = 0;
    // How long it takes depends on the machine: it is killed from early on until after the end.
    const undisturbed = newAddress('postgres', folder);
    expect((await addAll(undisturbed, [1], 'home-1')).code).toBe(0);
    const begun = performance.now();
    expect((await addAll(undisturbed, ALL.slice(1), 'home-1')).code).toBe(0);
    const whole = performance.now() - begun;
    for (const part of [0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.3]) {
      const after = part * whole;
      const address = newAddress('postgres', folder);
      expect((await addAll(address, [1], 'home-1')).code).toBe(0);
      const running = addAll(address, ALL.slice(1), 'home-1');
      await sleep(after);
      await postgres().kill();
      const { code, stdout, stderr } = await running;
      if (code !== 0) {
        refused += 1;
        expect(stdout, stderr).toContain('place-unusable');
        expect(stdout).toMatch(/What was not finished was not done|can’t be used/);
      }
      // Nobody waits for ever, and nothing is made up.
      expect((await airlock(['archive', 'list', '--archive', address])).code).toBe(1);
      await postgres().restart();
      const ids = await idsIn(address);
      seen.add(ids.length);
      expect(ids).toEqual(ALL.slice(0, ids.length).map(idOf).toReversed());
      expect(await proveBy(address)).toMatchObject({ holds: true, findings: [], notes: [] });
      expect(await verifyAll(address)).toMatchObject({ code: 0, problems: [] });
      for (const [i] of ids.entries()) await exportsWhole(address, i + 1);
      expect((await addAll(address, ALL, 'home-1')).code).toBe(0);
      expect(await verifyAll(address)).toMatchObject({ code: 0, problems: [] });
      expect(await idsIn(address)).toHaveLength(FOLDERS);
    }
    expect(refused).toBeGreaterThan(2);
    expect(seen.size).toBeGreaterThan(1);
  }, 240_000);

  test('goes on by itself where only the connections were lost', async () => {
    const address = newAddress('postgres', folder);
    await addAll(address, [1], 'home-1');
    const place = await openArchive(address, 'read');
    try {
      expect(await place.lastLine()).not.toBeNull();
      await postgres().kill();
      await expect(place.lastLine()).rejects.toMatchObject({ code: 'place-unusable' });
      await postgres().restart();
      expect(await place.lastLine()).not.toBeNull();
    } finally {
      await place.close();
    }
  });
});
