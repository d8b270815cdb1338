import { dataOf } from './index/entries';
import type { AdditionRow, CeremonyRow, EntryRow, FindingRow, PersonRow } from './index/tables';
import type { Place } from './place/place';
import { theCeremony } from './query';

/** One ceremony, and all that index and log say of it. */
export interface CeremonyDetail {
  readonly ceremony: CeremonyRow;
  readonly people: readonly Omit<PersonRow, 'place' | 'sought'>[];
  readonly findings: readonly Omit<FindingRow, 'place' | 'position'>[];
  readonly additions: readonly (AdditionRow & Pick<EntryRow, 'at' | 'who'>)[];
  /** Notes, holds, releases and tombstones, in their order. */
  readonly entries: readonly {
    readonly n: number;
    readonly at: string;
    readonly who: string;
    readonly event: string;
    /** What was written: the note, or the reason. */
    readonly text: string;
  }[];
}

/** What is known of the ceremony that is named so. Throws as `theCeremony`. */
export async function ceremonyDetail(place: Place, named: string): Promise<CeremonyDetail> {
  const { index } = place;
  const ceremony = await theCeremony(place, named);
  const people = await index
    .selectFrom('person')
    .select([
      'fingerprint',
      'name',
      'role',
      'took_part',
      'held_token',
      'handed_token',
      'told_end',
      'witnessed',
    ])
    .where('place', '=', ceremony.place)
    .orderBy('role', 'desc')
    .orderBy('name')
    .execute();
  const findings = await index
    .selectFrom('finding')
    .select(['code', 'verdict', 'station', 'line', 'message'])
    .where('place', '=', ceremony.place)
    .orderBy('position')
    .execute();
  const additions = await index
    .selectFrom('addition')
    .innerJoin('entry', 'entry.n', 'addition.n')
    .selectAll('addition')
    .select(['entry.at', 'entry.who'])
    .where('addition.ceremony', '=', ceremony.id)
    .orderBy('addition.n')
    .execute();
  const entries = await index
    .selectFrom('entry')
    .select(['n', 'at', 'who', 'event', 'data'])
    .where('ceremony', '=', ceremony.id)
    .where('event', '!=', 'addition')
    .orderBy('n')
    .execute();
  return {
    ceremony,
    people,
    findings,
    additions,
    entries: entries.map((row) => {
      const { n, at, who, event } = row;
      const { text, reason } = dataOf(row) as { readonly text?: string; readonly reason?: string };
      return { n, at, who, event, text: text ?? reason ?? '' };
    }),
  };
}
