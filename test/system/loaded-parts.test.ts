import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const built = resolve(import.meta.dirname, '../../dist/cli');
const airlock = join(built, 'airlock.cjs');

/** Commander and what prints; openpgp alone, or the reader of pictures, is several times that. */
const LIGHT_BYTES = 250_000;

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'airlock-parts-'));
  // Run before the program: tells on standard error, at its end, which files were loaded.
  writeFileSync(
    join(work, 'loaded.cjs'),
    "process.on('exit', () => process.stderr.write('LOADED ' + JSON.stringify(Object.keys(require.cache))));",
  );
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Runs the built program; the paths of its own files that were loaded. */
function loadedBy(...args: string[]): string[] {
  const { stderr } = spawnSync(process.execPath, ['--require', join(work, 'loaded.cjs'), airlock, ...args], {
    encoding: 'utf8',
  });
  const paths: unknown = JSON.parse(stderr.slice(stderr.indexOf('LOADED ') + 7));
  return (paths as string[]).filter((path) => path.startsWith(built));
}

const sizeOf = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + statSync(path).size, 0);

const commandsIn = (paths: readonly string[]): string[] =>
  paths.filter((path) => dirname(path) === join(built, 'commands')).map((path) => basename(path, '.cjs'));

describe('nothing heavy is loaded, and no command,', () => {
  test.each([
    ['--version'],
    ['version'],
    ['--help'],
    ['help'],
    ['offlin'],
    ['identity', '--help'],
    ['online', '--help'],
    ['offline', '--help'],
    ['help', 'offline'],
    ['offline', 'decod'],
    ['qr', '--help'],
    ['transcript', '--help'],
    ['archive', '--help'],
  ])('by airlock %s %s', (...args) => {
    const loaded = loadedBy(...args.filter((word) => word !== undefined));
    expect(loaded).toContain(airlock);
    expect(commandsIn(loaded)).toEqual([]);
    expect(sizeOf(loaded)).toBeLessThan(LIGHT_BYTES);
  });
});

test.each([
  ['offline-otp', ['offline', 'otp']],
  ['offline-otp', ['offline', 'help', 'otp']],
  ['online-status', ['online', 'status', '--help']],
  ['transcript-verify', ['transcript', 'verify', '--help']],
  ['qr-show', ['qr', 'show', '--help']],
  ['archive-list', ['archive', 'list', '--help']],
  ['rehearsal-server', ['rehearsal-server', '--help']],
  ['rehearse-rehearse', ['rehearse', '--help']],
])('only %s is loaded of all commands by airlock %j', (command, args) => {
  expect(commandsIn(loadedBy(...args))).toEqual([command]);
});

test('what a command does not use is not loaded: no reader of pictures for a one-time password, no database for help', () => {
  const names = loadedBy('offline', 'otp').map((path) => basename(path));
  expect(names).not.toContain('read-image.cjs');
  expect(names).not.toContain('openpgp.cjs');
  const list = loadedBy('archive', 'list', '--help').map((path) => basename(path));
  expect(list).not.toContain('folder-place.cjs');
  expect(list).not.toContain('postgres-place.cjs');
  // They are there under these names.
  expect(readdirSync(join(built, 'parts'))).toEqual(
    expect.arrayContaining(['read-image.cjs', 'openpgp.cjs', 'folder-place.cjs', 'postgres-place.cjs']),
  );
});

describe('the folder of the command line', () => {
  test('works where it is copied to, also by a link to its program', () => {
    const copy = join(work, 'copied');
    cpSync(built, copy, { recursive: true });
    symlinkSync(join(copy, 'airlock.cjs'), join(work, 'airlock'));
    for (const program of [join(copy, 'airlock.cjs'), join(work, 'airlock')]) {
      const { status, stdout } = spawnSync(process.execPath, [program, 'offline', 'otp'], {
        cwd: work,
        encoding: 'utf8',
      });
      expect([status, stdout]).toEqual([0, expect.stringMatching(/^[0-9A-Za-z]{28}\n/)]);
    }
  });

  test('is asked for whole where only its program was copied', () => {
    const alone = join(work, 'alone.cjs');
    copyFileSync(airlock, alone);
    const { status, stderr } = spawnSync(process.execPath, [alone, '--version'], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toBe(
      `Parts of Airlock are missing beside ${alone}. Copy the whole folder that it lies in.\n`,
    );
  });
});
