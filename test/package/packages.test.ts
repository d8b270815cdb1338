import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packedNode } from '../../package/folder/command-line.mjs';
import { partsIn } from '../../package/folder/licence-texts.mjs';
import { provideNfpm } from '../../package/nfpm.mjs';
import { formerFiles, olderPackage } from '../install/older-package.mjs';
import { noLayer, onLayer } from './layer';
import { copyCheckout, makeOtherDay, makeSmallCache, makeSmallElectron } from './stage';

// All packages, made twice from the same source: at other places, on other days, by people with other habits.
// The Electron and the Node in them are small ones that were made up; everything else is as it is released.

let work = '';
const [first, second] = ['first', 'second'].map((name) => () => join(work, name, 'release')) as [
  () => string,
  () => string,
];
const commit = '0123456789abcdef0123456789abcdef01234567';

const MAKING_MS = 10 * 60_000;

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'airlock-packages-'));
  makeSmallElectron(join(work, 'electron'));
  makeOtherDay(join(work, 'other-day.mjs'), 3);
  makeSmallCache(join(work, 'cache'), provideNfpm(console.log));
  const otherDay = `--import=file://${join(work, 'other-day.mjs')}`;
  await Promise.all([
    make('first', 'umask 022', { NODE_ENV: '' }),
    make('second', 'umask 077', {
      TZ: 'Asia/Tokyo',
      LANG: 'C',
      LC_ALL: 'C',
      NODE_ENV: 'development',
      NODE_OPTIONS: otherDay,
    }),
  ]);
}, MAKING_MS);
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Makes all packages of a copy of this checkout. */
async function make(name: string, habit: string, habits: Record<string, string>): Promise<void> {
  const checkout = join(work, name);
  copyCheckout(checkout);
  const env = {
    ...process.env,
    XDG_CACHE_HOME: join(work, 'cache'),
    ELECTRON_OVERRIDE_DIST_PATH: join(work, 'electron'),
    AIRLOCK_COMMIT: commit,
    SOURCE_DATE_EPOCH: '1790000000',
    ...habits,
  };
  const script = `${habit} && exec node package/package.mjs --quick`;
  await promisify(execFile)('sh', ['-c', script], { cwd: checkout, env });
}

const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const names = [
  'SHA256SUMS',
  'airlock-0.1.0-1.x86_64.rpm',
  'airlock-0.1.0-linux-x64.cdx.json',
  'airlock-0.1.0-linux-x64.files.sha256',
  'airlock-0.1.0-linux-x64.tar.xz',
  'airlock-0.1.0.cjs',
  'airlock-cli-0.1.0-1.x86_64.rpm',
  'airlock-cli-0.1.0-linux-x64.cdx.json',
  'airlock-cli-0.1.0-linux-x64.files.sha256',
  'airlock-cli-0.1.0-linux-x64.tar.xz',
  'airlock-cli_0.1.0_amd64.deb',
  'airlock-online-0.1.0-1.x86_64.rpm',
  'airlock-online-0.1.0-linux-x64.cdx.json',
  'airlock-online-0.1.0-linux-x64.files.sha256',
  'airlock-online-0.1.0-linux-x64.tar.xz',
  'airlock-online_0.1.0_amd64.deb',
  'airlock_0.1.0_amd64.deb',
  'verify-release.sh',
];

test('every program is there as every usual kind of package', () => {
  expect(readdirSync(first()).sort()).toEqual([...names].sort());
});

test.each(names)('%s is the same, byte by byte, from another place and another day', (name) => {
  expect(sha256(join(second(), name))).toBe(sha256(join(first(), name)));
});

describe('a Debian package', () => {
  /** What is in it: path, mode as letters, owner. */
  const contents = (deb: string): string[] =>
    execFileSync('dpkg-deb', ['--contents', join(first(), deb)], { encoding: 'utf8' })
      .trim()
      .split('\n');

  test.each(['airlock', 'airlock-online', 'airlock-cli'])(
    '%s belongs to root, and nobody else may write',
    (name) => {
      for (const line of contents(`${name}_0.1.0_amd64.deb`)) {
        expect(line).toContain(' root/root ');
        expect(line).toMatch(/^(?:l|[-d]rw[-xs]r-[-x]r-[-x])/);
      }
    },
  );

  test.each(['airlock', 'airlock-online'])(
    '%s has Chromium’s helper run as root, and nothing else',
    (name) => {
      const special = contents(`${name}_0.1.0_amd64.deb`).filter((line) => /^-..s|^-.....s/.test(line));
      expect(special.map((line) => line.split(' ').at(-1))).toEqual([`./opt/${name}/chrome-sandbox`]);
    },
  );

  test('no two of them have a file in common, so they install side by side', () => {
    const files = ['airlock', 'airlock-online', 'airlock-cli'].flatMap((name) =>
      contents(`${name}_0.1.0_amd64.deb`)
        .filter((line) => !line.startsWith('d'))
        .map((line) => /\.(\/\S+)/.exec(line)?.[1]),
    );
    expect(files).toHaveLength(new Set(files).size);
  });
});

const without = noLayer();
describe.skipIf(without !== null)(`in a system${without === null ? '' : ` (skipped: ${without})`}`, () => {
  test.each(['airlock', 'airlock-online', 'airlock-cli'])(
    '%s takes the place of an older one, lies there as released, and goes without a trace',
    (name) => {
      const packages = join(work, `${name}-packages`);
      mkdirSync(packages);
      olderPackage(join(first(), `${name}_0.1.0_amd64.deb`), { name, work: packages, version: '0.0.1' });
      for (const file of [`${name}_0.1.0_amd64.deb`, `${name}-0.1.0-linux-x64.files.sha256`])
        copyFileSync(join(first(), file), join(packages, file));
      copyFileSync(join(first(), 'verify-release.sh'), join(packages, 'verify-release.sh'));
      // A system that forbids user namespaces, as Ubuntu does, and whose parser knows of them. Dependencies
      // and the system's own triggers are the full proof's (npm run proof:install).
      mkdirSync(join(packages, 'bin'));
      writeFileSync(join(packages, 'bin/apparmor_parser'), '#!/bin/sh\n', { mode: 0o755 });
      const profile = name === 'airlock-cli' ? '! -e' : '-f';
      const dpkg = 'dpkg --force-depends --no-triggers';
      const left = onLayer(
        `cd /packages
        PATH=/packages/bin:$PATH
        mkdir -p /etc/apparmor.d
        ${dpkg} --install ${name}_0.0.1_amd64.deb
        for former in ${formerFiles(name).join(' ')}; do test -e "$former"; done
        ${dpkg} --install ${name}_0.1.0_amd64.deb
        for former in ${formerFiles(name).join(' ')}; do if test -e "$former"; then exit 9; fi; done
        test ${profile} /etc/apparmor.d/${name}
        sh verify-release.sh --installed /opt/${name} ${name}-0.1.0-linux-x64.files.sha256
        ${dpkg} --purge ${name}
        rmdir --ignore-fail-on-non-empty /etc/apparmor.d`,
        packages,
      );
      expect(left.filter((path) => !/^\.\/var\/(?:lib\/dpkg|log)\//.test(path))).toEqual([]);
    },
    60_000,
  );
});

describe('an unpacked tar.xz', () => {
  test('holds the files that its list says, and the licence of each part', () => {
    const folder = join(work, 'unpacked');
    mkdirSync(folder);
    execFileSync('tar', ['-xJf', join(first(), 'airlock-0.1.0-linux-x64.tar.xz'), '-C', folder]);
    const app = join(folder, 'airlock-0.1.0-linux-x64');
    const list = join(first(), 'airlock-0.1.0-linux-x64.files.sha256');
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', list], { cwd: app });
    const found = execFileSync('sh', ['-c', 'find . -type f | sed "s|^./||" | LC_ALL=C sort'], {
      cwd: app,
      encoding: 'utf8',
    });
    const listed = readFileSync(list, 'utf8').replaceAll(/^[0-9a-f]{64} {2}/gm, '');
    expect(found).toBe(listed);
    const texts = readFileSync(join(app, 'LICENSES.third-party.txt'), 'utf8');
    expect(texts).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
    expect(texts).not.toContain('brings no text of its licence');
  });
});

describe('the packaged command line tells which build it is', () => {
  /** What it says of itself, and the build that its journal names. */
  const told = (program: string) => {
    const home = mkdtempSync(join(work, 'home-'));
    const airlock = (...args: string[]): string => {
      const env = { ...process.env, NODE_OPTIONS: '', AIRLOCK_HOME: home };
      const input = 'a passphrase';
      return execFileSync(process.execPath, [program, ...args], { encoding: 'utf8', env, input });
    };
    airlock('identity', 'create', '--name', 'Olga', '--role', 'officer', '--passphrase-file', '-');
    airlock('identity', 'show', '--out', join(home, 'olga.ur'), '--passphrase-file', '-');
    const lines = readFileSync(join(home, 'journal.jsonl'), 'utf8').trim().split('\n');
    const builds = lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'program-build');
    return { says: JSON.parse(airlock('version', '--json')), builds: builds.map(({ data }) => data) };
  };

  test('as one file, by the sum of that file', () => {
    const file = join(first(), 'airlock-0.1.0.cjs');
    const build = { version: '0.1.0', commit, files: sha256(file) };
    expect(told(file)).toEqual({ says: build, builds: [build] });
  });

  test('as a folder, by the sum of the list of its files', () => {
    const tar = join(first(), 'airlock-cli-0.1.0-linux-x64.tar.xz');
    execFileSync('tar', ['-xJf', tar, '-C', work]);
    const list = join(first(), 'airlock-cli-0.1.0-linux-x64.files.sha256');
    const build = { version: '0.1.0', commit, files: sha256(list) };
    const program = join(work, 'airlock-cli-0.1.0-linux-x64', 'airlock.cjs');
    expect(told(program)).toEqual({ says: build, builds: [build] });
  });
});

describe('a bill of materials', () => {
  const bills = ['airlock', 'airlock-online', 'airlock-cli'] as const;
  const textOf = (name: string): string =>
    readFileSync(join(first(), `${name}-0.1.0-linux-x64.cdx.json`), 'utf8');

  test.each(bills)('of %s is CycloneDX, by its strict schema', async (name) => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(textOf(name))).toBeNull();
  });

  test.each([
    ['airlock', 'offline', ['Electron@45.0.0', 'Chromium@150.0.0.0', 'Node@26.0.0']],
    ['airlock-online', 'online', ['Electron@45.0.0', 'Chromium@150.0.0.0', 'Node@26.0.0']],
    ['airlock-cli', 'one-file', [`Node@${packedNode}`]],
  ] as const)('of %s names what its bundles hold, and what it runs on', (name, built, ground) => {
    const { components, metadata } = JSON.parse(textOf(name));
    const parts = partsIn(join(work, 'first/dist', built)).map((part) => `${part.name}@${part.version}`);
    expect(parts.length).toBeGreaterThan(20);
    const named = components.map((one: { name: string; version: string }) => `${one.name}@${one.version}`);
    expect([...named].sort()).toEqual([...parts, ...ground].sort());
    const list = join(first(), `${name}-0.1.0-linux-x64.files.sha256`);
    expect(metadata.component.hashes).toEqual([{ alg: 'SHA-256', content: sha256(list) }]);
    expect(metadata.component.properties).toEqual([{ name: 'airlock:commit', value: commit }]);
  });
});
