import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { runProgram } from '../../../main/cli/command-runner';
import { newFolder } from '../online/stage';
import { airlock, FakeTerminal, Run } from './fake-terminal';

test.each([
  ['nothing at all', []],
  ['an unknown command', ['frobnicate']],
  ['an unknown step', ['offline', 'frobnicate']],
  ['an unknown flag', ['offline', 'otp', '--colour']],
  ['a missing argument', ['offline', 'share']],
  ['a missing option', ['offline', 'keygen']],
  ['a value that the option does not have', ['offline', 'keygen', '--out', 'x', '--algorithm', 'rot13']],
  ['a number out of bounds', ['offline', 'otp', '--length', '999']],
  ['a rehearsal on a server without its shares', ['rehearse', '--server', 'http://127.0.0.1:1']],
  ['a rehearsal with no number of shares', ['rehearse', '--shares', 'many']],
  [
    'standard input for two things',
    ['offline', 'decode', '--encoded-token', 'A', '--otp-file', '-', '--key-file', '-'],
  ],
])('%s exits with 2, in one sentence', async (_, args) => {
  const run = await airlock(args);
  expect(run).toMatchObject({ code: 2, out: '' });
  expect(run.err.trimEnd().split('\n')).toHaveLength(1);
  expect((await airlock([...args, '--json'])).error.code).toMatch(/^[a-z-]+$/);
});

test('what was typed as it must be and fails all the same exits with 1, and help with 0', async () => {
  expect((await airlock(['offline', 'share', join(newFolder(), 'absent')])).code).toBe(1);
  expect((await airlock(['offline', '--help'])).code).toBe(0);
});

test('a place that the system will not give is named with what to do, and is no fault of the program', async () => {
  const dir = newFolder();
  writeFileSync(join(dir, 'file'), '');
  mkdirSync(join(dir, 'folder'));
  const attempts: [string, () => unknown][] = [
    ['ENOENT', () => writeFileSync(join(dir, 'absent', 'x'), '')],
    ['ENOTDIR', () => writeFileSync(join(dir, 'file', 'x'), '')],
    ['EISDIR', () => writeFileSync(join(dir, 'folder'), '')],
    ['EEXIST', () => mkdirSync(join(dir, 'file'))],
    ...['EACCES', 'EROFS', 'ENOSPC', 'EDQUOT'].map((code): [string, () => unknown] => [
      code,
      () => {
        throw Object.assign(new Error(code), { code, syscall: 'open', path: join(dir, 'x.1234567890') });
      },
    ]),
  ];
  for (const [code, work] of attempts) {
    const program = new Command('airlock');
    program
      .command('work')
      .option('--json')
      .action(() => void work());
    const terminal = new FakeTerminal();
    await runProgram(program, ['work', '--json'], terminal);
    const { err, code: exit } = terminal;
    expect(exit).toBe(1);
    expect(err).toContain(`(${code})`);
    expect(err).toContain(dir);
    expect(err).not.toMatch(/Airlock itself|report|1234567890/);
    expect(new Run(terminal).error.code).toBe('unusable-path');
  }
});
