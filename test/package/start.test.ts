import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

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

/** An `unshare` that does without what it is asked for, and runs what follows. */
const unsharing =
  'while [ $# -gt 0 ] && [ "$1" != -- ]; do shift; done; [ $# -gt 0 ] || exit 0; shift; exec "$@"';
const showsArguments = 'for one in "$@"; do echo "<$one>"; done';
const dies = 'echo "FATAL: No usable sandbox!" >&2; kill -TRAP $$';

test('where the system has user namespaces, the app starts with what was typed', () => {
  lay('system/unshare', unsharing);
  lay('airlock.bin', showsArguments);
  expect(start()).toMatchObject({ stdout: '<a file.ur>\n<--home=a folder>\n', stderr: '', status: 0 });
});

describe('a network namespace of its own', () => {
  const shared = '<>\n';
  const own = '<own>\n';
  beforeEach(() => {
    // Tells what it was asked for; to be seen by what it starts.
    lay('system/unshare', `case "$*" in *--net*) export NET=own ;; esac; ${unsharing}`);
    lay('airlock.bin', 'echo "<$NET>"');
    lay('chrome-sandbox', '');
  });
  const started = (env: Record<string, string> = {}): string => {
    lay('system/id', 'echo 1000');
    const path = `${folder}/system:${process.env['PATH']}`;
    return spawnSync(join(folder, 'airlock'), { env: { PATH: path, ...env }, encoding: 'utf8' }).stdout;
  };

  test('is what the air-gapped app gets where the system lets it have one', () => {
    expect(started()).toBe(own);
    expect(
      started({ WAYLAND_DISPLAY: 'wayland-0', DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1/bus' }),
    ).toBe(own);
  });

  test.each([
    ['a display on another machine', { DISPLAY: 'other:0' }],
    ['a display by way of a tunnel', { DISPLAY: 'localhost:10.0' }],
    ['a display without a file', { DISPLAY: ':98765' }],
    ['a session’s bus without a file', { DBUS_SESSION_BUS_ADDRESS: 'unix:abstract=/tmp/dbus-x,guid=1' }],
  ])('is left out with %s, which could not be reached from in there', (_what, env) => {
    expect(started(env)).toBe(shared);
  });

  test('is left out where Chromium could not have its sandbox inside of it', () => {
    lay('system/unshare', `case "$*" in *--pid*) exit 1 ;; esac; ${unsharing}`);
    expect(started()).toBe(shared);
  });

  test('is nothing for the online station', () => {
    renameSync(join(folder, 'airlock'), join(folder, 'airlock-online'));
    renameSync(join(folder, 'airlock.bin'), join(folder, 'airlock-online.bin'));
    lay('system/id', 'echo 1000');
    const env = { PATH: `${folder}/system:${process.env['PATH']}` };
    expect(spawnSync(join(folder, 'airlock-online'), { env, encoding: 'utf8' }).stdout).toBe(shared);
  });

  test('leads nowhere, as the kernel sees it', ({ skip }) => {
    rmSync(join(folder, 'system/unshare'));
    const possible = spawnSync('unshare', ['--user', '--map-current-user', '--net', 'true']).status === 0;
    if (!possible) skip('this system lets nobody have one');
    lay(
      'airlock.bin',
      'tail -n +3 /proc/self/net/dev | cut -d: -f1; cat /proc/self/net/if_inet6; ls /sys/class/net',
    );
    const [first, ...rest] = started().trim().split('\n');
    expect(first?.trim()).toBe('lo');
    // It still sees which interfaces the machine has, and no address.
    expect(rest.sort()).toEqual(readdirSync('/sys/class/net').sort());
  });
});

test('where Chromium’s helper is root’s and runs as root, the app starts without namespaces', () => {
  lay('airlock.bin', showsArguments);
  chmodSync(join(folder, 'chrome-sandbox'), 0o4755);
  lay('system/stat', 'echo 0');
  expect(start()).toMatchObject({ stdout: '<a file.ur>\n<--home=a folder>\n', status: 0 });
});

test('what an app that crashes had in memory goes to no disk, and no app can have it otherwise', () => {
  lay('airlock.bin', 'ulimit -Sc; ulimit -Hc');
  chmodSync(join(folder, 'chrome-sandbox'), 0o4755);
  lay('system/stat', 'echo 0');
  expect(start()).toMatchObject({ stdout: '0\n0\n', status: 0 });
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
