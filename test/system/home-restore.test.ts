import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseJournal } from '../../shared/transcript/journal-line';
import { airlock } from '../main/cli/fake-terminal';

const run = promisify(execFile);
const program = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');

/** All by which a program changes something on a disk. */
const WRITES = 'openat,write,pwrite64,rename,unlink,rmdir,ftruncate,fsync,fdatasync,mkdir';

const folder = mkdtempSync(join(tmpdir(), 'airlock-restore-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const pass = ['--passphrase-file', at('passphrase')];

beforeAll(async () => {
  writeFileSync(at('passphrase'), 'correct horse battery\n');
  const signing = ['--home', at('home'), ...pass];
  await airlock(['identity', 'create', '--name', 'Ada', '--role', 'custodian', ...signing]);
  expect((await airlock(['home', 'backup', at('ada.backup'), ...signing])).code).toBe(0);
});

const FILES = ['identity.json', 'journal.jsonl', 'seals.json'];
let tries = 0;

/** Runs a restore by the built program under strace, which sees what it does to the home that it builds. */
function traced(where: string, more: readonly string[]) {
  const building = join(where, '.back.restoring');
  const paths = ['', ...FILES, 'in-use.lock', 'seals.json.new'].map((name) => join(building, name));
  const watched = [...paths, join(where, 'back'), where].flatMap((path) => ['-P', path]);
  const args = ['home', 'restore', at('ada.backup'), join(where, 'back'), ...pass];
  return run('strace', [
    '-qq',
    '-e',
    `trace=${WRITES}`,
    ...watched,
    ...more,
    process.execPath,
    program,
    ...args,
  ]);
}

function newPlace(): string {
  tries += 1;
  mkdirSync(at(`place-${tries}`));
  return at(`place-${tries}`);
}

/** Each write of a restore: its call, and the how-manieth of its kind. */
async function writes(): Promise<{ line: string; call: string; nth: number }[]> {
  const where = newPlace();
  await traced(where, ['-o', at('trace')]);
  expect(wholeHome(where)).toBe(true);
  const counts = new Map<string, number>();
  return readFileSync(at('trace'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const call = /^\w+/.exec(line)?.[0] ?? '';
      counts.set(call, (counts.get(call) ?? 0) + 1);
      return { line, call, nth: counts.get(call) ?? 0 };
    });
}

/** Whether there is a home, with all that belongs into it; false where there is none at all. */
function wholeHome(where: string): boolean {
  const back = join(where, 'back');
  if (!existsSync(back)) return false;
  expect(readdirSync(back).filter((name) => name !== 'in-use.lock')).toEqual(FILES);
  const events = parseJournal(readFileSync(join(back, 'journal.jsonl'))).map(({ line }) => line.event);
  expect(events.at(-1)).toBe('home-restored');
  return true;
}

test('a restore that is killed before any of its writes, or that any of them fails, leaves a whole home or none', async () => {
  const all = await writes();
  const left = { killed: { home: 0, none: 0 }, full: { home: 0, none: 0 } };
  const queue = all.flatMap((each) =>
    // Before a file is read or waited for, the disk is as before the next write.
    /O_RDONLY|^f(?:data)?sync| = -1 /.test(each.line)
      ? []
      : (['killed', 'full'] as const).map((how) => ({ ...each, how })),
  );
  expect(queue.length).toBeGreaterThan(16);
  const one = async (): Promise<void> => {
    for (let each = queue.shift(); each !== undefined; each = queue.shift()) {
      const { line, call, nth, how } = each;
      const where = newPlace();
      const fault = how === 'killed' ? 'signal=SIGKILL' : 'error=ENOSPC';
      const failure: unknown = await traced(where, [
        ...['-o', '/dev/null', '-e', `inject=${call}:${fault}:when=${nth}`],
      ]).then(
        () => null,
        (error: unknown) => error,
      );
      const isThere = wholeHome(where);
      left[how][isThere ? 'home' : 'none'] += 1;
      if (how === 'full' && failure !== null) {
        expect(failure, line).toMatchObject({
          code: 1,
          stderr: expect.not.stringMatching(/\n.*\n|internal/),
        });
        if (!isThere) expect(readdirSync(where), line).toEqual([]);
      }
      // What it left is no obstacle to the next try.
      if (!isThere && nth % 3 === 0) {
        const again = await airlock(['home', 'restore', at('ada.backup'), join(where, 'back'), ...pass]);
        expect(again.code, `${line}\n${again.err}`).toBe(0);
        expect(readdirSync(where)).toEqual(['back']);
      }
    }
  };
  await Promise.all([one(), one()]);
  expect(left.killed.none).toBeGreaterThan(7);
  expect(left.full.none).toBeGreaterThan(3);
}, 300_000);
