import { type ExpressionBuilder, type RawBuilder, sql } from 'kysely';
import type { Attention, Concern, PageDays, PageOverview, PagePerson } from '../../../shared/archive/page';
import type { FindingCode } from '../../../shared/transcript/verdict';
import type { Tables } from '../index/tables';
import { parseLine } from '../log/entry';
import { headWords } from '../log/head';
import type { Place } from '../place/place';
import { statsOf } from '../stats';
import { pageCeremony } from './ceremony-json';

/** Findings that say that a journal, or what belongs to one, isn't here. */
const MISSING_JOURNAL: readonly FindingCode[] = ['missing-station', 'no-station', 'no-plan', 'no-journal'];
const MISSING_WITNESS: readonly FindingCode[] = ['witness-missing', 'no-other-signature'];
/** Said by concerns of their own. */
const NAMED_BEFORE: readonly FindingCode[] = ['not-revoked', ...MISSING_JOURNAL, ...MISSING_WITNESS];

/** How many ceremonies of each concern are named; all are counted. */
const NAMED = 25;

/** What the page begins with. */
export async function overviewOf(place: Place): Promise<PageOverview> {
  const stats = await statsOf(place);
  const last = await place.lastLine();
  return {
    place: place.name,
    entries: stats.entries,
    head: last === null ? '' : headWords(parseLine(last).hash),
    ceremonies: stats.ceremonies,
    rehearsals: stats.rehearsals,
    gone: stats.gone,
    verdicts: stats.verdicts,
    first: stats.first,
    last: stats.last,
    months: stats.months,
    attention: await attentionIn(place),
    people: await peopleIn(place),
  };
}

type Ceremonies = ExpressionBuilder<Tables, 'ceremony'>;

const hasFinding = (from: Ceremonies, codes: readonly FindingCode[]) =>
  from.exists(
    from
      .selectFrom('finding')
      .select('finding.place')
      .whereRef('finding.place', '=', 'ceremony.place')
      .where('finding.code', 'in', [...codes]),
  );

/** Where it isn't that of now, whom the archive knows or what it holds has changed. */
const verdictWhenAdded: RawBuilder<string> = sql`(
  select addition.verdict from addition
  where addition.ceremony = ceremony.id order by addition.n desc limit 1)`;

const CONCERNS: Readonly<
  Record<Concern, (from: Ceremonies) => RawBuilder<boolean> | ReturnType<typeof hasFinding>>
> = {
  'not-revoked': () => sql<boolean>`ceremony.revoked < ceremony.tokens`,
  contradiction: () => sql<boolean>`ceremony.verdict = 'broken'`,
  'missing-journal': (from) => hasFinding(from, MISSING_JOURNAL),
  'missing-witness': (from) => hasFinding(from, MISSING_WITNESS),
  incomplete: (from) =>
    from.and([
      sql<boolean>`ceremony.verdict = 'incomplete'`,
      sql<boolean>`ceremony.revoked >= ceremony.tokens`,
      from.not(hasFinding(from, NAMED_BEFORE)),
    ]),
  changed: () => sql<boolean>`${verdictWhenAdded} <> ceremony.verdict`,
};

/** Each concern with its newest ceremonies. Rehearsals, and what is gone by law, concern nobody. */
async function attentionIn({ index }: Place): Promise<Attention[]> {
  const attention: Attention[] = [];
  for (const concern of Object.keys(CONCERNS) as Concern[]) {
    const those = index
      .selectFrom('ceremony')
      .where('ceremony.rehearsal', '=', 0)
      .where('ceremony.additions', '>', 0)
      .where((from) => CONCERNS[concern](from) as ReturnType<typeof hasFinding>);
    const { count } = await those
      .select((all) => all.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (Number(count) === 0) continue;
    const rows = await those.selectAll('ceremony').orderBy('ceremony.place', 'desc').limit(NAMED).execute();
    attention.push({ concern, count: Number(count), ceremonies: rows.map(pageCeremony) });
  }
  return attention;
}

/** Who took part how often, by their keys: a name may change, and two people may have the same. */
async function peopleIn({ index }: Place): Promise<PagePerson[]> {
  const rows = await index
    .selectFrom('person')
    .innerJoin('ceremony', 'ceremony.place', 'person.place')
    .where('person.fingerprint', '!=', '')
    .select([
      'person.fingerprint',
      'person.role',
      sql<string>`max(person.name)`.as('name'),
      sql<number>`cast(sum(case when ceremony.rehearsal = 0 then person.took_part else 0 end) as bigint)`.as(
        'ceremonies',
      ),
      sql<number>`cast(sum(case when ceremony.rehearsal = 1 then person.took_part else 0 end) as bigint)`.as(
        'rehearsals',
      ),
    ])
    .groupBy(['person.fingerprint', 'person.role'])
    .execute();
  const people = new Map<string, PagePerson>();
  for (const { fingerprint, role, name, ceremonies, rehearsals } of rows) {
    const before = people.get(fingerprint);
    people.set(fingerprint, {
      fingerprint,
      name,
      roles: [...(before?.roles ?? []), role].sort(),
      // Whoever has two roles in one ceremony has one station there.
      ceremonies: Math.max(before?.ceremonies ?? 0, Number(ceremonies)),
      rehearsals: Math.max(before?.rehearsals ?? 0, Number(rehearsals)),
    });
  }
  return [...people.values()].sort(
    (a, b) => b.ceremonies - a.ceremonies || b.rehearsals - a.rehearsals || (a.name < b.name ? -1 : 1),
  );
}

/** The days of a year (2026) on which ceremonies began. */
export async function daysOf({ index }: Place, year: string): Promise<PageDays> {
  const day = sql<string>`substr(began, 1, 10)`;
  const rows = await index
    .selectFrom('ceremony')
    .where('began', '>=', year)
    .where('began', '<', `${Number(year) + 1}`)
    .select([
      day.as('day'),
      sql<number>`cast(sum(case when rehearsal = 0 then 1 else 0 end) as bigint)`.as('ceremonies'),
      sql<number>`cast(sum(rehearsal) as bigint)`.as('rehearsals'),
    ])
    .groupBy(day)
    .orderBy(day)
    .execute();
  return {
    days: rows.map((row) => ({
      day: row.day,
      ceremonies: Number(row.ceremonies),
      rehearsals: Number(row.rehearsals),
    })),
  };
}
