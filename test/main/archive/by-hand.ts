import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { z } from 'zod';
import { add } from '../../../main/archive/addition';
import { type Author, changePeople, hold, note } from '../../../main/archive/annotation';
import { isDatabase, openArchive } from '../../../main/archive/archive';
import type { Index } from '../../../main/archive/index/tables';
import { parseLine } from '../../../main/archive/log/entry';
import { headText } from '../../../main/archive/log/head';
import type { Place } from '../../../main/archive/place/place';
import { personNamed } from '../../shared/transcript/archive';
import { airlock } from '../cli/fake-terminal';
import { idOf, stationsOf, writeTranscript } from './fixtures';

/**
 * Entries of `fill`: who opened it, two ceremonies, a note, a hold, whom compliance knows, a third ceremony.
 */
export const ENTRIES = 7;

/** Fills an archive, and returns its head as it is printed. */
export async function fill(address: string, at: (name: string) => string, author: Author): Promise<string> {
  const place = await openArchive(address, 'make');
  try {
    const addOne = async (n: number, day: string) =>
      add(
        place,
        await writeTranscript(at(`c${n}`), await stationsOf(idOf(n), day)),
        author.archivist,
        author.clock,
      );
    await addOne(1, '2026-03-10');
    await addOne(2, '2026-04-02');
    await note(place, idOf(1), 'The auditor asked for it: Zoë � said so.', author);
    await hold(place, idOf(1), 'Case 12', author);
    const people = ['olga', 'peter', 'carol', 'dave', 'wanda'].map(async (name) => ({
      name,
      fingerprint: (await personNamed(name)).fingerprint,
    }));
    const known = await Promise.all(people);
    await changePeople(place, () => known, author);
    await addOne(3, '2026-05-01');
    return await headOf(place);
  } finally {
    await place.close();
  }
}

export async function headOf(place: Place): Promise<string> {
  const { entry, hash } = parseLine((await place.lastLine()) ?? '');
  return headText({ n: entry.n, hash });
}

/** Does something in an archive's own tables, as whoever has the file or the database's password can. */
export async function byHand<T>(address: string, work: (tables: Index) => Promise<T>): Promise<T> {
  const place = await openArchive(address, 'write', 'as it is');
  try {
    return await work(place.index);
  } finally {
    await place.close();
  }
}

/** The log's lines, as they stand there. */
export async function linesOf(address: string): Promise<string[]> {
  if (!isDatabase(address)) return readFileSync(join(address, 'log.jsonl'), 'utf8').split('\n').slice(0, -1);
  return byHand(address, async (tables) => {
    const { rows } = await sql<{ line: string }>`select line from log order by n`.execute(tables);
    return rows.map(({ line }) => line);
  });
}

/** Puts other lines into the log's place. */
export async function putLines(address: string, lines: readonly string[]): Promise<void> {
  if (!isDatabase(address)) {
    writeFileSync(join(address, 'log.jsonl'), lines.map((line) => `${line}\n`).join(''));
    return;
  }
  await byHand(address, async (tables) => {
    await sql`delete from log`.execute(tables);
    for (const [i, line] of lines.entries())
      await sql`insert into log(n, line) values (${i + 1}, ${line})`.execute(tables);
  });
}

const proved = z.object({
  holds: z.boolean(),
  findings: z.array(z.object({ n: z.number().nullable(), message: z.string() })),
  notes: z.array(z.object({ n: z.number().nullable(), message: z.string() })),
});

/** What `airlock archive prove` says, with a head that was kept or without. */
export async function proveBy(address: string, head?: string): Promise<z.infer<typeof proved>> {
  const kept = head === undefined ? [] : [head];
  const run = await airlock(['archive', 'prove', ...kept, '--archive', address, '--json']);
  const said = run.as(proved);
  if (run.code !== (said.holds ? 0 : 1)) throw new Error(`exit code ${run.code}: ${run.err}`);
  return said;
}

const verified = z.object({
  ceremony: z.string(),
  verdict: z.string().nullable(),
  problem: z.string(),
  isIndexed: z.boolean(),
});
const loose = z.object({ problems: z.array(z.string()) });

/** What `airlock archive verify --all` says. Throws where it came to no answer. */
export async function verifyAll(address: string) {
  const run = await airlock(['archive', 'verify', '--all', '--archive', address, '--json']);
  const said = run.out
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const { problems } = loose.parse(said.at(-1), { error: () => `no answer: ${run.out}${run.err}` });
  return { code: run.code, problems, ceremonies: said.slice(0, -1).map((one) => verified.parse(one)) };
}

/** As `verifyAll`, also where it ended with an error of its own: its exit code and all that it said. */
export async function verifyText(address: string): Promise<{ code: number; text: string }> {
  const { code, out, err } = await airlock(['archive', 'verify', '--all', '--archive', address]);
  return { code, text: `${out}${err}` };
}

/** What `airlock archive reindex` ends with. */
export const reindexBy = async (address: string): Promise<number> =>
  (await airlock(['archive', 'reindex', '--archive', address])).code;
