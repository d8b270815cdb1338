import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

// What people start is a script; here, in a folder whose program and whose system are made up.
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-start-'));
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'system'));
  copyFileSync('package/system/start.sh', join(folder, 'airlock'));
  lay('airlock', null);
  lay('chrome-sandbox', '');
  lay('system/unshare', 'exit 1');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program of the folder that does what the shell script says. */
function lay(name: string, script: string | null): void {
  if (script !== null) writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** Starts the app as a person without rights, whoever runs the tests, or as root. */
function start(as: 'person' | 'root' = 'person') {
  if (as === 'root') lay('system/id', 'echo 0');
  else lay('system/id', 'echo 1000');
  const env = { PATH: `${folder}/system:${process.env['PATH']}`, HOME: folder };
  const args = ['a file.ur', '--home=a folder'];
  return spawnSync(join(folder, 'airlock'), args, { env, encoding: 'utf8', timeout: 10_000 });
}

const showsArguments = 'for one in "$@"; do echo "<$one>"; done';
const dies = 'echo "FATAL: No usable sandbox!" >&2; kill -TRAP $$';

test('where the system has user namespaces, the app starts with what was typed', () => {
  lay('system/unshare', 'exit 0');
  lay('airlock.bin', showsArguments);
  expect(start()).toMatchObject({ stdout: '<a file.ur>\n<--home=a folder>\n', stderr: '', status: 0 });
});

test('where Chromium’s helper is root’s and runs as root, the app starts without namespaces', () => {
  lay('airlock.bin', showsArguments);
  chmodSync(join(folder, 'chrome-sandbox'), 0o4755);
  lay('system/stat', 'echo 0');
  expect(start()).toMatchObject({ stdout: '<a file.ur>\n<--home=a folder>\n', status: 0 });
});

test('a helper that runs as somebody else is none', () => {
  lay('airlock.bin', dies);
  chmodSync(join(folder, 'chrome-sandbox'), 0o4755);
  lay('system/stat', 'echo 1000');
  expect(start().stderr).toContain('sudo chmod 4755');
});

test('where the app can’t have its sandbox, it is said what to do, and the exit code tells', () => {
  lay('airlock.bin', dies);
  const { stderr, status } = start();
  expect(stderr).toContain('FATAL: No usable sandbox!');
  expect(stderr).toContain(`sudo chown root:root '${folder}/chrome-sandbox'`);
  expect(stderr).toContain(`sudo chmod 4755 '${folder}/chrome-sandbox'`);
  expect(status).toBe(128 + 5);
});

test('on a desktop the same is said in a window', () => {
  lay('airlock.bin', dies);
  lay('system/zenity', `printf '%s\\n' "$@" > '${folder}/shown'`);
  lay('system/id', 'echo 1000');
  const env = { PATH: `${folder}/system:${process.env['PATH']}`, DISPLAY: ':99' };
  const { status } = spawnSync(join(folder, 'airlock'), [], { env, timeout: 10_000 });
  expect(status).toBe(133);
  const shown = spawnSync('cat', [join(folder, 'shown')], { encoding: 'utf8' }).stdout;
  expect(shown).toContain('--error');
  expect(shown).toContain('sudo chmod 4755');
});

test('an app that a profile lets have its sandbox starts, and what it says is passed on', () => {
  lay('airlock.bin', 'echo hello; echo "a warning" >&2; exit 7');
  expect(start()).toMatchObject({ stdout: 'hello\n', stderr: 'a warning\n', status: 7 });
});

test('an app that ends for another reason is given no advice', () => {
  lay('airlock.bin', 'echo "Airlock is already running." >&2; exit 1');
  expect(start()).toMatchObject({ stderr: 'Airlock is already running.\n', status: 1 });
});

test('root is told to be somebody else', () => {
  lay('airlock.bin', showsArguments);
  const { stdout, stderr, status } = start('root');
  expect(stdout).toBe('');
  expect(stderr).toContain('Start it as an ordinary user.');
  expect(status).toBe(1);
});
