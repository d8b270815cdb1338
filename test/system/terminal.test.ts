import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const airlock = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const create = `identity create --name Ada --role officer --home`;

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'airlock-terminal-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const shell = (command: string) => {
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

/** What the program makes of keys at a question on a real terminal. */
const keysAtQuestion = (keys: string, home: string) =>
  shell(
    `(sleep 2; printf '${keys}'; sleep 1) | script -qec "${process.execPath} ${airlock} ${create} ${join(work, home)}" /dev/null`,
  );

test('a reader that goes away after its first line ends the command line quietly', () => {
  // The reader is gone before the first line is written.
  const { status, stderr } = shell(`(sleep 0.2; ${process.execPath} ${airlock} --help) | true`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('output that a full disk does not take is one sentence, and a failure', () => {
  const { status, stderr } = shell(`${process.execPath} ${airlock} --help > /dev/full`);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Standard output can't be written \(ENOSPC\)[^\n]*\n$/);
});

test('standard error that a full disk does not take leaves the exit code of the failure', () => {
  expect(shell(`${process.execPath} ${airlock} offlin 2> /dev/full`).status).toBe(2);
});

test('Ctrl-C at a hidden question ends with 130', () => {
  const { status, stdout } = keysAtQuestion('abc\\003', 'c');
  expect(status).toBe(130);
  expect(stdout).toContain('Stopped by Ctrl-C');
  expect(stdout).not.toContain('abc');
});

test('Ctrl-D at a hidden question is said to be what ended it', () => {
  const { status, stdout } = keysAtQuestion('\\004', 'd');
  expect(status).toBe(1);
  expect(stdout).toContain('without an answer (Ctrl-D)');
});
