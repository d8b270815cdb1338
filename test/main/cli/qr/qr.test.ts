import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runProgram } from '../../../../main/cli/command-runner';
import { processTerminal } from '../../../../main/cli/parts/terminal';
import { airlockProgram } from '../../../../main/cli/program';
import { writeQrPng } from '../../../../main/qr/qr-png';
import { urText } from '../../../../shared/qr/ur';
import { test as commandTest } from '../fixtures';
import { onTerminal } from '../on-terminal';

const test = commandTest.extend<{
  /** Runs `airlock qr ARGS`, and tells the exit code. */
  qr: (...args: string[]) => Promise<typeof process.exitCode>;
  /** Writes a message of that many bytes to `message.ur`. */
  message: (length: number) => Uint8Array;
}>({
  qr: async ({ streams: _ }, use) =>
    use(async (...args) => {
      const typed = ['qr', ...args];
      await runProgram(airlockProgram(processTerminal, typed), typed, processTerminal);
      return process.exitCode;
    }),
  message: async ({ at }, use) =>
    use((length) => {
      const bytes = new Uint8Array(length).map((_, i) => (i * 37) % 251);
      writeFileSync(at('message.ur'), urText(bytes));
      return bytes;
    }),
});

test('a long message goes out as pictures and comes back from their folder', async ({
  at,
  qr,
  message,
  streams,
}) => {
  const bytes = message(2000);
  await qr('show', at('message.ur'), '--png', at('png'));
  expect(readdirSync(at('png')).length).toBeGreaterThan(10);
  // Which files it wrote is said, and only those.
  expect(streams.err.trimEnd().split('\n')).toEqual(
    readdirSync(at('png')).map((name) => `Written  ${join(at('png'), name)}`),
  );
  expect(await qr('read', at('png'), '--out', at('back'))).toBeUndefined();
  expect(new Uint8Array(readFileSync(at('back')))).toEqual(bytes);
});

test('a moving GIF alone carries the message', async ({ at, qr, message, streams }) => {
  const bytes = message(1500);
  await qr('show', at('message.ur'), '--gif', at('message.gif'), '--fps', '10', '--density', '400');
  expect(streams.err).toBe(`Written  ${at('message.gif')}\n`);
  await qr('read', at('message.gif'));
  expect(streams.out.trim()).toBe(urText(bytes));
});

test('missing pictures are named, and the exit code says that there is no message', async ({
  at,
  qr,
  message,
  streams,
}) => {
  message(2000);
  await qr('show', at('message.ur'), '--png', at('png'));
  const pictures = readdirSync(at('png')).filter((name) => !/part-0[35]/.test(name));
  expect(await qr('read', ...pictures.map((name) => join(at('png'), name)))).toBe(1);
  expect(streams.err).toMatch(/parts 3, 5 of \d+ are missing/);
  expect(streams.out).toBe('');
});

test('a short message is one code in the terminal, black on white in any theme', async ({
  at,
  qr,
  message,
  streams,
}) => {
  message(100);
  await onTerminal({ columns: 200, rows: 100 }, {}, () => qr('show', at('message.ur')));
  const lines = streams.out.trimEnd().split('\n');
  expect(
    lines.every((line) => line.startsWith('\u001b[38;5;16;48;5;231m') && line.endsWith('\u001b[0m')),
  ).toBe(true);
  expect(lines[0]).toContain(' '.repeat(41));
});

test.for([{ NO_COLOR: '1' }, { VAULT_CLI_NO_COLOR: '1' }, { TERM: 'dumb' }])(
  'with %j a code in the terminal is drawn by blocks alone, and it is said on which ground they are right',
  async (env, { at, qr, message, streams }) => {
    message(100);
    await onTerminal({ columns: 200, rows: 100 }, env, () => qr('show', at('message.ur')));
    expect(streams.out).not.toContain('\u001b');
    // The white border is what is inked there.
    expect(streams.out.split('\n')[0]).toMatch(/^█{41,}$/);
    expect(streams.err).toMatch(/without colours, for light letters on a dark ground.*--png/s);
  },
);

test('without a terminal there is no colour, and a code is as it is on paper', async ({
  at,
  qr,
  message,
  streams,
}) => {
  message(100);
  await qr('show', at('message.ur'));
  expect(streams.out).not.toContain('\u001b');
  expect(streams.out.split('\n')[0]).toMatch(/^ {41,}$/);
  expect(streams.err).toBe('');
});

test('on a terminal that cannot be drawn over, the codes stand one below the other, and no secret is shown', async ({
  at,
  qr,
  message,
  streams,
}) => {
  message(2000);
  const size = { columns: 200, rows: 100 };
  await onTerminal(size, { TERM: 'dumb' }, () => qr('show', at('message.ur')));
  expect(streams.out).not.toContain('\u001b');
  expect(streams.out).toMatch(/Part 1 of (\d+)\n.*Part \1 of \1\n$/s);
  expect(streams.err).toContain('one below the other');
  writeFileSync(at('share'), 'ab'.repeat(33));
  streams.out = '';
  expect(await onTerminal(size, { TERM: 'dumb' }, () => qr('show', at('share'), '--secret'))).toBe(1);
  expect(streams.out).toBe('');
});

test('a file that might be a secret is shown only when said to be one, and never written as a picture', async ({
  at,
  qr,
  streams,
}) => {
  const share = 'ab'.repeat(33);
  writeFileSync(at('share'), share);
  expect(await qr('show', at('share'))).toBe(1);
  expect(streams.out).toBe('');
  expect(streams.err).toContain('--secret');
  expect(streams.err).not.toContain(share);
  expect(await qr('show', at('share'), '--secret', '--png', at('png'))).toBe(1);
  expect(streams.err).toContain('not written to a disk');
  process.exitCode = undefined;
  expect(await qr('show', at('share'), '--secret')).toBeUndefined();
  expect(streams.out).toContain('SECRET');
});

test('the bytes of another program’s UR come out of their wrapping', async ({ at, qr }) => {
  const content = new Uint8Array([1, 2, 3]);
  writeQrPng(at('bytes.png'), urText(new Uint8Array([0x43, ...content]), 'bytes'));
  await qr('read', at('bytes.png'), '--out', at('back'));
  expect(new Uint8Array(readFileSync(at('back')))).toEqual(content);
});

test('raw JSON has one line a picture, whatever its code holds', async ({ at, qr, streams }) => {
  writeQrPng(at('a.png'), 'https://example.org/?q=ü');
  writeFileSync(at('b.png'), 'no picture');
  await qr('read', '--raw', '--json', at('a.png'), at('b.png'), at('absent.png'));
  const lines: unknown[] = streams.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { file: at('a.png'), text: 'https://example.org/?q=ü' },
    { file: at('b.png'), error: expect.stringContaining('cannot be read as a picture') },
    { file: at('absent.png'), error: expect.stringContaining("can't be read (ENOENT)") },
  ]);
  expect(process.exitCode).toBeUndefined();
  expect(await qr('read', '--raw', '--json', at('b.png'))).toBe(1);
});

test.for([
  ['an unreadable number', ['--fps', 'fast'], /--fps takes a number/],
  ['a density no reader could take', ['--density', '5'], /--density takes a number from 150/],
] as const)('%s is refused', async ([_, flags, sentence], { at, qr, message, streams }) => {
  message(100);
  expect(await qr('show', at('message.ur'), ...flags)).toBe(2);
  expect(streams.err).toMatch(sentence);
});

test('a file that is no message is refused', async ({ at, qr, streams }) => {
  writeFileSync(at('noise'), new Uint8Array([0xff, 0xfe, 0, 1]));
  expect(await qr('show', at('noise'))).toBe(1);
  expect(streams.err).toMatch(/holds no Airlock message/);
  expect(await qr('show', at('absent'))).toBe(1);
  streams.out = '';
  expect(await qr('read', '--json', at('noise'))).toBe(1);
  expect(JSON.parse(streams.out)).toMatchObject({ error: { code: 'no-code' } });
});

test('where a terminal is too small for a code, its size and the one that is needed are said', async ({
  at,
  qr,
  message,
  streams,
}) => {
  message(400);
  expect(await onTerminal({ columns: 20, rows: 10 }, {}, () => qr('show', at('message.ur')))).toBe(1);
  expect(streams.err).toMatch(/terminal of 20 × 10 characters is too small for a code: it needs \d+ × \d+/);
});

test('a text that no code can hold is refused, and so are two messages for one file', async ({
  at,
  qr,
  streams,
}) => {
  writeFileSync(at('key.asc'), `-----BEGIN PGP PUBLIC KEY BLOCK-----\n${'x'.repeat(3000)}`);
  expect(await qr('show', at('key.asc'))).toBe(1);
  expect(streams.err).toContain('A text of 3037 characters does not fit a QR code');

  writeQrPng(at('one.png'), urText(new Uint8Array([1])));
  writeQrPng(at('two.png'), urText(new Uint8Array([2])));
  streams.out = '';
  expect(await qr('read', at('one.png'), at('two.png'), '--out', at('both'), '--json')).toBe(2);
  expect(JSON.parse(streams.out)).toMatchObject({
    error: { code: 'bad-option', message: expect.stringContaining('These pictures hold 2 messages') },
  });
  expect(readdirSync(at('.'))).not.toContain('both');
});
