import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { variables } from '../../../main/cli/environment';
import { airlock } from './fake-terminal';

const root = resolve(import.meta.dirname, '../../..');
const known = new Set(variables.flatMap(({ names }) => names));

const words = { acts: 'acts', ignored: 'does nothing', refused: 'refused' } as const;

test('docs/environment.md has every variable, as the program knows it', () => {
  const rows = variables.map(
    ({ names, effect, what }) =>
      `| ${names.map((name) => `\`${name}\``).join(', ')} | ${words[effect]} | ${what} |`,
  );
  const text = readFileSync(join(root, 'docs/environment.md'), 'utf8');
  expect(text.split('\n').filter((line) => /^\| `/.test(line))).toEqual(rows);
});

test.each([[['environment']], [['help', 'environment']], [['environment', '-h']]])(
  'airlock %j prints every variable',
  async (args) => {
    const { code, out } = await airlock(args);
    expect(code).toBe(0);
    for (const { names, what } of variables)
      expect(out).toMatch(new RegExp(`${names.join(', ')} +${what.slice(0, 20)}`));
  },
);

test('the variables are printed for programs, too', async () => {
  expect((await airlock(['environment', '-format=json'])).json).toEqual({ variables });
});

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (path.endsWith('.ts')) yield path;
  }
}

test('every variable that a source names is in the list', () => {
  const named = ['main', 'shared']
    .flatMap((folder) => [...sources(join(root, folder))])
    .flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/\b(?:AIRLOCK|VAULT|BAO|XDG)_[A-Z_]*[A-Z]\b|\bNO_COLOR\b/g),
    ])
    .map(([name]) => name);
  expect(named.length).toBeGreaterThan(20);
  expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
});
