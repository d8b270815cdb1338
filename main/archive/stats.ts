import { sql } from 'kysely';
import type { Place } from './place/place';

/** What the archive holds, in numbers. Rehearsals are counted by themselves. */
export interface Stats {
  readonly ceremonies: number;
  readonly rehearsals: number;
  /** Of ceremonies, rehearsals left out, by verdict. */
  readonly verdicts: Readonly<Record<'proven' | 'incomplete' | 'broken', number>>;
  readonly gone: number;
  readonly held: number;
  /** Root tokens of ceremonies, and those of which a revocation is proved. */
  readonly tokens: number;
  readonly revoked: number;
  readonly notRevoked: number;
  readonly folders: number;
  /** Of evidence as it was handed in. */
  readonly bytes: number;
  readonly entries: number;
  readonly people: number;
  readonly first: string;
  readonly last: string;
  readonly months: readonly {
    /** 2026-03 */
    readonly month: string;
    readonly ceremonies: number;
    readonly rehearsals: number;
    readonly notProven: number;
  }[];
}

/** Counts it. */
export async function statsOf({ index }: Place): Promise<Stats> {
  const whole = await index
    .selectFrom('ceremony')
    .select([
      sql<number>`count(*)`.as('all'),
      sum('rehearsal').as('rehearsals'),
      sum('case when additions = 0 then 1 else 0 end').as('gone'),
      sum('held').as('held'),
      sum('case when rehearsal = 0 then tokens else 0 end').as('tokens'),
      sum('case when rehearsal = 0 then revoked else 0 end').as('revoked'),
      sum('case when rehearsal = 0 and revoked < tokens then 1 else 0 end').as('notRevoked'),
      sum('additions').as('folders'),
      sum('bytes').as('bytes'),
      ...(['proven', 'incomplete', 'broken'] as const).map((verdict) =>
        sum(`case when rehearsal = 0 and additions > 0 and verdict = '${verdict}' then 1 else 0 end`).as(
          verdict,
        ),
      ),
      sql<string | null>`min(case when began <> '' then began end)`.as('first'),
      sql<string | null>`max(began)`.as('last'),
    ])
    .executeTakeFirstOrThrow();
  const { entries } = await index
    .selectFrom('entry')
    .select(sql<number>`count(*)`.as('entries'))
    .executeTakeFirstOrThrow();
  const { people } = await index
    .selectFrom('person')
    .select(sql<number>`count(distinct fingerprint)`.as('people'))
    .executeTakeFirstOrThrow();
  const months = await index
    .selectFrom('ceremony')
    .where('began', '!=', '')
    .select([
      sql<string>`substr(began, 1, 7)`.as('month'),
      sum('case when rehearsal = 0 then 1 else 0 end').as('ceremonies'),
      sum('rehearsal').as('rehearsals'),
      sum("case when rehearsal = 0 and verdict <> 'proven' then 1 else 0 end").as('notProven'),
    ])
    .groupBy(sql`substr(began, 1, 7)`)
    .orderBy(sql`substr(began, 1, 7)`)
    .execute();
  const { all, rehearsals, proven, incomplete, broken, first, last, ...rest } = whole as typeof whole &
    Record<'proven' | 'incomplete' | 'broken', number>;
  return {
    ceremonies: all - rehearsals,
    rehearsals,
    verdicts: { proven, incomplete, broken },
    ...rest,
    entries,
    people,
    first: first ?? '',
    last: last ?? '',
    months,
  };
}

/** A sum of whole numbers, 0 of nothing. Sums of PostgreSQL are no integers otherwise. */
const sum = (what: string) => sql<number>`cast(coalesce(sum(${sql.raw(what)}), 0) as bigint)`;
