import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runProgram } from '../../../../main/cli/command-runner';
import { processTerminal } from '../../../../main/cli/parts/terminal';
import { registerQr } from '../../../../main/cli/qr/qr';
import { writeQrPng } from '../../../../main/qr/qr-png';
import { urText } from '../../../../shared/qr/ur';

let folder: string;
let out: string;
let err: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-qr-'));
  out = '';
  err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const at = (name: string) => join(folder, name);

async function airlock(...args: string[]): Promise<typeof process.exitCode> {
  const program = new Command();
  registerQr(program);
  await runProgram(program, ['qr', ...args], processTerminal);
  return process.exitCode;
}

function message(length: number): Uint8Array {
  const bytes = new Uint8Array(length).map((_, i) => (i * 37) % 251);
  writeFileSync(at('message.ur'), urText(bytes));
  return bytes;
}

test('a long message goes out as pictures and comes back from their folder', async () => {
  const bytes = message(2000);
  await airlock('show', at('message.ur'), '--png', at('png'));
  expect(readdirSync(at('png')).length).toBeGreaterThan(10);
  // Which files it wrote is said, and only those.
  expect(err.trimEnd().split('\n')).toEqual(
    readdirSync(at('png')).map((name) => `Written  ${join(at('png'), name)}`),
  );
  expect(await airlock('read', at('png'), '--out', at('back'))).toBeUndefined();
  expect(new Uint8Array(readFileSync(at('back')))).toEqual(bytes);
});

test('a moving GIF alone carries the message', async () => {
  const bytes = message(1500);
  await airlock('show', at('message.ur'), '--gif', at('message.gif'), '--fps', '10', '--density', '400');
  expect(err).toBe(`Written  ${at('message.gif')}\n`);
  await airlock('read', at('message.gif'));
  expect(out.trim()).toBe(urText(bytes));
});

test('missing pictures are named, and the exit code says that there is no message', async () => {
  message(2000);
  await airlock('show', at('message.ur'), '--png', at('png'));
  const pictures = readdirSync(at('png')).filter((name) => !/part-0[35]/.test(name));
  expect(await airlock('read', ...pictures.map((name) => join(at('png'), name)))).toBe(1);
  expect(err).toMatch(/parts 3, 5 of \d+ are missing/);
  expect(out).toBe('');
});

test('a short message is one code in the terminal, black on white in any theme', async () => {
  message(100);
  await airlock('show', at('message.ur'));
  const lines = out.trimEnd().split('\n');
  expect(
    lines.every((line) => line.startsWith('\u001b[38;5;16;48;5;231m') && line.endsWith('\u001b[0m')),
  ).toBe(true);
  expect(lines[0]).toContain(' '.repeat(41));
});

test('a file that might be a secret is shown only when said to be one, and never written as a picture', async () => {
  const share = 'ab'.repeat(33);
  writeFileSync(at('share'), share);
  expect(await airlock('show', at('share'))).toBe(1);
  expect(out).toBe('');
  expect(err).toContain('--secret');
  expect(err).not.toContain(share);
  expect(await airlock('show', at('share'), '--secret', '--png', at('png'))).toBe(1);
  expect(err).toContain('not written to a disk');
  process.exitCode = undefined;
  expect(await airlock('show', at('share'), '--secret')).toBeUndefined();
  expect(out).toContain('SECRET');
});

test('the bytes of another program’s UR come out of their wrapping', async () => {
  const content = new Uint8Array([1, 2, 3]);
  writeQrPng(at('bytes.png'), urText(new Uint8Array([0x43, ...content]), 'bytes'));
  await airlock('read', at('bytes.png'), '--out', at('back'));
  expect(new Uint8Array(readFileSync(at('back')))).toEqual(content);
});

test('raw JSON has one line a picture, whatever its code holds', async () => {
  writeQrPng(at('a.png'), 'https://example.org/?q=ü');
  writeFileSync(at('b.png'), 'no picture');
  await airlock('read', '--raw', '--json', at('a.png'), at('b.png'), at('absent.png'));
  const lines: unknown[] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toEqual([
    { file: at('a.png'), text: 'https://example.org/?q=ü' },
    { file: at('b.png'), error: expect.stringContaining('cannot be read as a picture') },
    { file: at('absent.png'), error: expect.stringContaining('cannot be opened') },
  ]);
  expect(process.exitCode).toBeUndefined();
  expect(await airlock('read', '--raw', '--json', at('b.png'))).toBe(1);
});

test.each([
  ['an unreadable number', ['--fps', 'fast'], /--fps takes a number/],
  ['a density no reader could take', ['--density', '5'], /--density takes a number from 150/],
])('%s is refused', async (_, flags, sentence) => {
  message(100);
  expect(await airlock('show', at('message.ur'), ...flags)).toBe(2);
  expect(err).toMatch(sentence);
});

test('a file that is no message is refused', async () => {
  writeFileSync(at('noise'), new Uint8Array([0xff, 0xfe, 0, 1]));
  expect(await airlock('show', at('noise'))).toBe(1);
  expect(err).toMatch(/holds no Airlock message/);
  expect(await airlock('show', at('absent'))).toBe(1);
  out = '';
  expect(await airlock('read', '--json', at('noise'))).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ error: { code: 'no-code' } });
});
