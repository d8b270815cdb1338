import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect } from 'vitest';
import { runProgram } from '../../../main/cli/command-runner';
import { openHome } from '../../../main/store/home';
import { holdHome } from '../../../main/store/home-lock';
import { parseJournal } from '../../../shared/transcript/journal-line';
import { airlock, FakeTerminal, Run } from './fake-terminal';
import { test as commandTest } from './fixtures';

const test = commandTest.extend<{
  /** The home of an operator, with a command that signs there, and its journal. */
  adas: {
    readonly home: string;
    show(name: string): Promise<Run>;
    journal(): ReturnType<typeof parseJournal>;
  };
}>({
  adas: async ({ at, home, signing, create }, use) => {
    expect((await create('Ada', 'operator')).code).toBe(0);
    await use({
      home,
      show: (name) => airlock(['identity', 'show', ...signing, '--out', at(name)]),
      journal: () => parseJournal(new Uint8Array(readFileSync(join(home, 'journal.jsonl')))),
    });
  },
});

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

test('what was typed as it must be and fails all the same exits with 1, and help with 0', async ({ at }) => {
  expect((await airlock(['offline', 'share', at('absent')])).code).toBe(1);
  expect((await airlock(['offline', '--help'])).code).toBe(0);
});

test('a place that the system will not give is named with what to do, and is no fault of the program', async ({
  folder: dir,
}) => {
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

test('a command at work in a home keeps another out of it, which writes nothing and says who is there', async ({
  adas: { home, show, journal },
}) => {
  const before = journal().length;
  const lock = holdHome(openHome(home), 'the Airlock app');
  try {
    const refused = await show('refused.ur');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain(`The home ${home} is in use by the Airlock app (process ${process.pid},`);
    expect(journal()).toHaveLength(before);
    // It only looks.
    expect((await airlock(['identity', 'list', '--home', home])).code).toBe(0);
  } finally {
    lock.release();
  }
  expect((await show('shown.ur')).code).toBe(0);
});

test('commands that are given at once work one after the other, and a command that fails gives the home back', async ({
  adas: { home, show, journal },
}) => {
  const before = journal().length;
  const runs = await Promise.all(['one', 'two', 'three', 'four'].map((name) => show(`${name}.ur`)));
  expect(runs.map(({ code, err }) => [code, err])).toEqual(runs.map(({ err }) => [0, err]));
  expect(journal()).toHaveLength(before + 4);
  expect((await airlock(['identity', 'remove', 'Nobody', '--home', home])).code).toBe(1);
  expect((await show('five.ur')).code).toBe(0);
});
