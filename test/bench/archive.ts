import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useNativeCryptography } from '../../main/archive/native-cryptography';
import { startPostgres } from '../system/postgres.mjs';
import { airlock, bytesIn, run, shell } from './archive/commands';
import { type Pattern, patternIn, writeCeremony } from './archive/corpus';
import { fill } from './archive/filling';
import { type Answered, ask, WORDS } from './archive/questions';
import type { Row } from './table';
import { tableText } from './table-text';

/**
 * `npm run bench:archive`: how fast an archive takes in, verifies and finds, on SQLite and PostgreSQL,
 * against grep over the raw folders, a loop of `gpg --verify` and a loop of `verify.sh`, in one run.
 * `--most N`: up to so many ceremonies (10,000; at most 100,000 are of use). `--folders N`: so many of
 * them as whole folders (1,000), after a rehearsal of 62 lines and 12 signatures. Of those beyond, the
 * index alone is filled, which is all that searches ask. `--sqlite`: without PostgreSQL.
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const [mode, ...rest] = process.argv.slice(2);
const here = fileURLToPath(import.meta.url);

const VERIFY_BAR = 20;
const SEARCH_BAR_MS = 50;
const OPEN_BAR_MS = 100;
const SIZE_BAR = 0.5;
/** Times the memory at the size before. */
const FLAT_BAR = 1.25;
/**
 * Ceremonies whose signatures gpg is given one by one, before and after each verification: for some seconds,
 * since it takes half as long again for the first ones.
 */
const GPG_SAMPLE = 50;

const met = (yes: boolean): 'yes' | 'no' => (yes ? 'yes' : 'no');
const ms = (time: number): string => `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;
const each = (n: number): string => n.toLocaleString('en');
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

const work = mkdtempSync(join(tmpdir(), 'airlock-bench-archive-'));
const at = (...path: string[]): string => join(work, ...path);

/** Milliseconds that gpg takes for a ceremony's signatures, given one by one. */
function byGpg(folders: readonly string[]): number {
  const home = at('gnupg');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const env = { GNUPGHOME: home };
  shell(`gpg --quiet --import ${folders[0]}/keys/*.asc`, env);
  const some = folders.slice(0, GPG_SAMPLE);
  const list = some.map((folder) => `${folder}/*/checkpoint.txt.*.asc`).join(' ');
  const loop = `for s in ${list}; do gpg --quiet --verify $s \${s%/*}/checkpoint.txt 2>/dev/null || exit 1; done`;
  return shell(loop, env) / some.length;
}

interface Engine {
  readonly name: string;
  readonly address: string;
  /** Of the whole archive. */
  readonly bytes: () => Promise<number>;
}

interface Memory {
  add: number;
  verify: number;
}

async function measureFolders(
  engine: Engine,
  size: number,
  fresh: { readonly folder: string; readonly count: number },
  all: readonly string[],
  script: number,
  memory: Memory,
): Promise<Row[]> {
  const signing = ['--home', at('home'), '--passphrase-file', at('passphrase')];
  const place = ['--archive', engine.address];
  const named = `${engine.name}, ${each(size)}`;
  tell(`${named}: adding …`);
  const added = await run([airlock, 'archive', 'add', fresh.folder, ...place, ...signing, '--json']);
  tell(`${named}: verifying …`);
  const before = byGpg(all);
  const verified = await run([airlock, 'archive', 'verify', '--all', ...place, '--json']);
  const gpg = (before + byGpg(all)) / 2;
  const one = verified.ms / size;
  const raw = all.slice(0, 50).reduce((sum, folder) => sum + bytesIn(folder), 0) / Math.min(50, all.length);
  const kept = (await engine.bytes()) / size;
  const grown = (now: number, then: number): number => (then === 0 ? 1 : now / then);
  const rows: Row[] = [
    {
      measured: `${named}: additions a second`,
      against: '',
      ours: ((1000 * fresh.count) / added.ms).toFixed(1),
      theirs: '',
      bar: '',
      met: '',
    },
    {
      measured: `${named}: ceremonies verified a second`,
      against: `loop of gpg --verify, ${GPG_SAMPLE * 12} signatures`,
      ours: `${(gpg / one).toFixed(1)} × (${(1000 / one).toFixed(1)})`,
      theirs: (1000 / gpg).toFixed(1),
      // The start of the program and of its threads is in it, which counts for a few.
      bar: size >= 1000 ? `≥ ${VERIFY_BAR} ×` : '',
      met: size >= 1000 ? met(gpg / one >= VERIFY_BAR) : '',
    },
    {
      measured: `${named}: ceremonies verified a second`,
      against: 'loop of verify.sh, by one folder',
      ours: `${(script / one).toFixed(0)} × (${(1000 / one).toFixed(1)})`,
      theirs: (1000 / script).toFixed(1),
      bar: '',
      met: '',
    },
    {
      measured: `${named}: bytes a ceremony`,
      against: 'raw folders',
      ours: `${(kept / raw).toFixed(2)} × (${each(Math.round(kept))})`,
      theirs: each(Math.round(raw)),
      bar: `≤ ${SIZE_BAR} ×`,
      met: met(kept / raw <= SIZE_BAR),
    },
    {
      measured: `${named}: most memory, adding and verifying`,
      against: 'the size before',
      ours: `${added.peakMb.toFixed(0)} and ${verified.peakMb.toFixed(0)} MB`,
      theirs: memory.add === 0 ? '' : `${memory.add.toFixed(0)} and ${memory.verify.toFixed(0)} MB`,
      bar: size >= 1000 * 10 ? `≤ ${FLAT_BAR} ×` : '',
      met:
        size >= 10_000
          ? met(
              grown(added.peakMb, memory.add) <= FLAT_BAR &&
                grown(verified.peakMb, memory.verify) <= FLAT_BAR,
            )
          : '',
    },
  ];
  memory.add = added.peakMb;
  memory.verify = verified.peakMb;
  return rows;
}

async function measureQuestions(
  engine: Engine,
  size: number,
  raw: { readonly folders: number; readonly grep: number },
): Promise<Row[]> {
  const named = `${engine.name}, ${each(size)}`;
  tell(`${named}: asking …`);
  const answered = JSON.parse((await run([here, 'ask', engine.address, String(size)])).out) as Answered;
  const whole = await run([
    airlock,
    'archive',
    'search',
    ...WORDS,
    '--limit',
    '20',
    '--archive',
    engine.address,
  ]);
  const isBarred = engine.name === 'SQLite' && size >= 100_000;
  const grep = (raw.grep * size) / raw.folders;
  const row = (measured: string, time: number, rest: Partial<Row> = {}): Row => ({
    measured: `${named}: ${measured}`,
    against: '',
    ours: ms(time),
    theirs: '',
    bar: '',
    met: '',
    ...rest,
  });
  return [
    row(`search, ${WORDS.length} words, newest 20`, answered.search, {
      against: size === raw.folders ? 'grep' : `grep over ${each(raw.folders)}, times ${size / raw.folders}`,
      ours: `${(answered.search / grep).toFixed(4)} × (${ms(answered.search)})`,
      theirs: ms(grep),
      ...(isBarred ? { bar: `≤ ${SEARCH_BAR_MS} ms`, met: met(answered.search <= SEARCH_BAR_MS) } : {}),
    }),
    row('the same, and how many there are', answered.counted),
    row(`slowest filter, newest 20 (${answered.slowest})`, answered.filter),
    row('stats', answered.stats),
    row('open to first answer, within the program', answered.open, {
      ...(isBarred ? { bar: `≤ ${OPEN_BAR_MS} ms`, met: met(answered.open <= OPEN_BAR_MS) } : {}),
    }),
    row('search as a command, Node’s start with it', whole.ms),
    row('memory of one that asks', 0, { ours: `${answered.rssMb.toFixed(0)} MB` }),
  ];
}

/** Writes the folders of ceremonies from the one to the other, and gives their paths. */
async function writeFolders(pattern: Pattern, folder: string, from: number, to: number): Promise<string[]> {
  tell(`Writing ${each(to - from)} folders …`);
  const paths: string[] = [];
  for (let n = from; n < to; n++) {
    paths.push(join(folder, `c${n}`));
    await writeCeremony(pattern, n, join(folder, `c${n}`));
  }
  return paths;
}

async function main(): Promise<void> {
  const most = option('--most', 10_000);
  const folders = Math.min(most, option('--folders', 1000));
  const sizes = [100, 1000, 10_000, 100_000].filter((size) => size <= most);
  const server = process.argv.includes('--sqlite') ? null : await startPostgres();
  const engines: Engine[] = [
    { name: 'SQLite', address: at('archive'), bytes: async () => bytesIn(at('archive')) },
    ...(server === null
      ? []
      : [
          {
            name: 'PostgreSQL',
            address: server.address('archive'),
            bytes: async () => databaseBytes(server.address('archive')),
          },
        ]),
  ];
  const rows: Row[] = [];
  try {
    useNativeCryptography();
    writeFileSync(at('passphrase'), 'correct horse battery\n');
    await run([airlock, 'rehearse', '--shares', '5', '--out', at('rehearsal')]);
    const signing = ['--home', at('home'), '--passphrase-file', at('passphrase')];
    await run([airlock, 'identity', 'create', '--name', 'Iris', '--role', 'archivist', ...signing]);
    const pattern = await patternIn(at('rehearsal'));
    const memory = new Map(engines.map(({ name }) => [name, { add: 0, verify: 0 }]));
    const all: string[] = [];
    let [whole, indexed] = [0, 0];
    let raw = { folders: 0, grep: 0 };
    let script = 0;
    for (const size of sizes) {
      if (size <= folders) {
        const fresh = { folder: at('raw', String(size)), count: size - whole };
        all.push(...(await writeFolders(pattern, fresh.folder, whole, size)));
        const [first = '', second = ''] = WORDS;
        raw = {
          folders: size,
          grep: shell(`grep -rliw ${first} ${at('raw')} | xargs grep -liw ${second} >/dev/null || true`),
        };
        script ||= shell(`sh ${all[0]}/verify.sh >/dev/null`);
        for (const engine of engines) {
          const own = memory.get(engine.name) ?? { add: 0, verify: 0 };
          rows.push(...(await measureFolders(engine, size, fresh, all, script, own)));
        }
        whole = size;
      } else
        for (const engine of engines) {
          tell(`${engine.name}, ${each(size)}: filling the index …`);
          await run([
            here,
            'fill',
            engine.address,
            all[0] ?? '',
            String(Math.max(whole, indexed)),
            String(size),
          ]);
        }
      indexed = size;
      for (const engine of engines) rows.push(...(await measureQuestions(engine, size, raw)));
    }
    process.stdout.write(tableText(rows));
    process.stdout.write(
      `${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)} in the end; PostgreSQL without fsync. ${each(pattern.lines)} lines and ${pattern.signatures} signatures a ceremony; of more than ${each(folders)} the index alone.\n`,
    );
    if (rows.some((row) => row.met === 'no')) process.exitCode = 1;
  } finally {
    await server?.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

async function databaseBytes(address: string): Promise<number> {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: address });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>(
    'select pg_database_size(current_database()) as bytes',
  );
  await client.end();
  return Number(rows[0]?.bytes ?? 0);
}

if (mode === 'ask') process.stdout.write(`${JSON.stringify(await ask(rest[0] ?? '', Number(rest[1])))}\n`);
else if (mode === 'fill') await fill(rest[0] ?? '', rest[1] ?? '', Number(rest[2]), Number(rest[3]));
else await main();
