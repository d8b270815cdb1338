import { CeremonyError } from './ceremony-error';
import type { ParticipantState } from './participant';

/**
 * A reserve who gives instead of another custodian, as an amendment of the plan says. All are hex
 * fingerprints.
 */
export interface StepIn {
  readonly reserve: string;
  readonly insteadOf: string;
  /** The operator whose station takes the reserve's share. */
  readonly givesTo: string;
}

/** What a custodian chose, or was given by hand: an operator's fingerprint, or '' for a reserve. */
export type ChosenStations = Readonly<Record<string, string>>;

/** How many shares a custodian holds: one, unless the plan says more. */
export const sharesOf = ({ shares }: Pick<ParticipantState, 'shares'>): number => shares ?? 1;

const operatorsOf = (roster: readonly ParticipantState[]): readonly ParticipantState[] =>
  roster.filter(({ role }) => role === 'operator');

/**
 * The roster, with a station for each custodian. What the officer chose stays. The others are spread evenly,
 * each to the station that gets the fewest shares, as long as it stays below the threshold. Who finds no
 * place is a reserve. `oneStation`: a station may get a whole quorum, so that nobody is a reserve.
 */
export function withStations(
  roster: readonly ParticipantState[],
  chosen: ChosenStations,
  threshold: number,
  oneStation: boolean,
): ParticipantState[] {
  const operators = operatorsOf(roster).map(({ fingerprint }) => fingerprint);
  const given = new Map(operators.map((operator) => [operator, 0]));
  const place = (operator: string, shares: number): void => {
    given.set(operator, (given.get(operator) ?? 0) + shares);
  };
  const isChosen = ({ role, fingerprint }: ParticipantState): boolean => {
    const choice = role === 'custodian' ? chosen[fingerprint] : undefined;
    return choice !== undefined && (choice === '' || operators.includes(choice));
  };
  for (const person of roster.filter(isChosen)) {
    const choice = chosen[person.fingerprint] ?? '';
    if (choice !== '') place(choice, sharesOf(person));
  }
  return roster.map((person) => {
    const { givesTo: _, ...plain } = person;
    if (person.role !== 'custodian') return plain;
    if (isChosen(person)) {
      const choice = chosen[person.fingerprint] ?? '';
      return choice === '' ? plain : { ...plain, givesTo: choice };
    }
    const shares = sharesOf(person);
    const [fewest] = operators
      .filter((operator) => oneStation || (given.get(operator) ?? 0) + shares < threshold)
      .sort((a, b) => (given.get(a) ?? 0) - (given.get(b) ?? 0));
    if (fewest === undefined) return plain;
    place(fewest, shares);
    return { ...plain, givesTo: fewest };
  });
}

/**
 * Where a custodian gives, or null: they are a reserve, another stepped in for them, or they are no custodian
 * of this plan.
 */
export function stationOf(
  roster: readonly ParticipantState[],
  steps: readonly StepIn[],
  custodian: string,
): { readonly operator: string; readonly shares: number } | null {
  const person = roster.find(({ role, fingerprint }) => role === 'custodian' && fingerprint === custodian);
  if (person === undefined || steps.some(({ insteadOf }) => insteadOf === custodian)) return null;
  const step = steps.find(({ reserve }) => reserve === custodian);
  const operator = step?.givesTo ?? person.givesTo;
  return operator === undefined ? null : { operator, shares: sharesOf(person) };
}

/**
 * How many shares each operator's station may come to see, by fingerprint. Whoever stepped out counts on:
 * nothing proves to the others that their share didn't reach its station before.
 */
export function mostSeen(
  roster: readonly ParticipantState[],
  steps: readonly StepIn[],
): ReadonlyMap<string, number> {
  const seen = new Map(operatorsOf(roster).map(({ fingerprint }) => [fingerprint, 0]));
  for (const person of roster) {
    if (person.role !== 'custodian') continue;
    const stations = new Set([
      ...(person.givesTo === undefined ? [] : [person.givesTo]),
      ...steps.filter(({ reserve }) => reserve === person.fingerprint).map(({ givesTo }) => givesTo),
    ]);
    for (const station of stations) seen.set(station, (seen.get(station) ?? 0) + sharesOf(person));
  }
  return seen;
}

/**
 * Who could rebuild the root key alone under this plan: operators whose station may see a quorum, custodians
 * who hold one.
 */
export function whoSeesQuorum(
  roster: readonly ParticipantState[],
  steps: readonly StepIn[],
  threshold: number,
): readonly ParticipantState[] {
  const seen = mostSeen(roster, steps);
  return roster.filter((person) =>
    person.role === 'operator'
      ? (seen.get(person.fingerprint) ?? 0) >= threshold
      : person.role === 'custodian' && sharesOf(person) >= threshold,
  );
}

/** The sentence for a plan in which somebody alone has a quorum. `names`: at least one. */
export const aloneSentence = (names: readonly string[]): string =>
  `${names.length === 1 ? `${names[0]} alone` : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}, each alone,`} could take the token and rebuild the root key`;

/**
 * Throws `CeremonyError` where shares don't travel as they must: 'no-station' (a custodian gives to somebody
 * who is no operator of the roster, or an amendment moves somebody whom it can't), 'quorum-too-small' (too
 * few custodians have a station), 'quorum-at-one-station' (somebody alone would have a quorum, and the
 * officer has not stated that it may be so).
 */
export function requireSafeGiving(
  roster: readonly ParticipantState[],
  steps: readonly StepIn[],
  threshold: number,
  stated: boolean,
): void {
  const operators = operatorsOf(roster);
  const isOperator = (fingerprint: string): boolean =>
    operators.some((operator) => operator.fingerprint === fingerprint);
  for (const person of roster) {
    if (person.givesTo === undefined) continue;
    if (person.role === 'custodian' && isOperator(person.givesTo)) continue;
    throw new CeremonyError(
      'no-station',
      `The plan has ${person.name} give a share to somebody who is no operator of its roster. Have the officer choose the stations again.`,
    );
  }
  requireSteps(roster, steps, isOperator);
  const giving = roster
    .filter(({ fingerprint }) => stationOf(roster, steps, fingerprint) !== null)
    .reduce((sum, person) => sum + sharesOf(person), 0);
  if (giving < threshold) {
    throw new CeremonyError(
      'quorum-too-small',
      `The server needs ${threshold} shares, and the plan has a station for ${giving} of them only. No operator may get as many as ${threshold}: add an operator or custodians, or state that one station may take all.`,
    );
  }
  const alone = whoSeesQuorum(roster, steps, threshold);
  if (alone.length === 0 || stated) return;
  throw new CeremonyError(
    'quorum-at-one-station',
    `By this plan ${aloneSentence(alone.map(({ name }) => name))}. Spread the custodians over more stations, or have the officer state that it may be so.`,
  );
}

function requireSteps(
  roster: readonly ParticipantState[],
  steps: readonly StepIn[],
  isOperator: (fingerprint: string) => boolean,
): void {
  const custodian = (fingerprint: string): ParticipantState | undefined =>
    roster.find((person) => person.role === 'custodian' && person.fingerprint === fingerprint);
  const moved = steps.flatMap(({ reserve, insteadOf }) => [reserve, insteadOf]);
  const fits = steps.every(
    ({ reserve, insteadOf, givesTo }) =>
      custodian(reserve) !== undefined &&
      custodian(reserve)?.givesTo === undefined &&
      custodian(insteadOf) !== undefined &&
      isOperator(givesTo),
  );
  if (fits && new Set(moved).size === moved.length) return;
  throw new CeremonyError(
    'no-station',
    'The amendment lets somebody step in who is no reserve of the plan, or for somebody who gives no share. Ask the officer to make it again.',
  );
}
