import { aloneSentence, mostSeen, type StepIn, sharesOf, stationOf, whoSeesQuorum } from './giving';
import type { ParticipantState } from './participant';

/** A plan as it stands, with everyone who stepped in so far. */
export interface StandingPlan {
  readonly roster: readonly ParticipantState[];
  readonly steps: readonly StepIn[];
  readonly threshold: number;
}

/** Whose place can be taken, and who can take one: nobody is moved twice. */
export function whoCanMove({ roster, steps }: StandingPlan): {
  readonly giving: readonly ParticipantState[];
  readonly reserves: readonly ParticipantState[];
} {
  const moved = new Set(steps.flatMap(({ reserve, insteadOf }) => [reserve, insteadOf]));
  const custodians = roster.filter(
    ({ role, fingerprint }) => role === 'custodian' && !moved.has(fingerprint),
  );
  return {
    giving: custodians.filter(({ fingerprint }) => stationOf(roster, steps, fingerprint) !== null),
    reserves: custodians.filter(({ givesTo }) => givesTo === undefined),
  };
}

/** A station that could take a reserve's share. */
export interface StationChoice {
  readonly operator: ParticipantState;
  /** How many shares it may come to see with the reserve's. */
  readonly seen: number;
  /** What the officer has to state, as a sentence without a full stop; null where there is room. */
  readonly statement: string | null;
}

/**
 * Every operator's station for a reserve who steps in: those with room first, then by how little they see.
 */
export function stationChoices(plan: StandingPlan, step: Omit<StepIn, 'givesTo'>): readonly StationChoice[] {
  return plan.roster
    .filter(({ role }) => role === 'operator')
    .map((operator) => {
      const whole = { ...step, givesTo: operator.fingerprint };
      const seen = mostSeen(plan.roster, [...plan.steps, whole]).get(operator.fingerprint) ?? 0;
      return { operator, seen, statement: statementFor(plan, whole) };
    })
    .sort((a, b) => Number(a.statement !== null) - Number(b.statement !== null) || a.seen - b.seen);
}

/**
 * What the officer has to state before a reserve steps in, as a sentence without a full stop: by it somebody
 * alone could come to have a quorum who could not before. Null where nobody could.
 */
export function statementFor({ roster, steps, threshold }: StandingPlan, step: StepIn): string | null {
  const before = whoSeesQuorum(roster, steps, threshold);
  const after = whoSeesQuorum(roster, [...steps, step], threshold);
  const names = after.filter((person) => !before.includes(person)).map(({ name }) => name);
  if (names.length === 0) return null;
  const out = roster.find(({ fingerprint }) => fingerprint === step.insteadOf);
  const operator = roster.find(({ fingerprint }) => fingerprint === step.givesTo);
  const seen = mostSeen(roster, [...steps, step]).get(step.givesTo) ?? 0;
  const isByLateShare = out !== undefined && out.givesTo === step.givesTo && seen - sharesOf(out) < threshold;
  if (!isByLateShare || operator === undefined) return `By this ${aloneSentence(names)}`;
  return `Should ${out.name}'s share reach ${operator.name}'s station after all, ${operator.name} alone could rebuild the root key`;
}
