import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { filesIn, idOf, stationsOf, writeTranscript } from '../../archive/fixtures';
import { airlock } from '../fake-terminal';

const readme = readFileSync(resolve('README.md'), 'utf8');
const [, section = ''] = /\n## Kept for years\n(.*?)\n## /s.exec(readme) ?? [];
/** The commands of the table, and the options that stand beside each. */
const rows = [...section.matchAll(/^\| `airlock ([^`]+)` \| (.*) \|$/gm)].map(
  ([, typed = '', beside = '']) => ({
    typed,
    options: [...beside.matchAll(/`(--[a-z-]+)`/g)].map(([, option = '']) => option),
  }),
);

const folder = mkdtempSync(join(tmpdir(), 'airlock-readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

/** A value for each option of `list` that is shown, by which the one ceremony is found. */
const values: Readonly<Record<string, string | null>> = {
  '--from': '2026-05-01',
  '--to': '2026-05-01',
  '--server': 'vault.example',
  '--person': 'olga',
  '--role': 'witness',
  '--ticket': '',
  '--verdict': 'proven',
  '--csv': null,
};

test('the README’s commands of an archive do what it says, one after the other as they stand there', async () => {
  expect(rows.map(({ typed }) => typed.split(' ').slice(0, 2).join(' '))).toEqual([
    'identity create',
    ...['add', 'list', 'search', 'show', 'verify', 'export', 'head', 'prove'].map(
      (name) => `archive ${name}`,
    ),
  ]);
  await writeTranscript(at('in/of-may'), await stationsOf(idOf(1)));
  writeFileSync(at('passphrase'), 'correct horse battery\n');
  const env = {
    AIRLOCK_ARCHIVE: at('archive'),
    AIRLOCK_HOME: at('home'),
    AIRLOCK_PASSPHRASE_FILE: at('passphrase'),
  };
  /** What stands for what a person knows by then. */
  const known: Record<string, string> = { NAME: 'Iris', FOLDER: at('in'), WORD: 'olg*', DIR: at('out') };
  const run = async (typed: string, more: readonly string[] = []) => {
    const args = [...typed.split(' ').map((word) => known[word] ?? word), ...more];
    const done = await airlock(args, { env });
    expect(done.code, `${args.join(' ')}: ${done.err}`).toBe(0);
    return done;
  };
  for (const { typed, options } of rows) {
    const { out } = await run(typed);
    const words = /^(\S+ \S+): proven/m.exec(out)?.[1];
    if (typed.startsWith('archive add')) {
      expect(out).toMatch(/1 folder added\. The log stands at entry 2: (\w+ ){5}\w+\.\n$/);
      known['CEREMONY'] = words ?? '';
    } else if (typed.startsWith('archive list')) {
      // Its token is proven revoked.
      expect(out).toBe('');
      for (const option of options) {
        const value = values[option];
        expect(value, `${option} is shown, and not known here`).not.toBe(undefined);
        const found = await run(
          'archive list',
          value === null || value === undefined ? [option] : [option, value],
        );
        expect(found.out, option).toContain(known['CEREMONY']);
      }
    } else if (typed.startsWith('archive search')) expect(out).toContain(known['CEREMONY']);
    else if (typed.startsWith('archive show')) {
      for (const part of [idOf(1), 'olga, officer', 'proven', 'entry 2']) expect(out).toContain(part);
      // Also by its id.
      expect((await run('archive show', [idOf(1)])).out).toBe(out);
    } else if (typed.startsWith('archive verify')) expect(out).toMatch(/: proven\n1 proven\.\n$/);
    else if (typed.startsWith('archive export')) expect(filesIn(at('out'))).toEqual(filesIn(at('in/of-may')));
    else if (typed.startsWith('archive head')) {
      known['HEAD'] = /\b\d+:[0-9a-f]{64}\b/.exec(out)?.[0] ?? '';
      await run('archive note', [known['CEREMONY'] ?? '', 'Asked for by the auditor']);
    } else if (typed.startsWith('archive prove')) {
      expect(out).toMatch(/entry 3|3 entries/);
      const other = await airlock(['archive', 'prove', `2:${'0'.repeat(64)}`], { env });
      expect(other.code).not.toBe(0);
    }
  }
});

test('the README’s words on evidence are true: stock tools get every file back', () => {
  expect(section).toContain(
    'Evidence is `evidence/??/*.gz`: a line of JSON that lists the files, then their bytes',
  );
  const [evidence = ''] = [...filesIn(at('archive')).keys()].filter((path) => path.endsWith('.gz'));
  expect(evidence).toMatch(/^evidence\/[0-9a-f]{2}\/[0-9a-f]{64}\.gz$/);
  const whole = execFileSync('gzip', ['-dc', join(at('archive'), evidence)]);
  const end = whole.indexOf('\n');
  const listed = z.object({
    files: z.array(z.object({ path: z.string(), bytes: z.number(), script: z.boolean().optional() })),
  });
  const files = new Map<string, Buffer>();
  let start = end + 1;
  for (const { path, bytes, script } of listed.parse(JSON.parse(whole.subarray(0, end).toString())).files) {
    if (script) continue;
    files.set(path, Buffer.from(whole.subarray(start, start + bytes)));
    start += bytes;
  }
  expect(start).toBe(whole.length);
  const given = filesIn(at('in/of-may'));
  given.delete('verify.sh');
  expect(files).toEqual(given);
});
