import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asciiBytes, toBase64 } from '../../../../shared/bytes';
import { parsePublicKey, pgpKeyField } from '../../../../shared/openpgp/public-key';
import { encryptToKey } from '../../../../shared/openpgp/sealed-to-self';
import { encodeToken } from '../../../../shared/token/encoded-token';
import { generateOtp, parseOtp } from '../../../../shared/token/otp';
import { newFolder, random } from '../../online/stage';
import { airlock } from '../fake-terminal';
import { madeOtp } from '../printed';

const body = (length: number) => asciiBytesText(generateOtp(length, random).characters);
const asciiBytesText = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

/** A token of each era, and the `otp_length` its server names. */
const eras = [
  ['UUID', '6e4b1a5c-0d1e-4f2a-9b3c-8d7e6f5a4b3c', 0],
  ['bare', body(24), 24],
  ['s.', `s.${body(24)}`, 26],
  ['hvs.', `hvs.${body(24)}`, 28],
  ['namespaced', `s.${body(24)}.${body(6)}`, 33],
  ['namespaced hvs.', `hvs.${body(24)}.${body(6)}`, 35],
] as const;

function encoded(token: string, otpLength: number) {
  const otp = generateOtp(otpLength, random);
  const text = encodeToken(asciiBytes(token), otp);
  return { text, otp: asciiBytesText(otp.characters) };
}

test('a token is decoded of whatever kind it is, said to be that, and refused where another one was asked for', async () => {
  const secret = body(24);
  const decoded = (token: string, ...more: string[]) => {
    const { text, otp } = encoded(token, 28);
    const args = ['offline', 'decode', '--encoded-token', text, '--otp-file', '-', ...more];
    return airlock(args, { stdin: `${otp}\n` });
  };
  const recovery = await decoded(`hvr.${secret}`);
  expect(recovery).toMatchObject({ out: `hvr.${secret}\n`, code: 0 });
  expect(recovery.err).toContain('This is a recovery token');
  expect(recovery.err).toContain('It cannot be revoked');
  expect((await decoded(`hvr.${secret}`, '--json')).json).toMatchObject({ tokenKind: 'recovery' });
  const root = await decoded(`hvs.${secret}`);
  expect(root.err).toContain('This is a root token, or a DR operation token: they look the same');
  expect((await decoded(`hvs.${secret}`, '--kind', 'dr')).err).toContain('This is a DR operation token');
  for (const [token, kind] of [
    [`hvr.${secret}`, 'root'],
    [`hvs.${secret}`, 'recovery'],
  ] as const) {
    const refused = await decoded(token, '--kind', kind);
    expect(refused.code).toBe(1);
    expect(refused.out + refused.err).not.toContain(secret);
  }
});

test.each(eras)(
  'a token of the %s era is decoded by its OTP alone, and printed alone',
  async (_era, token, otpLength) => {
    const { text, otp } = encoded(token, otpLength);
    const run = await airlock(['offline', 'decode', '--encoded-token', text, '--otp-file', '-'], {
      stdin: `${otp}\n`,
    });
    expect(run).toMatchObject({ out: `${token}\n`, code: 0 });
    expect(run.err).toContain(otpLength === 0 ? 'wrong one-time password' : '');
  },
);

test.each(eras.filter(([, , length]) => length > 0))(
  'a wrong OTP of the %s era is named, and no token is printed',
  async (_era, token, otpLength) => {
    const { text } = encoded(token, otpLength);
    const wrong = asciiBytesText(generateOtp(otpLength, random).characters);
    const run = await airlock(['offline', 'decode', '--encoded-token', text, '--otp-file', '-'], {
      stdin: wrong,
    });
    expect(run.code).toBe(1);
    expect(run.out).toBe('');
    expect(run.err.trimEnd().split('\n')).toHaveLength(1);
  },
);

test.each(eras)(
  'a %s token that was cut off, padded, or lengthened fails by name',
  async (_era, token, otpLength) => {
    const { text, otp } = encoded(token, otpLength);
    for (const bad of [text.slice(0, -3), `${text}=`, `${text}AAAA`, '', '!!!']) {
      const run = await airlock(['offline', 'decode', '--encoded-token', bad, '--otp-file', '-', '--json'], {
        stdin: otp,
      });
      expect(run.code).toBe(1);
      expect(run.error.code).toMatch(/^[a-z0-9-]+$/);
      expect(run.out).not.toContain(token);
    }
  },
);

test('with the server otp_length named, an OTP of another length is refused', async () => {
  const { text, otp } = encoded(`hvs.${body(24)}`, 28);
  const run = await airlock(
    ['offline', 'decode', '--encoded-token', text, '--otp-file', '-', '--otp-length', '26'],
    { stdin: otp },
  );
  expect(run).toMatchObject({ code: 1, out: '' });
});

test('no OTP and encoded token that do not belong together ever print a token of a known shape', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(24, 26, 28, 33, 35),
      fc.uint8Array({ minLength: 24, maxLength: 40 }),
      async (length, bytes) => {
        const otp = asciiBytesText(generateOtp(length, random).characters);
        const text = toBase64(bytes).replace(/=+$/, '');
        const run = await airlock(['offline', 'decode', '--encoded-token', text, '--otp-file', '-'], {
          stdin: otp,
        });
        expect(run.code).toBe(1);
        expect(run.out).toBe('');
      },
    ),
    { numRuns: 60 },
  );
});

test('an OTP and a key together, or neither, are refused: an attempt has one of the two', async () => {
  for (const args of [[], ['--otp-file', 'a', '--key-file', 'b']]) {
    const run = await airlock(['offline', 'decode', '--encoded-token', 'AAAA', ...args]);
    expect(run).toMatchObject({ code: 2, out: '' });
    expect(run.err).toContain('never both');
  }
});

const PASSPHRASE = 'correct horse battery';
test('a key made here opens what a server encrypts to it, under its passphrase only', async () => {
  const folder = join(newFolder(), 'key');
  const passphraseFile = join(newFolder(), 'passphrase');
  writeFileSync(passphraseFile, `${PASSPHRASE}\n`);
  const made = await airlock([
    'offline',
    'keygen',
    '--out',
    folder,
    '--passphrase-file',
    passphraseFile,
    '--json',
  ]);
  expect(made.code).toBe(0);
  const key = await parsePublicKey(readFileSync(join(folder, 'public.asc'), 'utf8'));
  expect(readFileSync(join(folder, 'public.b64'), 'utf8').trim()).toBe(pgpKeyField(key.binary));
  const token = `hvs.${body(24)}`;
  const text = toBase64(await encryptToKey(asciiBytes(token), key.binary));
  const keyFile = join(folder, 'private.asc');
  const decode = (...args: string[]) =>
    airlock(['offline', 'decode', '--encoded-token', text, '--key-file', keyFile, ...args]);
  expect(await decode('--passphrase-file', passphraseFile)).toMatchObject({ out: `${token}\n`, code: 0 });

  const wrong = join(newFolder(), 'wrong');
  writeFileSync(wrong, 'another passphrase\n');
  expect(await decode('--passphrase-file', wrong)).toMatchObject({
    out: '',
    code: 1,
    err: expect.stringContaining('passphrase'),
  });
  expect(await decode()).toMatchObject({
    out: '',
    code: 1,
    err: expect.stringContaining('--passphrase-file'),
  });
  const cut = await airlock([
    'offline',
    'decode',
    '--encoded-token',
    text.slice(0, -40),
    '--key-file',
    keyFile,
    '--passphrase-file',
    passphraseFile,
  ]);
  expect(cut).toMatchObject({ out: '', code: 1 });

  const share = `${'5a'.repeat(32)}07`;
  const shareFile = join(newFolder(), 'share');
  writeFileSync(shareFile, toBase64(await encryptToKey(asciiBytes(share), key.binary)));
  const opened = await airlock([
    'offline',
    'share',
    shareFile,
    '--key-file',
    keyFile,
    '--passphrase-file',
    passphraseFile,
    '--show',
    '--threshold',
    '3',
  ]);
  expect(opened).toMatchObject({ out: `${share}\n`, code: 0 });
  const whole = await airlock([
    'offline',
    'share',
    shareFile,
    '--key-file',
    keyFile,
    '--passphrase-file',
    passphraseFile,
    '--threshold',
    '1',
    '--json',
  ]);
  expect(whole).toMatchObject({ code: 1, json: { error: { code: 'length' } } });
}, 30_000);

test('an OTP is made as long as the server says', async () => {
  for (const length of [0, 24, 26, 28, 33, 35, 64]) {
    const run = await airlock(['offline', 'otp', '--length', String(length), '--json']);
    expect(run.code).toBe(0);
    const { otp, otpLength } = run.as(madeOtp);
    expect(otpLength).toBe(length);
    expect(parseOtp(otp, length).otpLength).toBe(length);
  }
  expect((await airlock(['offline', 'otp', '--length', 'many'])).code).toBe(2);
});

test('a share is checked without being shown', async () => {
  const share = `${'5a'.repeat(32)}07`;
  const checked = await airlock(['offline', 'share', '-', '--json'], { stdin: `${share}\n` });
  expect(checked.json).toEqual({ bytes: 33, encoding: 'hex', x: 7 });
  expect(checked.out + checked.err).not.toContain('5a5a');
  const short = await airlock(['offline', 'share', '-', '--threshold', '3'], { stdin: share.slice(2) });
  expect(short).toMatchObject({ code: 1, out: '' });
});

test('a secret that is there already is never written over: an open attempt may depend on it', async () => {
  const folder = newFolder();
  const otp = join(folder, 'otp.txt');
  expect((await airlock(['offline', 'otp', '--out', otp])).code).toBe(0);
  const first = readFileSync(otp, 'utf8');
  const again = await airlock(['offline', 'otp', '--out', otp, '--json']);
  expect(again).toMatchObject({ code: 1, json: { error: { code: 'file-exists' } } });
  expect(again.err).toContain(otp);
  expect(again.out + again.err).not.toContain(first.trim());
  expect(readFileSync(otp, 'utf8')).toBe(first);

  const passphraseFile = join(folder, 'passphrase');
  writeFileSync(passphraseFile, PASSPHRASE);
  const keys = join(folder, 'keys');
  const keygen = () =>
    airlock(['offline', 'keygen', '--out', keys, '--passphrase-file', passphraseFile, '--json']);
  expect((await keygen()).code).toBe(0);
  for (const name of ['private.asc', 'public.asc', 'public.b64']) {
    for (const other of readdirSync(keys)) if (other !== name) rmSync(join(keys, other));
    writeFileSync(join(keys, name), 'kept');
    const refused = await keygen();
    expect(refused.error).toMatchObject({
      code: 'file-exists',
      message: expect.stringContaining(join(keys, name)),
    });
    expect(readdirSync(keys)).toEqual([name]);
    expect(readFileSync(join(keys, name), 'utf8')).toBe('kept');
    rmSync(join(keys, name));
    expect((await keygen()).code).toBe(0);
  }
}, 60_000);

test("a ceremony's key takes no shorter passphrase than an identity does, asked for or from a file", async () => {
  const folder = newFolder();
  const keys = join(folder, 'keys');
  const args = ['offline', 'keygen', '--out', keys, '--json'];
  expect((await airlock(args, { answers: ['short', 'short'] })).error.code).toBe('weak-passphrase');
  writeFileSync(join(folder, 'short'), 'short\n');
  expect((await airlock([...args, '--passphrase-file', join(folder, 'short')])).error.code).toBe(
    'weak-passphrase',
  );
  expect((await airlock(args, { answers: [PASSPHRASE, `${PASSPHRASE}!`] })).error.code).toBe('not-confirmed');
  expect(existsSync(keys)).toBe(false);
  expect((await airlock(args, { answers: [PASSPHRASE, PASSPHRASE] })).code).toBe(0);
}, 30_000);
