import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { filesIn } from '../../package/contents.mjs';
import { signFile } from '../../package/proof/signature.mjs';
import { sumsOf } from '../../package/proof/sums.mjs';

// A small release, signed by a key of a gpg of its own.

let work = '';
let release = '';
const keys = { release: '', other: '' };
const keyFile = (of: keyof typeof keys): string => join(work, `${of}.asc`);
const gpg = (...args: string[]): string => execFileSync('gpg', ['--batch', ...args], { encoding: 'utf8' });
const before = process.env['GNUPGHOME'];

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'airlock-verify-release-'));
  process.env['GNUPGHOME'] = join(work, 'gnupg');
  mkdirSync(join(work, 'gnupg'), { mode: 0o700 });
  for (const name of ['release', 'other'] as const) {
    gpg('--quiet', '--passphrase', '', '--quick-gen-key', `The ${name} key`, 'ed25519', 'sign', 'never');
    const listed = gpg('--with-colons', '--list-keys', `The ${name} key`);
    keys[name] = /^fpr:+([0-9A-F]{40}):$/m.exec(listed)?.[1] ?? '';
    writeFileSync(keyFile(name), gpg('--armor', '--export', keys[name]));
  }
});
afterAll(() => {
  spawnSync('gpgconf', ['--kill', 'all']);
  if (before === undefined) delete process.env['GNUPGHOME'];
  else process.env['GNUPGHOME'] = before;
  rmSync(work, { recursive: true, force: true });
});

beforeEach(() => {
  release = mkdtempSync(join(work, 'release-'));
  for (const name of ['airlock_1.deb', 'airlock-1.rpm'])
    writeFileSync(join(release, name), `This is ${name}.`);
  copyFileSync('package/proof/verify-release.sh', join(release, 'verify-release.sh'));
  writeFileSync(join(release, 'SHA256SUMS'), sumsOf(release, filesIn(release)));
  signFile(join(release, 'SHA256SUMS'), keys.release);
});
afterEach(() => rmSync(release, { recursive: true, force: true }));

function verify(...args: string[]) {
  const { stdout, stderr, status } = spawnSync('sh', [join(release, 'verify-release.sh'), ...args], {
    encoding: 'utf8',
    cwd: work,
  });
  return { text: `${stdout}${stderr}`, status };
}

describe('verify-release.sh', () => {
  test('says of a release as it was made that it is so, and by whose key', () => {
    const { text, status } = verify(keyFile('release'));
    expect(text).toContain('ok     airlock_1.deb\n');
    expect(text).toContain(`As released by the owner of the key ${keys.release}.`);
    expect(status).toBe(0);
  });

  test('takes the fingerprint of a key that gpg knows as well as a file', () => {
    expect(verify(keys.release.toLowerCase())).toMatchObject({ status: 0 });
    expect(verify('0123 4567').text).toContain('neither a file nor a fingerprint');
  });

  test('checks what is there of a release, and says how much is not', () => {
    rmSync(join(release, 'airlock-1.rpm'));
    const { text, status } = verify(keyFile('release'));
    expect(text).toContain('1 more of this release are not here');
    expect(status).toBe(0);
  });

  test('names a package with one byte changed', () => {
    writeFileSync(join(release, 'airlock_1.deb'), 'This is airlock_2.deb.');
    const { text, status } = verify(keyFile('release'));
    expect(text).toContain('WRONG: airlock_1.deb is not as it was released.');
    expect(text).not.toContain('As released');
    expect(status).toBe(1);
  });

  test('names a file that was laid beside', () => {
    writeFileSync(join(release, 'airlock-extra.deb'), '');
    const { text, status } = verify(keyFile('release'));
    expect(text).toContain('WRONG: airlock-extra.deb is no part of this release.');
    expect(status).toBe(1);
  });

  test('refuses sums that were changed after they were signed', () => {
    writeFileSync(join(release, 'airlock_1.deb'), 'changed');
    writeFileSync(join(release, 'SHA256SUMS'), sumsOf(release, ['airlock_1.deb', 'verify-release.sh']));
    const { text, status } = verify(keyFile('release'));
    expect(text).toContain('WRONG: SHA256SUMS is not what the owner of this key signed.');
    expect(status).toBe(1);
  });

  test('refuses a release that somebody else signed, though gpg knows their key', () => {
    signFile(join(release, 'SHA256SUMS'), keys.other);
    expect(verify(keyFile('release'))).toMatchObject({ status: 1 });
    expect(verify(keyFile('other'))).toMatchObject({ status: 0 });
  });

  test('does not take a signature beside the right one for it', () => {
    const signature = join(release, 'SHA256SUMS.asc');
    const first = join(release, 'first');
    renameSync(signature, first);
    signFile(join(release, 'SHA256SUMS'), keys.other);
    appendFileSync(signature, execFileSync('cat', [first]));
    rmSync(first);
    appendFileSync(join(release, 'SHA256SUMS'), `${'0'.repeat(64)}  more\n`);
    expect(verify(keyFile('release'))).toMatchObject({ status: 1 });
  });

  test.each(['../outside', '/etc/passwd', 'a b', '-n'])('refuses signed sums that lead to %s', (path) => {
    writeFileSync(join(release, 'SHA256SUMS'), `${'0'.repeat(64)}  ${path}\n`);
    signFile(join(release, 'SHA256SUMS'), keys.release);
    const { text, status } = verify(keyFile('release'));
    expect(text).toContain('SHA256SUMS is no list of files.');
    expect(status).toBe(2);
  });

  test('says that nobody signed a release without a signature', () => {
    rmSync(join(release, 'SHA256SUMS.asc'));
    const { text, status } = verify(keyFile('release'));
    expect(text).toContain('nobody signed this release');
    expect(status).toBe(2);
  });
});

test('a key that is named by less than its fingerprint signs nothing', () => {
  expect(() => signFile(join(release, 'SHA256SUMS'), 'The release key')).toThrow('40 hex digits');
  expect(() => signFile(join(release, 'SHA256SUMS'), '0'.repeat(40))).toThrow('gpg');
});

describe('verify-release.sh --installed', () => {
  let program = '';
  const list = (): string => join(release, 'airlock-1.files.sha256');
  beforeEach(() => {
    program = join(release, 'opt');
    mkdirSync(join(program, 'resources'), { recursive: true });
    writeFileSync(join(program, 'airlock'), 'starts it');
    writeFileSync(join(program, 'resources/app.asar'), 'does it');
    writeFileSync(list(), sumsOf(program, filesIn(program)));
  });
  const installed = () => verify('--installed', program, list());

  test('says of a program as it was released its digest, which is that of the list', () => {
    const digest = sumsOf(release, ['airlock-1.files.sha256']).slice(0, 64);
    expect(installed()).toMatchObject({ status: 0, text: expect.stringContaining(`digest:\n${digest}\n`) });
  });

  test.each([
    [
      'one byte changed',
      () => writeFileSync(join(program, 'resources/app.asar'), 'Does it'),
      'resources/app.asar is not as',
    ],
    ['a file gone', () => rmSync(join(program, 'airlock')), 'airlock is missing'],
    ['a file more', () => writeFileSync(join(program, 'resources/app'), ''), 'resources/app is no part'],
    ['a link more', () => symlinkSync('airlock', join(program, 'also')), 'also is no part'],
  ])('names %s', (_what, change, said) => {
    change();
    const { text, status } = installed();
    expect(text).toContain(`WRONG: ${said}`);
    expect(status).toBe(1);
  });
});

test('the script has no fault that a checker of scripts knows', () => {
  const scripts = filesIn('package').filter((path) => path.endsWith('.sh'));
  expect(scripts).toHaveLength(5);
  execFileSync('shellcheck', scripts, { cwd: 'package' });
});
