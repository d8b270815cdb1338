import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import { serverOptionsFromEnv } from '../../../main/online/server/environment';
import { readQrImage } from '../../../main/qr/read-image';
import { checkKeyForServer, parsePublicKey } from '../../../shared/openpgp/public-key';
import { withCardText } from '../../../shared/share/card-pdf';
import {
  caseBytes,
  caseFile,
  codeCases,
  keyCases,
  pictureCases,
  shareCases,
  shareHex,
} from '../../cases/read';
import { airlock } from './fake-terminal';
import { test } from './fixtures';

const shown = z.object({ share: z.string() });

describe('a share as people have it, in a file', () => {
  test.for(shareCases)('$file', async ({ file, refused }) => {
    for (const around of [{}, { stdin: caseBytes(file) }]) {
      const from = 'stdin' in around ? '-' : caseFile(file);
      const run = await airlock(['offline', 'share', from, '--show', '--json'], around);
      if (refused === null) expect(run.as(shown).share).toBe(shareHex);
      else {
        expect([run.code, run.error.code]).toEqual([1, refused[0]]);
        expect(run.error.message).toMatch(refused[1]);
        expect(run.out + run.err).not.toContain(shareHex.slice(0, 12));
      }
    }
  });
});

describe('a share that was encrypted to a PGP key, with that key', () => {
  test.for(keyCases)('$key opens $share, or is named', async ({ key, share, result }) => {
    const args = ['--key-file', caseFile(`keys/${key}`), '--show', '--json'];
    // Only one of these keys has a passphrase: for the others, nobody is there to be asked.
    if (key.startsWith('pass.')) args.push('--passphrase-file', caseFile('pgp-shares/pp.txt'));
    const run = await airlock(['offline', 'share', caseFile(`pgp-shares/${share}`), ...args]);
    if (run.code === 0) expect(run.as(shown).share).toBe(result);
    else expect(run.error.code).toBe(result);
  });

  test('says of the public half that it is that, and before a passphrase is asked for', async () => {
    const run = await airlock(
      [
        'offline',
        'share',
        caseFile('pgp-shares/ed.b64'),
        '--key-file',
        caseFile('keys/ed.pub.asc'),
        '--json',
      ],
      { answers: ['never asked'] },
    );
    expect(run.error.message).toContain('public half');
  });
});

describe('a public key for a server', () => {
  const now = new Date();
  test('of two different keys neither is taken', async () => {
    await expect(parsePublicKey(caseBytes('keys/ed.two-blocks.pub.asc'))).rejects.toMatchObject({
      code: 'several-keys',
    });
  });
  test.for(['ed.pub.asc', 'dsa.pub.asc'])('%s is one', async (name) => {
    const { binary } = await parsePublicKey(caseBytes(`keys/${name}`));
    await expect(checkKeyForServer(binary, now)).resolves.toBeUndefined();
  });
});

describe('an encoded token', () => {
  const tokenOf = (text: string, ...args: string[]) =>
    airlock(['offline', 'decode', '--encoded-token', text, ...args, '--json']);
  const token = z.object({ token: z.string().regex(/^hvs\.[A-Za-z0-9]{24}$/) });

  test('out of the JSON that the server answered, by key and by password', async ({ folder }) => {
    const json = Buffer.from(caseBytes('tokens/pgp-ed.json')).toString();
    const run = await tokenOf(json, '--key-file', caseFile('keys/ed.sec.asc'));
    expect(run.as(token).token).toMatch(/^hvs\./);
    const otpJson = Buffer.from(caseBytes('tokens/otp.json')).toString();
    const otp = join(folder, 'otp');
    writeFileSync(otp, z.object({ _otp: z.string() }).parse(JSON.parse(otpJson))._otp);
    const byOtp = (await tokenOf(otpJson, '--otp-file', otp)).as(token);
    // The table of the command line holds the same password.
    const table = caseFile('tokens/otp-table.txt');
    expect((await tokenOf(otpJson, '--otp-file', table)).as(token)).toEqual(byOtp);
  });

  test('wrapped at 76 columns, quoted, or from standard input, opens as well', async () => {
    const { encoded_token } = z
      .object({ encoded_token: z.string() })
      .parse(JSON.parse(Buffer.from(caseBytes('tokens/pgp-ed.json')).toString()));
    const wrapped = encoded_token.replace(/.{76}/g, '$&\r\n');
    const key = ['--key-file', caseFile('keys/ed.sec.asc')];
    for (const text of [wrapped, `“${encoded_token}”,`, wrapped.replace(/^/gm, '> ')])
      expect((await tokenOf(text, ...key)).code).toBe(0);
    const run = await airlock(['offline', 'decode', '--encoded-token', '-', ...key], { stdin: wrapped });
    expect(run.out).toMatch(/^hvs\.[A-Za-z0-9]{24}\n$/);
  });

  test('that is a token itself is recognised, and not printed', async () => {
    const secret = 'hvs.FP1E4p5wwDzn7hr6O9DsfbTm';
    const run = await tokenOf(secret, '--key-file', caseFile('keys/ed.sec.asc'));
    expect(run.error).toMatchObject({ code: 'token-in-clear' });
    expect(run.error.message).toContain('revoked');
    expect(run.out + run.err).not.toContain(secret);
  });
});

describe('a token for a server', () => {
  const status = (file: string) =>
    airlock(['online', 'status', '--server', 'http://127.0.0.1:9', '--server-token-file', file, '--json']);

  test('in quotes is taken without them; a table is refused here', async () => {
    // Port 9 answers nobody: whatever gets as far as that was taken for a token.
    const quoted = await status(caseFile('token-files/quoted'));
    expect(quoted.error.code).not.toBe('not-a-token');
    const table = await status(caseFile('token-files/table'));
    expect(table.error.code).toBe('not-a-token');
    expect(table.out + table.err).not.toContain('hvs.');
  });

  test('from the environment has the form of one, too', () => {
    for (const text of ['"hvs.x"', '{"token":"x"}', 'token    hvs.x', 'a b', 'Token: x'])
      expect(() => serverOptionsFromEnv({ VAULT_ADDR: 'https://a', VAULT_TOKEN: text })).toThrow(
        expect.objectContaining({ code: 'not-a-token' }),
      );
  });
});

describe('a picture', () => {
  test.for(pictureCases)('%s is read, all codes in it', async ([file, codes, holds]) => {
    const texts = await readQrImage(caseBytes(`qr/${file}`));
    expect(texts).toHaveLength(codes);
    expect(texts[0]?.startsWith(holds)).toBe(true);
  });

  test('of another code is no share, and one of a share is', async ({ folder }) => {
    const add = (file: string) => airlock(['identity', 'add', file, '--home', join(folder, 'h'), '--json']);
    for (const file of ['foreign-url1.png', 'foreign-wifi.png'])
      expect((await add(caseFile(`qr/${file}`))).error.code).toBe('no-message');
    for (const file of ['m-page6.png', 'card-150-1bit.png'])
      expect((await add(caseFile(`qr/${file}`))).error.code).toBe('plain-share');
  });

  test('of a format that is not read is named, and what to save it as', async ({ folder }) => {
    const add = (file: string) => airlock(['identity', 'add', file, '--home', join(folder, 'h'), '--json']);
    expect((await add(caseFile('qr/scan-g4.tiff'))).error.message).toMatch(/TIFF.*PNG/);
    const heads = { HEIC: 'ftypheic', AVIF: 'ftypavif', 'JPEG 2000': 'jP  \r\n\u0087\n' };
    mkdirSync(join(folder, 'pictures'));
    for (const [name, head] of Object.entries(heads)) {
      const file = join(folder, 'pictures', name);
      writeFileSync(file, Buffer.from(`\0\0\0\u0020${head}${'\0'.repeat(40)}`, 'latin1'));
      expect((await add(file)).error.message).toMatch(new RegExp(`${name}.*(PNG|JPEG)`));
    }
    writeFileSync(join(folder, 'page.pdf'), '%PDF-1.4\n%\u00e2\u00e3');
    expect((await add(join(folder, 'page.pdf'))).error.message).toMatch(/PDF.*PNG/);
  });
});

describe('a share card, as a file', () => {
  test('is read where the share is asked for: its picture, and the PDF that Airlock made', async ({
    folder,
  }) => {
    const pdf = join(folder, 'card.pdf');
    writeFileSync(pdf, withCardText(Buffer.from('%PDF-1.4\n%%EOF\n'), shareHex.toUpperCase()));
    for (const file of [pdf, caseFile('qr/m-page6.png'), caseFile('qr/card-150-1bit.png')]) {
      const run = await airlock(['offline', 'share', file, '--show']);
      expect(run.out).toContain(shareHex);
    }
    const other = join(folder, 'other.pdf');
    writeFileSync(other, '%PDF-1.4\n%%EOF\n');
    expect((await airlock(['offline', 'share', other, '--json'])).error.message).toMatch(/PDF.*PNG/);
  });
});

describe('the text of a code', () => {
  const add = (where: readonly string[], file: string, around = {}) =>
    airlock(['identity', 'add', file, ...where, '--words', 'none', '--json'], around);

  test.for(codeCases)('%s holds the message', async (name, { create, signing }) => {
    await create('Otto', 'operator');
    // It is a message of another kind than the command takes: so it was understood.
    for (const [file, around] of [
      [caseFile(`ur/${name}`), {}],
      ['-', { stdin: caseBytes(`ur/${name}`) }],
    ] as const) {
      const { error } = await add(signing, file, around);
      expect(['not-an-identity', 'not-confirmed']).toContain(error.code);
    }
  });

  test('from a scanner for another keyboard blames the layout', async ({ folder }) => {
    const { error } = await add(['--home', join(folder, 'home')], caseFile('ur/azerty.ur'));
    expect(error.message).toContain('keyboard layout');
  });
});
