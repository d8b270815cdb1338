import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterEach, beforeEach, describe, expect, vi } from 'vitest';
import { runProgram } from '../../../main/cli/command-runner';
import { airlockProgram, wholeProgram } from '../../../main/cli/program';
import { writeQrFiles } from '../../../main/qr/qr-files';
import { bin, scripts } from '../../../package.json';
import { asciiBytes, toBase64 } from '../../../shared/bytes';
import { lockPrivateKey, makeKeyPair } from '../../../shared/openpgp/key-pair';
import { encryptToKey } from '../../../shared/openpgp/sealed-to-self';
import { urText } from '../../../shared/qr/ur';
import { encodeToken } from '../../../shared/token/encoded-token';
import { generateOtp } from '../../../shared/token/otp';
import { airlock, FakeTerminal } from './fake-terminal';
import { PASSPHRASE, test } from './fixtures';
import { allCommands, commandOf, isNameOnly, namedIn, optionOf, refusalOf } from './shown-command';

const root = resolve(import.meta.dirname, '../../..');
const documents = ['README.md', 'CONTRIBUTING.md'];

/** A command line that a document shows. */
interface Shown {
  readonly line: string;
  /** What stands behind `#`. */
  readonly comment: string;
  readonly fenced: boolean;
}

const shownIn = (document: string): Shown[] => {
  const text = readFileSync(join(root, document), 'utf8');
  const fences = [...text.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, body = '']) => body);
  const prose = text.replace(/^```\w*\n.*?^```$/gms, '');
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/\s+/g, ' '));
  const parts = (line: string): string[] => line.split(' && ').map((part) => part.trim());
  return [
    ...fences
      .flatMap((body) => body.split('\n'))
      .flatMap((whole) => {
        const [line = '', comment = ''] = whole.split(/\s+#\s+/);
        return parts(line).map((part) => ({ line: part, comment, fenced: true }));
      }),
    ...inline.flatMap((code) => parts(code).map((line) => ({ line, comment: '', fenced: false }))),
  ];
};

const shown = documents.flatMap(shownIn);
const wordsOf = (line: string): string[] => line.split(/\s+/);
const airlockLines = shown.filter(({ line }) => /^(npx )?airlock( |$)/.test(line));
const wordsAfterAirlock = (line: string): string[] =>
  wordsOf(line.replace(/^(npx )?airlock ?/, '')).filter((word) => word !== '' && word !== '…');

describe('a command line in README and CONTRIBUTING', () => {
  test('is found, so that the tests below test something', () => {
    expect(airlockLines.filter(({ fenced }) => fenced).length).toBeGreaterThanOrEqual(10);
    expect(airlockLines.filter(({ fenced }) => !fenced).length).toBeGreaterThanOrEqual(8);
  });

  test.each(airlockLines)('“$line” is one that the program takes', async ({ line, comment, fenced }) => {
    const words = wordsAfterAirlock(line);
    const { command } = await commandOf(words);
    // Prose names a command without what it needs; “airlock …” says that there are commands.
    if (fenced || !(words.length === 0 || (await isNameOnly(words))))
      expect(await refusalOf(words)).toBeNull();
    for (const [flag] of comment.matchAll(/--[a-z-]+/g)) expect(optionOf(command, flag)?.long).toBe(flag);
  });

  test('names no option that no command has', async () => {
    const known = new Set(
      [...allCommands(await wholeProgram(new FakeTerminal()))].flatMap(({ options }) =>
        options.map(({ long }) => long),
      ),
    );
    const alone = shownIn('README.md').filter(({ line, fenced }) => !fenced && line.startsWith('--'));
    expect(alone.length).toBeGreaterThan(2);
    for (const { line } of alone) {
      for (const [flag] of line.matchAll(/--[a-z-]+/g))
        expect([flag, flag === '--help' || known.has(flag)]).toEqual([flag, true]);
    }
  });

  test('that is for npm names a script, and for npx a program, and the files in it are there', async () => {
    const lines = shown
      .map(({ line }) => line.replace(/^(\w+=\S+ )+/, ''))
      .filter((line) => /^(npm|npx) /.test(line));
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) {
      const [tool, ...rest] = wordsOf(line);
      const [first = ''] = rest;
      const name = first === 'run' ? (rest[1] ?? '') : first;
      const provided =
        tool === 'npx'
          ? name in bin || existsSync(join(root, 'node_modules/.bin', name))
          : name === 'ci' || name in scripts;
      expect([line, provided]).toEqual([line, true]);
      // What stands after `--` goes to the command that the script runs.
      if (name === 'rehearse') expect(await refusalOf(['rehearse', ...after(rest, '--')])).toBeNull();
      for (const path of rest.filter((word) => /^(test|main|shared)\/.*\.ts$/.test(word)))
        expect([path, existsSync(join(root, path))]).toEqual([path, true]);
    }
  });
});

/** The words after a word; none where it isn't there. */
const after = (words: readonly string[], word: string): string[] =>
  words.includes(word) ? words.slice(words.indexOf(word) + 1) : [];

/**
 * Every text in a source: strings, templates with `…` for what they fill in, and what stands between JSX
 * tags.
 */
function textsIn(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node))
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…'));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

const sourcesUnder = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourcesUnder(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });

test('every command that a sentence of the program names is one that it takes, with these options', async () => {
  const sentences = ['main', 'renderer', 'shared']
    .flatMap((folder) => sourcesUnder(join(root, folder)))
    .flatMap(textsIn)
    // A tag that goes into a hash is no command.
    .filter((text) => !/^airlock [a-z ]+ v\d+$/.test(text))
    .flatMap((text) => [...text.matchAll(/\bairlock (?=[a-z…-])(.*)/gs)].map(([, after = '']) => after));
  const named = (await Promise.all(sentences.map(namedIn))).filter(
    (words) => words.length > 0 && words[0] !== '…',
  );
  expect(named.length).toBeGreaterThan(20);
  const refused: string[] = [];
  for (const words of named) {
    const refusal = (await isNameOnly(words)) ? null : await refusalOf(words);
    if (refusal !== null) refused.push(`airlock ${words.join(' ')}: ${refusal}`);
  }
  expect(refused).toEqual([]);
});

test('every command has a help of its own', async () => {
  for (const command of allCommands(await wholeProgram(new FakeTerminal()))) {
    const path: string[] = [];
    for (let each: typeof command | null = command; each?.parent; each = each.parent)
      path.unshift(each.name());
    const { code, out } = await airlock([...path, '--help']);
    expect([path, code, out.includes(`Usage: ${['airlock', ...path].join(' ')}`)]).toEqual([path, 0, true]);
  }
});

describe('a single step that README shows', () => {
  let written = '';
  beforeEach(() => {
    written = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written += text;
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  /** Files as README names them, in a folder of the test's own; the value that stands for each word. */
  async function standIns(
    line: string,
    folder: string,
    archive: string,
  ): Promise<ReadonlyMap<string, string>> {
    const at = (name: string, content: string | Uint8Array): string => {
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    };
    const message = new Uint8Array(300).fill(7);
    writeQrFiles(folder, 'picture', message);
    const token = asciiBytes(`hvs.${'a'.repeat(24)}`);
    const otp = generateOtp(28, (length) => new Uint8Array(randomBytes(length)));
    const pair = await makeKeyPair({
      name: 'Test',
      algorithm: 'curve25519',
      now: new Date(),
      use: 'encrypt',
    });
    const encoded = line.includes('--otp-file')
      ? encodeToken(token, otp)
      : toBase64(await encryptToKey(token, pair.publicKey));
    return new Map([
      ['keys/', join(folder, 'keys')],
      ['share.txt', at('share.txt', `${'5a'.repeat(32)}07\n`)],
      ['TEXT', encoded],
      ['otp.txt', at('otp.txt', otp.characters)],
      ['key.asc', at('key.asc', await lockPrivateKey(pair.privateKey, PASSPHRASE))],
      ['pass.txt', at('pass.txt', `${PASSPHRASE}\n`)],
      ['FILE', at('message.ur', urText(message))],
      ['PICTURE…', join(folder, 'picture.png')],
      ['FOLDER', archive],
      ['FOLDER…', archive],
      ['28', '28'],
      ['3', '3'],
      ['openbao', 'openbao'],
    ]);
  }

  /** What a step prints, where it is written. */
  const results: Readonly<Record<string, RegExp>> = {
    'offline otp': /^[0-9A-Za-z]{28}\n/,
    'offline keygen': /Fingerprint/,
    'offline share': /33 bytes, written in hex/,
    'offline decode': /^hvs\.a{24}\n/,
    'qr show': /█/,
    'qr read': /^UR:AIRLOCK\//,
    'transcript verify': /: Proven: /,
    'transcript report': /report\.html\n$/,
    'rehearsal-server': /^\{"address":"http:/,
  };

  const steps = airlockLines.filter(({ fenced }) => fenced);

  test.for(steps)('does what it says: $line', async ({ line }, { folder, archive }) => {
    const values = await standIns(line, folder, archive);
    const words = wordsAfterAirlock(line);
    const { command, rest } = await commandOf(words);
    const path = words.slice(0, words.length - rest.length);
    const typed = rest.map((word) => (word.startsWith('--') ? word : standInFor(values, word)));
    const terminal = new FakeTerminal({ answers: Array(2).fill(PASSPHRASE) });
    const args = [...path, ...typed];
    const running = runProgram(airlockProgram(terminal, args), args, terminal);
    if (command.name() === 'rehearsal-server') {
      await vi.waitFor(() => expect(written).not.toBe(''), 20_000);
      process.emit('SIGTERM', 'SIGTERM');
    }
    await running;
    expect(terminal.out + written).toMatch(results[path.join(' ')] ?? /a result that nobody described/);
    expect([terminal.code, process.exitCode]).toEqual([0, undefined]);
  });

  test('stands for every kind of result that is described here', async () => {
    const shownSteps = await Promise.all(
      steps.map(async ({ line }) => {
        const words = wordsAfterAirlock(line);
        return words.slice(0, words.length - (await commandOf(words)).rest.length).join(' ');
      }),
    );
    expect(new Set(shownSteps)).toEqual(new Set(Object.keys(results)));
  });
});

function standInFor(values: ReadonlyMap<string, string>, word: string): string {
  const value = values.get(word);
  if (value === undefined) throw new Error(`the tests have nothing that stands for “${word}”`);
  return value;
}
