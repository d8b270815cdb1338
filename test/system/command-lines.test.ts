import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const airlock = join(root, 'dist/cli/airlock.cjs');

/** What `--help` says of each command that was asked for, by its words. */
const helps = new Map<string, Promise<string>>();

function helpOf(words: readonly string[]): Promise<string> {
  if (!existsSync(airlock)) throw new Error(`${airlock} is missing: run npm run build first.`);
  const key = words.join(' ');
  const help =
    helps.get(key) ?? run(process.execPath, [airlock, ...words, '--help']).then(({ stdout }) => stdout);
  helps.set(key, help);
  return help;
}

const subcommandsOf = (help: string): string[] => {
  const [, list = ''] = help.split('\nCommands:\n');
  return [...list.matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name = '']) => name);
};

/** Command lines of a document: in code marks or blocks, one an entry, without comments. */
function commandLines(text: string): string[] {
  const blocks = [...text.matchAll(/```\w*\n([\s\S]*?)```/g)].flatMap(([, block = '']) => block.split('\n'));
  const inline = [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`(airlock [^`]+)`/g)].map(
    ([, code = '']) => code,
  );
  const all = [...blocks, ...inline].map((line) =>
    line
      .replace(/\s+#.*$/, '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return [...new Set(all.filter((line) => line.startsWith('airlock ')))];
}

/** What is wrong with a command line: a command or an option that does not exist. */
async function faultsOf(line: string): Promise<string[]> {
  const words = line.split(' ').slice(1);
  const path: string[] = [];
  for (const word of words) {
    const names = subcommandsOf(await helpOf(path));
    if (names.length === 0 || word === '…' || word.startsWith('-')) break;
    if (!names.includes(word)) return [`no command “${[...path, word].join(' ')}”`];
    path.push(word);
  }
  const help = await helpOf(path);
  const options = words.filter((word) => /^--?[a-z]/.test(word));
  return options
    .filter((option) => !new RegExp(`(^|[ ,])${option}\\b`, 'm').test(help))
    .map((o) => `no ${o}`);
}

const inDocument = (name: string): string[] => commandLines(readFileSync(join(root, name), 'utf8'));

describe('the command lines in documents', () => {
  test.each(['README.md', 'CONTRIBUTING.md'])(
    'of %s are commands and options that exist',
    async (name) => {
      const lines = inDocument(name);
      expect(lines.length).toBeGreaterThan(0);
      const faults = await Promise.all(
        lines.map(async (line) => (await faultsOf(line)).map((fault) => `${line}: ${fault}`)),
      );
      expect(faults.flat()).toEqual([]);
    },
    // Each is a program to start, and the machine may be busy.
    5 * 60_000,
  );

  test('would be noticed if they did not exist', async () => {
    expect(await faultsOf('airlock offline otp --no-such 28')).toEqual(['no --no-such']);
    expect(await faultsOf('airlock offline guess')).toEqual(['no command “offline guess”']);
  });
});
