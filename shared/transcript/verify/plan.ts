import { isSameJson } from '../../same-json';
import type { EventData } from '../event';
import type { Finding } from '../verdict';
import { type Entry, type EntryOf, entriesOf, finding, folderFinding, ownersOf } from './entry';

export type PlannedPerson = EventData<'plan-agreed'>['roster'][number];

/** What the officer agreed on, by the officer's own journal. Fingerprints are upper-case hex. */
export interface Plan {
  /** Folder of the officer's station. */
  readonly station: string;
  readonly agreed: readonly EntryOf<'plan-agreed'>[];
  /** The last roster that was agreed on. */
  readonly people: readonly PlannedPerson[];
  /** Of every roster that was agreed on: a plan may be agreed on anew with other people. */
  readonly everyone: readonly PlannedPerson[];
}

/** Who of the plan has that fingerprint, as the last roster with them has it. */
export const personOf = (plan: Plan | null, fingerprint: string): PlannedPerson | undefined =>
  plan?.everyone.filter((person) => person.fingerprint === fingerprint).at(-1);

/**
 * The officer's plan, null where no journal here has one. A plan counts in the journal of the person whom it
 * names as its officer, and nowhere else. Where several journals claim that, the one counts whose start
 * message another station took in.
 */
export function planOf(entries: readonly Entry[]): Plan | null {
  const plans = entriesOf(entries, 'plan-agreed');
  const claims = plans.filter(({ line: { who, data } }) =>
    data.roster.some(({ role, fingerprint }) => role === 'officer' && fingerprint === who),
  );
  const starts = entriesOf(entries, 'message-received').filter(({ line }) => line.data.type === 'start');
  const followed = claims.find(({ station, line: { who } }) =>
    starts.some((start) => start.station !== station && start.line.data.from === who),
  );
  const first = followed ?? claims[0];
  if (first === undefined) return null;
  const agreed = plans.filter(({ station }) => station === first.station);
  return {
    station: first.station,
    agreed,
    people: agreed.at(-1)?.line.data.roster ?? [],
    everyone: agreed.flatMap(({ line }) => line.data.roster),
  };
}

/**
 * There is a plan, every other journal that has one agrees with it, and each station is that of a person in
 * it.
 */
export function planFindings(entries: readonly Entry[], plan: Plan | null): Finding[] {
  if (plan === null) {
    return [
      folderFinding(
        '',
        'no-plan',
        'The officer’s folder is missing, or has no plan in it: who should have taken part is not known.',
      ),
    ];
  }
  const differing = entriesOf(entries, 'plan-agreed')
    .filter(
      ({ station, line }) =>
        station !== plan.station && !plan.agreed.some((agreed) => isSameJson(agreed.line.data, line.data)),
    )
    .map((entry) =>
      finding(
        entry,
        'plan-differs',
        'This plan is not the one in the officer’s journal, which alone counts.',
      ),
    );
  const shown = plan.agreed.map(({ line }) => withoutKeys(line.data));
  const taken = entriesOf(entries, 'plan-taken')
    .filter(({ line }) => {
      const own = withoutKeys(line.data);
      return !shown.some((plan) => isSameJson(plan, own));
    })
    .map((entry) =>
      finding(entry, 'plan-differs', 'The plan that this station took in is not in the officer’s journal.'),
    );
  const strangers = [...ownersOf(entries)]
    .filter(([, who]) => who !== '' && personOf(plan, who) === undefined)
    .map(([station]) =>
      folderFinding(station, 'stranger', 'This station is of a person who is not in the officer’s plan.'),
    );
  return [...differing, ...taken, ...strangers];
}

/** A plan as a start message has it. */
const withoutKeys = (data: EventData<'plan-agreed'>): EventData<'plan-taken'> => ({
  ...data,
  roster: data.roster.map(({ keySha256: _, ...person }) => person),
});

/** Types of messages that say nothing of whether their sender took part in the ceremony. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'identity',
  'station',
  'checkpoint',
  'signature',
  'witness',
]);

/** Whoever of the plan took part, by the journals of others, and whose folder is not here. */
export function missingPeople(entries: readonly Entry[], plan: Plan | null): PlannedPerson[] {
  const owners = new Set(ownersOf(entries).values());
  const active = new Set([
    ...entriesOf(entries, 'message-received').flatMap(({ line: { data } }) =>
      SAYS_NOTHING.has(data.type) ? [] : [data.from],
    ),
    ...entriesOf(entries, 'share-submit-intent').map(({ line }) => line.data.custodian),
  ]);
  const seen = new Set<string>();
  return (plan?.everyone ?? []).filter(({ fingerprint }) => {
    if (owners.has(fingerprint) || !active.has(fingerprint) || seen.has(fingerprint)) return false;
    seen.add(fingerprint);
    return true;
  });
}

export const missingFindings = (missing: readonly PlannedPerson[]): Finding[] =>
  missing.map(({ name }) => folderFinding('', 'missing-station', `The folder of ${name} is missing.`));
