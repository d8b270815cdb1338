import { isSameJson } from '../../../shared/same-json';
import { grouped } from './grouped';
import { type CeremonyRows, isPlaceOf } from './rows';
import type { CeremonyRow, FindingRow, Index, PersonRow } from './tables';

/** What the index has of a ceremony; without its words. */
export interface Indexed {
  readonly ceremony: CeremonyRow;
  readonly people: readonly PersonRow[];
  readonly findings: readonly FindingRow[];
}

/** Reads it of several ceremonies at once, by their ids. */
export async function indexedIn(index: Index, ids: readonly string[]): Promise<ReadonlyMap<string, Indexed>> {
  const ceremonies = await index.selectFrom('ceremony').selectAll().where('id', 'in', ids).execute();
  const places = ceremonies.map(({ place }) => place);
  if (places.length === 0) return new Map();
  const people = await index.selectFrom('person').selectAll().where('place', 'in', places).execute();
  const findings = await index
    .selectFrom('finding')
    .selectAll()
    .where('place', 'in', places)
    .orderBy('position')
    .execute();
  const peopleAt = grouped(people, ({ place }) => place);
  const findingsAt = grouped(findings, ({ place }) => place);
  return new Map(
    ceremonies.map((ceremony) => [
      ceremony.id,
      {
        ceremony,
        people: peopleAt.get(ceremony.place) ?? [],
        findings: findingsAt.get(ceremony.place) ?? [],
      },
    ]),
  );
}

/** Whether that is exactly what the index is to have. */
export function isIndexedAs({ ceremony, people, findings }: Indexed, rows: CeremonyRows): boolean {
  const { place } = ceremony;
  return (
    isPlaceOf(place, rows.ceremony.began) &&
    isSameJson(ceremony, { ...rows.ceremony, place }) &&
    isSameJson(sorted(people), sorted(rows.people.map((row) => ({ ...row, place })))) &&
    isSameJson(
      findings,
      rows.findings.map((row) => ({ ...row, place })),
    )
  );
}

const sorted = (people: readonly PersonRow[]): PersonRow[] =>
  [...people].sort((a, b) => (`${a.fingerprint} ${a.role}` < `${b.fingerprint} ${b.role}` ? -1 : 1));
