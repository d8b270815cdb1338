import { mostSeen, sharesOf, whoSeesQuorum } from '../../../shared/ceremony/giving';
import { type GivingDraft, givingRoster, sharesGiven } from '../../../shared/ceremony/giving-roster';
import type { ParticipantState } from '../../../shared/ceremony/participant';
import type { PlanDraft } from '../../../shared/ceremony/plan';
import type { PersonView } from '../../../shared/ipc/view/person';

/** A person's fingerprint as plans have it: hex without spaces, lower case. */
export const idOf = (person: PersonView): string => person.fingerprint.replace(/\s/gu, '').toLowerCase();

/** How shares travel by a plan that is being made. */
export interface Giving {
  readonly custodians: readonly ParticipantState[];
  readonly operators: readonly { readonly id: string; readonly name: string; readonly seen: number }[];
  /** Shares that the custodians of the roster hold, and those that a station is named for. */
  readonly held: number;
  readonly given: number;
  /**
   * Names of those who alone would have a quorum: as the plan stands, or, where its shares find no stations
   * otherwise, once the officer states that it may be so.
   */
  readonly alone: readonly string[];
}

/** Works out, as the main process does when the plan is agreed on, where the shares of those picked go. */
export function givingOf(
  people: readonly PersonView[],
  draft: GivingDraft & Pick<PlanDraft, 'roster'>,
  threshold: number,
): Giving {
  const picked = people
    .filter((person) => draft.roster.includes(idOf(person)))
    .map((person) => ({ name: person.name, role: person.role, fingerprint: idOf(person) }));
  const roster = givingRoster(picked, draft, threshold);
  const custodians = roster.filter(({ role }) => role === 'custodian');
  const seen = mostSeen(roster, []);
  const operators = roster
    .filter(({ role }) => role === 'operator')
    .map(({ fingerprint: id, name }) => ({ id, name, seen: seen.get(id) ?? 0 }));
  const held = custodians.reduce((sum, person) => sum + sharesOf(person), 0);
  const given = sharesGiven(roster);
  const isShort = given < threshold && held >= threshold && operators.length > 0;
  const asStated = isShort ? givingRoster(picked, { ...draft, quorumAtOneStation: true }, threshold) : roster;
  const alone = whoSeesQuorum(asStated, [], threshold).map(({ name }) => name);
  return { custodians, operators, held, given, alone };
}
