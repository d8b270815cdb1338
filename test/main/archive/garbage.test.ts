import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { addAll } from '../../../main/archive/addition';
import { transcriptFolders } from '../../../main/archive/evidence/intake';
import { ceremonyFiles } from '../../../main/archive/export';
import { proveBy, verifyAll } from './by-hand';
import { filesIn, idOf, newAddress, stationsOf, test, writeTranscript } from './fixtures';
import { kinds, sourceOf } from './garbage';

/** More where the environment asks for it: a hundred thousand take a quarter of an hour. */
const COUNT = Number(process.env['AIRLOCK_GARBAGE'] ?? 2000);
const SEED = Number(process.env['AIRLOCK_SEED'] ?? 20_261_127);
const PORTION = 500;

function* transcriptsIn(folders: readonly string[]) {
  for (const folder of folders) yield* transcriptFolders(folder);
}

describe('garbage', () => {
  test('is refused in a sentence each, and nothing of it is kept', async ({ folder, at, author, open }) => {
    const whole = await writeTranscript(at('whole'), await stationsOf(idOf(1)));
    const archive = newAddress('sqlite', folder);
    const place = await open(archive);
    for await (const one of addAll(place, [whole], author)) expect(one).toMatchObject({ isNew: true });
    const before = filesIn(archive);
    const [line = ''] = readFileSync(join(whole, 'online', 'journal.jsonl'), 'utf8').split(/(?<=\n)/);
    const source = sourceOf(SEED, whole, line);
    const makes = Object.entries(kinds);
    for (let begun = 0; begun < COUNT; begun += PORTION) {
      mkdirSync(at('garbage'));
      const made = Array.from({ length: Math.min(PORTION, COUNT - begun) }, (_, i) => {
        const [kind, make] = makes[(begun + i) % makes.length] ?? ['', () => undefined];
        const path = at(`garbage/${i}`);
        make(path, source);
        return { kind, path };
      });
      let refused = 0;
      for await (const one of addAll(place, transcriptsIn(made.map(({ path }) => path)), author)) {
        const kind = made.find(({ path }) => one.path.startsWith(path))?.kind ?? '';
        if (!('refused' in one)) throw new Error(`${kind} was taken: ${JSON.stringify(one)}, seed ${SEED}`);
        expect(one.refused.code, kind).toMatch(/^(no-transcript|strange-evidence|evidence-too-large)$/);
        expect(one.refused.message, kind).toMatch(/^[^\n]{20,}\.$/s);
        refused += 1;
      }
      expect(refused).toBeGreaterThanOrEqual(made.length);
      // Node takes nothing away that is deeper than a path may be long.
      execFileSync('rm', ['-rf', at('garbage')]);
    }
    expect(filesIn(archive)).toEqual(before);
  }, 3_600_000);

  test('made of a transcript is kept as it is, and never proven', async ({ folder, at, author, open }) => {
    const source = sourceOf(SEED, '', '');
    for (let i = 0; i < COUNT / 200; i++) {
      const [name, change] = changes[i % changes.length] ?? ['', () => undefined];
      const path = await writeTranscript(at(`c${i}`), await stationsOf(idOf(i)));
      change(path, source);
      const given = filesIn(path);
      const archive = `${newAddress('sqlite', folder)}-${i}`;
      const place = await open(archive);
      for await (const one of addAll(place, [path], author)) {
        if ('refused' in one) throw one.refused;
        expect(one.verdict, `${name}, ${i}`).not.toBe('proven');
      }
      const files = await ceremonyFiles(place, idOf(i), null);
      expect(new Map(files.map((file) => [file.path, Buffer.from(file.bytes)])), name).toEqual(given);
      await place.close();
      expect(await verifyAll(archive), name).toMatchObject({ problems: [] });
      expect(await proveBy(archive), name).toMatchObject({ holds: true });
      rmSync(path, { recursive: true });
      rmSync(archive, { recursive: true });
    }
  }, 3_600_000);
});

type Change = (path: string, source: ReturnType<typeof sourceOf>) => void;

const paths = (path: string): string[] => [...filesIn(path).keys()];

const changes: readonly (readonly [name: string, change: Change])[] = [
  [
    'a bit changed',
    (path, { below }) => {
      const names = paths(path);
      const name = join(path, names[below(names.length)] ?? '');
      const bytes = readFileSync(name);
      const at = below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8));
      writeFileSync(name, bytes);
    },
  ],
  [
    'cut off',
    (path, { below }) => {
      const names = paths(path);
      const name = join(path, names[below(names.length)] ?? '');
      const bytes = readFileSync(name);
      writeFileSync(name, bytes.subarray(0, below(bytes.length)));
    },
  ],
  [
    'two files swapped',
    (path, { below }) => {
      const names = paths(path).filter((name) => name.endsWith('.asc'));
      const first = below(names.length);
      const [a = '', b = ''] = [names[first], names[(first + 1 + below(names.length - 1)) % names.length]];
      renameSync(join(path, a), join(path, 'meanwhile'));
      renameSync(join(path, b), join(path, a));
      renameSync(join(path, 'meanwhile'), join(path, b));
    },
  ],
  [
    'a file gone',
    (path, { below }) => {
      const names = paths(path);
      rmSync(join(path, names[below(names.length)] ?? ''));
    },
  ],
  [
    'two lines swapped',
    (path, { below }) => {
      const stations = readdirSync(path).filter((name) => name !== 'keys' && name !== 'verify.sh');
      const name = join(path, stations[below(stations.length)] ?? '', 'journal.jsonl');
      const [first = '', second = '', ...rest] = readFileSync(name, 'utf8').split(/(?<=\n)/);
      writeFileSync(name, [second, first, ...rest].join(''));
    },
  ],
  ['a station twice', (path) => cpSync(join(path, 'online'), join(path, 'online-2'), { recursive: true })],
  ['a strange file', (path, { bytes }) => writeFileSync(join(path, 'log.jsonl.gz'), bytes(100))],
];
