import type { CeremonyErrorCode } from '../../../shared/ceremony/ceremony-error';
import type { PlanDraft } from '../../../shared/ceremony/plan';
import type { Giving } from './giving';

/** Why the plan was not taken, as main named it. */
export interface Refused {
  readonly code: string;
  readonly message: string;
  /** The plan as it was then. */
  readonly draft: PlanDraft;
}

const ofRoster: readonly CeremonyErrorCode[] = ['quorum-too-small', 'no-operator'];
const ofShares: readonly CeremonyErrorCode[] = ['quorum-too-small', 'quorum-at-one-station', 'no-station'];
const ofFields: CeremonyErrorCode = 'plan-incomplete';
const ofTasks: readonly CeremonyErrorCode[] = ['wrong-task', 'task-in-hand', 'plan-too-large'];

const isOneOf = (codes: readonly CeremonyErrorCode[], { code }: Refused): boolean =>
  codes.some((known) => known === code);

/** Whether the plan says it where it lacks something, rather than at its end. */
export const isSaidAtItsPlace = (refused: Refused): boolean =>
  refused.code === ofFields || [...ofRoster, ...ofShares, ...ofTasks].some((code) => code === refused.code);

/**
 * Whether what was wrong with people and shares still is, in the plan as it has become. Red beside a roster
 * that is right would send the officer to look for a mistake that is none.
 */
function isStillSo(refused: Refused, draft: PlanDraft, giving: Giving, threshold: number): boolean {
  switch (refused.code as CeremonyErrorCode) {
    case 'quorum-too-small':
      return giving.held < threshold || (giving.operators.length > 0 && giving.given < threshold);
    case 'no-operator':
      return giving.operators.every(({ id }) => refused.draft.roster.includes(id));
    case 'quorum-at-one-station':
      return giving.alone.length > 0 && !draft.quorumAtOneStation;
    default:
      return refused.draft.roster === draft.roster && refused.draft.stations === draft.stations;
  }
}

/**
 * What the roster lacks, and what is wrong with where its shares go; null where nothing is. Where the
 * custodians picked hold a quorum, one that is too small lacks stations and no people.
 */
export function rosterProblems(
  refused: Refused | null,
  draft: PlanDraft,
  giving: Giving,
  threshold: number,
): { readonly roster: string | null; readonly shares: string | null } {
  if (refused === null || !isStillSo(refused, draft, giving, threshold))
    return { roster: null, shares: null };
  const enough = giving.held >= threshold;
  const isOfShares = isOneOf(ofShares, refused) && (enough || !isOneOf(['quorum-too-small'], refused));
  return {
    roster: isOneOf(ofRoster, refused) && !isOfShares ? refused.message : null,
    shares: isOfShares ? refused.message : null,
  };
}

/** What is wrong with the tasks, or with a plan that they make too large; null where nothing is any more. */
export const tasksProblem = (refused: Refused | null, draft: PlanDraft): string | null =>
  refused !== null &&
  isOneOf(ofTasks, refused) &&
  refused.draft.tasks === draft.tasks &&
  refused.draft.taskInHand === draft.taskInHand &&
  refused.draft.roster === draft.roster
    ? refused.message
    : null;

/** What to say at each field that is still empty: the whole sentence at the first of them. */
export function wrongFields(
  refused: Refused | null,
  { title, purpose }: PlanDraft,
): { readonly title: string | null; readonly purpose: string | null } {
  if (refused?.code !== ofFields) return { title: null, purpose: null };
  const noTitle = title.trim() === '';
  return {
    title: noTitle ? refused.message : null,
    purpose: purpose.trim() !== '' ? null : noTitle ? 'This is missing too.' : refused.message,
  };
}
