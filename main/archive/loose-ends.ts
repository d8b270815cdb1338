import { sql } from 'kysely';
import { isSameJson } from '../../shared/same-json';
import { ArchiveError } from './archive-error';
import { additionRow, entryRow } from './index/entries';
import type { AdditionRow, EntryRow, Index } from './index/tables';
import { placeOfWords } from './index/words';
import { type EntryData, parseLine, type WrittenEntry } from './log/entry';
import type { Place } from './place/place';
import { Turn } from './work/turn';

/**
 * Holds what the index knows of the log against the log, and what is kept against what the log names: a
 * sentence for each thing that is another, too many or missing. What the index has of each ceremony is
 * another question (`verifyCeremonies`), which relies on this one.
 */
export async function looseEnds(place: Place): Promise<string[]> {
  let told: readonly string[] = [];
  for (let last = await place.lastLine(); ; ) {
    const problems = await looseEndsNow(place);
    const now = await place.lastLine();
    if (problems.length === 0 || now === last) return problems;
    // Somebody added to the archive meanwhile: what was read before that may not fit what was read after it.
    // What is found again is none of that, and whoever goes on adding keeps nobody from being told of it.
    const again = problems.filter((problem) => told.includes(problem));
    if (again.length > 0) return again;
    [told, last] = [problems, now];
  }
}

async function looseEndsNow(place: Place): Promise<string[]> {
  const problems: string[] = [];
  const { gone, people } = await compareEntries(place, problems);
  await comparePeople(place, people, problems);
  await compareCeremonies(place, problems);
  const turn = new Turn();
  for await (const folder of place.kept()) {
    if (turn.isOver) await turn.end();
    const row = await place.index
      .selectFrom('addition')
      .select('n')
      .where('folder', '=', folder)
      .executeTakeFirst();
    const tombstone = gone.get(folder);
    if (row === undefined)
      problems.push(`Evidence that no entry of the log names lies in the archive: ${folder}.`);
    else if (tombstone !== undefined)
      problems.push(`Evidence that is gone by entry ${tombstone} of the log lies in the archive: ${folder}.`);
  }
  return problems;
}

interface Told {
  /** Folders whose evidence is gone by law, with their tombstone's number. */
  readonly gone: ReadonlyMap<string, number>;
  readonly people: EntryData<'people'>['people'];
}

async function compareEntries(place: Place, problems: string[]): Promise<Told> {
  const gone = new Map<string, number>();
  let people: Told['people'] = [];
  let known: KnownEntries = { entries: new Map(), additions: new Map() };
  let n = 0;
  const turn = new Turn();
  for await (const line of place.lines(1)) {
    if (turn.isOver) await turn.end();
    if (n % PAGE === 0) known = await knownEntries(place.index, n + 1);
    n += 1;
    const written = entryOrProblem(line, n, problems);
    if (written === null) continue;
    const { entry } = written;
    if (entry.event === 'people') people = entry.data.people;
    if (entry.event === 'tombstone') for (const folder of entry.data.folders) gone.set(folder, entry.n);
    if (entry.event === 'addition') gone.delete(entry.data.folder);
    const row = known.entries.get(n);
    if (row === undefined) problems.push(`The index lacks entry ${n} of the log.`);
    else if (
      !isSameJson(row, entryRow(written)) ||
      !isSameJson(known.additions.get(n) ?? null, additionRow(written))
    )
      problems.push(`The index has another entry ${n} than the log.`);
  }
  for (const table of ['entry', 'addition'] as const) {
    const others = await place.index
      .selectFrom(table)
      .select('n')
      .where((either) => either.or([either('n', '>', n), either('n', '<', 1)]))
      .orderBy('n')
      .execute();
    for (const other of others)
      problems.push(`The index has an entry ${other.n}, and the log has ${n} entries.`);
  }
  return { gone, people };
}

interface KnownEntries {
  readonly entries: ReadonlyMap<number, EntryRow>;
  readonly additions: ReadonlyMap<number, AdditionRow>;
}

/** What the index has of a page of entries, from that one on. */
async function knownEntries(index: Index, from: number): Promise<KnownEntries> {
  const [entries, additions] = [
    await index
      .selectFrom('entry')
      .selectAll()
      .where('n', '>=', from)
      .where('n', '<', from + PAGE)
      .execute(),
    await index
      .selectFrom('addition')
      .selectAll()
      .where('n', '>=', from)
      .where('n', '<', from + PAGE)
      .execute(),
  ];
  return {
    entries: new Map(entries.map((row) => [row.n, row])),
    additions: new Map(additions.map((row) => [row.n, row])),
  };
}

const PAGE = 500;

function entryOrProblem(line: string, n: number, problems: string[]): WrittenEntry | null {
  try {
    return parseLine(line);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    problems.push(`Entry ${n} of the log was changed: ${error.message}`);
    return null;
  }
}

async function comparePeople({ index }: Place, people: Told['people'], problems: string[]): Promise<void> {
  const rows = await index.selectFrom('pinned').select(['fingerprint', 'name']).execute();
  const known = new Map(rows.map(({ fingerprint, name }) => [fingerprint, name]));
  for (const { fingerprint, name } of people) {
    if (known.get(fingerprint) !== name)
      problems.push(`The index doesn’t know ${name} (${fingerprint}), whom the log names as known.`);
    known.delete(fingerprint);
  }
  for (const [fingerprint, name] of known)
    problems.push(`The index knows ${name} (${fingerprint}), whom the log doesn’t name as known.`);
}

/** That each ceremony of an addition is there, and that nothing hangs on a ceremony that is not. */
async function compareCeremonies({ index, engine }: Place, problems: string[]): Promise<void> {
  const left = await index
    .selectFrom('addition')
    .leftJoin('ceremony', 'ceremony.id', 'addition.ceremony')
    .select('addition.ceremony')
    .distinct()
    .where('ceremony.id', 'is', null)
    .execute();
  for (const { ceremony } of left) problems.push(`The index leaves out the ceremony ${ceremony}.`);
  const added = await index
    .selectFrom('ceremony')
    .leftJoin('addition', 'addition.ceremony', 'ceremony.id')
    .select('ceremony.id')
    .where('addition.n', 'is', null)
    .execute();
  for (const { id } of added) problems.push(`The index has a ceremony that was never added: ${id}.`);
  const places = sql<boolean>`not in (select place from ceremony)`;
  const loose = {
    people: sql<Count>`select count(*) as count from person where place ${places}`,
    findings: sql<Count>`select count(*) as count from finding where place ${places}`,
    words: sql<Count>`select count(*) as count from words as found where ${placeOfWords(engine)} ${places}`,
  };
  for (const [what, query] of Object.entries(loose)) {
    const { rows } = await query.execute(index);
    if (Number(rows[0]?.count ?? 0) > 0)
      problems.push(`The index has ${what} of a ceremony that it doesn’t have.`);
  }
}

interface Count {
  readonly count: number;
}
