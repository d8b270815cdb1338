import { sql } from 'kysely';
import type { PageTokenLife, PageTokens } from '../../../shared/archive/page';
import type { Place } from '../place/place';
import { pageCeremony } from './ceremony-json';

/** Which root tokens are asked for. */
export interface TokenFilter {
  /** Those that were there at this time or later, and before (ISO 8601). */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly rehearsals: boolean;
}

/** A part of them, the newest first. `before`: the `place` of the last one of the part before. */
export async function tokenLives(
  { index }: Place,
  { from, to, rehearsals }: TokenFilter,
  limit: number,
  before: number | null,
): Promise<PageTokens> {
  let fitting = index.selectFrom('ceremony').where('token_made', '!=', '');
  if (!rehearsals) fitting = fitting.where('rehearsal', '=', 0);
  if (to !== undefined) fitting = fitting.where('token_made', '<', to);
  if (from !== undefined)
    fitting = fitting.where((either) =>
      either.or([either('token_died', '=', ''), either('token_died', '>=', from)]),
    );
  const { count } = await fitting
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await (before === null ? fitting : fitting.where('place', '<', before))
    .selectAll()
    .orderBy('place', 'desc')
    .limit(limit)
    .execute();
  const people =
    rows.length === 0
      ? []
      : await index
          .selectFrom('person')
          .select(['place', 'name', 'role', 'held_token', 'handed_token', 'told_end', 'witnessed'])
          .where(
            'place',
            'in',
            rows.map(({ place }) => place),
          )
          .orderBy(sql`name`)
          .execute();
  const lives = rows.map((row): PageTokenLife => {
    const here = people.filter(({ place }) => place === row.place);
    const seconds = (Date.parse(row.token_died) - Date.parse(row.token_made)) / 1000;
    return {
      ceremony: pageCeremony(row),
      made: row.token_made,
      died: row.token_died,
      seconds: Number.isNaN(seconds) ? null : Math.round(seconds),
      tellers: here.filter((each) => each.told_end === 1).map(({ name, role }) => ({ name, role })),
      holders: here
        .filter((each) => each.held_token === 1 || each.handed_token === 1)
        .map(({ name, role, held_token }) => ({ name, role, opened: held_token === 1 })),
      witnesses: here
        .filter(({ role, witnessed }) => role === 'witness' && witnessed > 0)
        .map(({ name, witnessed }) => ({ name, stations: witnessed })),
      stations: row.stations,
    };
  });
  return {
    count: Number(count),
    lives,
    next: rows.length < limit ? null : (rows.at(-1)?.place ?? null),
  };
}
