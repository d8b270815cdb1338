import { type RawBuilder, sql } from 'kysely';
import type { Verdict } from '../../shared/transcript/verdict';
import { ArchiveError } from './archive-error';
import { placeAt } from './index/rows';
import type { CeremonyRow } from './index/tables';
import { soughtName } from './index/tokens';
import { found, placeOfWords } from './index/words';
import type { Place } from './place/place';

/** Which ceremonies are asked for; what is left out asks for nothing. */
export interface Filter {
  /**
   * All of them must be somewhere in the journals, the plan or a note; * at a word's end stands for any
   * ending.
   */
  readonly words?: string | undefined;
  /** Those that began then or later, and before (ISO 8601). */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** A part of the server's address. */
  readonly server?: string | undefined;
  /** A part of a name in the roster, or a whole fingerprint. */
  readonly person?: string | undefined;
  readonly role?: string | undefined;
  readonly ticket?: string | undefined;
  readonly verdict?: Verdict | undefined;
  /** Those with a root token of which nothing proves that it was revoked. */
  readonly notRevoked?: boolean | undefined;
  readonly rehearsal?: boolean | undefined;
  readonly held?: boolean | undefined;
}

/** A part of a list: the newest first. `before`: the `place` of the last one of the part before. */
export interface Page {
  readonly limit: number;
  readonly before?: number | undefined;
}

/** The ceremonies that fit, the newest first. */
export async function listCeremonies(place: Place, filter: Filter, page: Page): Promise<CeremonyRow[]> {
  let query = fitting(place, filter).selectAll('ceremony').limit(page.limit);
  if (page.before !== undefined) query = query.where('ceremony.place', '<', page.before);
  return query
    .orderBy(filterWords(place, filter) === null ? sql`ceremony.place` : placeOfWords(place.engine), 'desc')
    .execute();
}

/** How many fit. */
export async function countCeremonies(place: Place, filter: Filter): Promise<number> {
  const { count } = await fitting(place, filter)
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

const filterWords = (place: Place, { words }: Filter) =>
  words === undefined ? null : found(place.engine, words);

function fitting(place: Place, filter: Filter) {
  const { from, to, server, person, role, ticket, verdict, notRevoked, rehearsal, held } = filter;
  const words = filterWords(place, filter);
  let query = place.index.selectFrom('ceremony');
  if (words !== null)
    query = query
      .innerJoin(sql<Record<never, never>>`words`.as('found'), (join) =>
        join.on(sql<boolean>`ceremony.place = ${placeOfWords(place.engine)}`),
      )
      .where(words) as unknown as typeof query;
  if (from !== undefined) query = query.where('ceremony.place', '>=', placeAt(from));
  if (to !== undefined) query = query.where('ceremony.place', '<', placeAt(to));
  if (server !== undefined) query = query.where(like(sql`lower(ceremony.server)`, server));
  if (ticket !== undefined) query = query.where(sql`lower(ceremony.ticket)`, '=', ticket.toLowerCase());
  if (verdict !== undefined)
    query = query.where('ceremony.verdict', '=', verdict).where('ceremony.tombstone', 'is', null);
  if (notRevoked) query = query.whereRef('ceremony.revoked', '<', 'ceremony.tokens');
  if (rehearsal !== undefined) query = query.where('ceremony.rehearsal', '=', rehearsal ? 1 : 0);
  if (held !== undefined) query = query.where('ceremony.held', '=', held ? 1 : 0);
  if (person !== undefined || role !== undefined)
    query = query.where(({ exists, selectFrom }) => {
      let people = selectFrom('person')
        .select('person.place')
        .whereRef('person.place', '=', 'ceremony.place');
      if (role !== undefined) people = people.where('person.role', '=', role);
      if (person !== undefined)
        people = people.where((either) =>
          either.or([
            like(sql.ref('person.sought'), soughtName(person)),
            either('person.fingerprint', '=', person.replace(/\s/g, '').toUpperCase()),
          ]),
        );
      return exists(people);
    });
  return query;
}

/** Whether a text holds that part, with what may stand for anything standing for itself. */
const like = (text: RawBuilder<unknown>, part: string): RawBuilder<boolean> =>
  sql<boolean>`${text} like ${`%${part.toLowerCase().replace(/[%_\\]/g, (sign) => `\\${sign}`)}%`} escape '\\'`;

/**
 * The ceremony that a person means: by its id, the beginning of it (6 digits or more), or its two words.
 * Throws `ArchiveError` 'unknown-ceremony', 'ambiguous-ceremony'.
 */
export async function theCeremony(place: Place, named: string): Promise<CeremonyRow> {
  const text = named
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, ' ');
  const isId = /^[0-9a-f]{6,32}$/.test(text);
  const rows = await place.index
    .selectFrom('ceremony')
    .selectAll()
    .where((either) =>
      isId
        ? either.and([either('id', '>=', text), either('id', '<=', text.padEnd(32, 'f'))])
        : either('words', '=', text),
    )
    .orderBy('place', 'desc')
    .limit(3)
    .execute();
  const [row, ...others] = rows;
  if (row === undefined)
    throw new ArchiveError(
      'unknown-ceremony',
      `No ceremony in the archive is called “${named}”. Give its two words, or its id.`,
    );
  if (others.length === 0) return row;
  throw new ArchiveError(
    'ambiguous-ceremony',
    `Several ceremonies are called “${named}”: ${rows.map(({ id, began }) => `${id} of ${began.slice(0, 10)}`).join(', ')}. Give the id of one.`,
  );
}
