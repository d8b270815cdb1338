import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { variables } from '../../main/cli/environment';
import { airlock } from '../main/cli/fake-terminal';

let work = '';
const scripts: Record<string, string> = {};
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'airlock-completion-'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    scripts[shell] = join(work, shell);
    writeFileSync(join(work, shell), (await airlock(['completion', shell])).out);
  }
  writeFileSync(join(work, 'airlock.1'), (await airlock(['man'])).out);
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What a program prints to either stream. */
function printed(command: string, args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd: work });
  if (error) throw error;
  return `${stdout}${stderr}`;
}

/** What bash would offer for the last of these words. */
const offeredByBash = (...words: string[]): string[] =>
  printed('bash', [
    '--norc',
    '-c',
    `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _airlock; printf '%s\\n' "\${COMPREPLY[@]}"`,
    'bash',
    scripts['bash'] ?? '',
    'airlock',
    ...words,
  ])
    .split('\n')
    .filter((line) => line !== '');

test.each([
  [['onl'], ['online']],
  [
    ['online', 'st'],
    ['status', 'start'],
  ],
  [['offline', 'keygen', '--alg'], ['--algorithm']],
  [['offline', 'keygen', '--algorithm', 'cur'], ['curve25519']],
  [
    ['offline', 'otp', '--format', '='],
    ['table', 'json', 'yaml'],
  ],
  [['offline', 'otp', '--format', '=', 'y'], ['yaml']],
  // Where a file is wanted, nothing is offered, and bash goes on with files.
  [['online', 'start', '--out', 'x'], []],
])('bash completes airlock %j', (words, offered) => {
  expect(offeredByBash(...words)).toEqual(offered);
});

test.each([
  ['airlock onl', ['online']],
  ['airlock online st', ['start', 'status']],
  ['airlock offline keygen --alg', ['--algorithm']],
  ['airlock offline otp --format ', ['json', 'table', 'yaml']],
])('fish completes “%s”', (line, offered) => {
  const lines = printed('fish', [
    '--no-config',
    '-c',
    'source $argv[1]; complete -C $argv[2]',
    scripts['fish'] ?? '',
    line,
  ]);
  expect(
    lines
      .trim()
      .split('\n')
      .map((each) => each.split('\t')[0])
      .sort(),
  ).toEqual(offered);
});

test.each(['bash', 'zsh', 'fish'])('%s takes its script without a word', (shell) => {
  expect(printed(shell, ['-n', scripts[shell] ?? ''])).toBe('');
});

test('zsh loads its script, and knows then how airlock is completed', () => {
  expect(
    printed('zsh', [
      '-f',
      '-c',
      'autoload -U compinit; compinit -D; source "$1"; echo $_comps[airlock]',
      'zsh',
      scripts['zsh'] ?? '',
    ]),
  ).toBe('_airlock\n');
});

test('another shell is refused', async () => {
  expect((await airlock(['completion', 'csh'])).code).toBe(2);
});

test('the manual page has nothing that its checker warns of, and names every command and variable', () => {
  expect(printed('mandoc', ['-Tlint', 'airlock.1'])).toBe('');
  const page = printed('mandoc', ['-Tascii', '-O', 'width=200', 'airlock.1']).replace(/.\u0008/g, '');
  for (const command of ['offline keygen', 'online status', 'completion <shell>'])
    expect(page).toContain(`airlock ${command}`);
  for (const { names } of variables) for (const name of names) expect(page).toContain(name);
});
