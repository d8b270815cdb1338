import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomFrom } from '../../bench/random';
import { filesIn } from './fixtures';

/** What garbage is made of: chance, and a transcript as stations write it. */
interface Source {
  readonly random: () => number;
  /** A whole number below `end`. */
  readonly below: (end: number) => number;
  readonly bytes: (length: number) => Buffer;
  readonly whole: string;
  /** Those of `whole`, by their paths. */
  readonly files: readonly string[];
  /** The first line of one of its journals, with its newline. */
  readonly line: string;
}

export function sourceOf(seed: number, whole: string, line: string): Source {
  const random = randomFrom(seed);
  const below = (end: number): number => Math.floor(random() * end);
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => below(256)));
  const files = whole === '' ? [] : [...filesIn(whole).keys()];
  return { random, below, bytes, whole, files, line };
}

type Make = (path: string, source: Source) => void;

const put = (path: string, content: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
};

const journal = (content: (source: Source) => string | Uint8Array): Make => {
  return (path, source) => put(join(path, `station-${source.below(9)}`, 'journal.jsonl'), content(source));
};

/** A transcript, to which something is done that no archive takes. */
const spoiled = (spoil: (path: string, source: Source) => void): Make => {
  return (path, source) => {
    // Links to the same bytes, which nothing here writes to: copies would take longer than all else.
    for (const file of source.files) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      linkSync(join(source.whole, file), join(path, file));
    }
    spoil(path, source);
  };
};

const fifo = (path: string): void => void execFileSync('mkfifo', [path]);

/** What is random, by name; each a folder or a file that is no transcript. */
export const kinds: Readonly<Record<string, Make>> = {
  'random files': (path, source) => {
    mkdirSync(path, { recursive: true });
    for (let i = source.below(5); i >= 0; i--)
      put(
        join(path, ['a', 'é', ' x', '.b', 'c/d', 'e/f/g'][source.below(6)] ?? 'a'),
        source.bytes(source.below(200)),
      );
  },
  'a random file': (path, source) => put(path, source.bytes(source.below(300))),
  'nothing there': () => undefined,
  'an empty folder': (path) => void mkdirSync(path, { recursive: true }),
  'a journal of random bytes': journal(({ bytes, below }) => bytes(below(400))),
  'a journal of newlines': journal(({ below }) => '\n'.repeat(below(2000))),
  'a journal of zeros': journal(({ below }) => Buffer.alloc(below(5000))),
  'a journal of deep JSON': journal(({ below }) => `${'['.repeat(below(20_000))}\n`),
  'a journal of deep objects': journal(({ below }) => `${'{"data":'.repeat(below(5000))}1\n`),
  'a journal of other JSON': journal(
    ({ below }) => `{"v":1,"n":${below(9)},"event":"constructor","data":{}}\n`,
  ),
  'a journal of prototypes': journal(
    () => '{"__proto__":{"ceremony":"00"},"event":"__proto__","data":null}\n',
  ),
  'half a journal’s line': journal(({ line, below }) => line.slice(0, 1 + below(line.length - 1))),
  'a packed journal': journal(({ line }) => gzipSync(line)),
  'a packed journal that unpacks to much': journal(() => BOMB),
  'a journal in UTF-16': journal(({ line }) => Buffer.from(line, 'utf16le')),
  'a journal with a mark before it': journal(({ line }) => `\ufeff${line}`),
  'a journal’s line with a bit changed': journal(({ line, below }) => {
    const bytes = Buffer.from(line);
    // Not in its numbers and digests, which others could be.
    const at = bytes.indexOf(['"event"', '"ceremony"', '"data"', '"who"'][below(4)] ?? '') + below(7);
    bytes[at] = (bytes[at] ?? 0) ^ 0x80;
    return bytes;
  }),
  'a journal that does not begin': journal(({ line }) =>
    line.replace(/"prev":"0{64}"/, `"prev":"${'1'.repeat(64)}"`),
  ),
  'a checkpoint alone': (path, { bytes }) => put(join(path, 'station', 'checkpoint.txt'), bytes(90)),
  'a journal that is a folder': (path) =>
    void mkdirSync(join(path, 'station', 'journal.jsonl'), { recursive: true }),
  'a journal that is a link': (path, { whole }) => {
    mkdirSync(join(path, 'station'), { recursive: true });
    symlinkSync(join(whole, 'online', 'journal.jsonl'), join(path, 'station', 'journal.jsonl'));
  },
  'a link that leads round': (path) => {
    mkdirSync(path, { recursive: true });
    symlinkSync('.', join(path, 'a'));
  },
  'a link that leads nowhere': (path) => symlinkSync('/nowhere/at/all', path),
  'many folders in one another': (path, { below }) =>
    void mkdirSync(join(path, ...Array.from({ length: 1 + below(60) }, () => 'd'.repeat(1 + below(20)))), {
      recursive: true,
    }),
  'a folder as deep as none can be named': (path, { below }) => {
    if (below(20) > 0) return put(join(path, 'x'), 'x');
    mkdirSync(path, { recursive: true });
    // Each from within the one before: no path that long can be said at once.
    const chain =
      "for (let i = 0; i < 20; i++) { fs.mkdirSync('n'.repeat(250)); process.chdir('n'.repeat(250)); }";
    execFileSync(process.execPath, ['-e', chain], { cwd: path });
  },
  'a transcript with a link': spoiled((path, { below }) =>
    symlinkSync(['/etc/passwd', 'verify.sh', '/dev/zero'][below(3)] ?? '', join(path, 'online', 'link')),
  ),
  'a transcript whose journal is a link': spoiled((path) => {
    rmSync(join(path, 'online', 'journal.jsonl'));
    symlinkSync('/dev/zero', join(path, 'online', 'journal.jsonl'));
  }),
  'a transcript with a name that is no text': spoiled((path) => {
    writeFileSync(Buffer.concat([Buffer.from(`${path}/online/`), Buffer.from([0xff, 0xfe])]), 'x');
  }),
  'a transcript with a name of two lines': spoiled((path) => put(join(path, 'keys', 'two\nlines.asc'), 'x')),
  'a transcript with a file larger than any': spoiled((path) => {
    put(join(path, 'online', 'more.bin'), '');
    truncateSync(join(path, 'online', 'more.bin'), 600 * 2 ** 20);
  }),
  'a transcript without journals': spoiled((path) => {
    for (const name of ['online', 'office-2nd-floor-zo-', 'carol-s-laptop', 'dave-s-laptop'])
      rmSync(join(path, name, 'journal.jsonl'), { force: true });
  }),
  'a transcript with a pipe': spoiled((path, { below }) => {
    if (below(10) > 0) return symlinkSync('x', join(path, 'keys', 'pipe'));
    fifo(join(path, 'keys', 'pipe'));
  }),
  'a pipe': (path, { below }) => (below(10) > 0 ? put(path, 'x') : fifo(path)),
};

const BOMB = gzipSync(Buffer.alloc(64 * 2 ** 20));
