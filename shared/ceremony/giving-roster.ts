import { sharesOf, withStations } from './giving';
import type { ParticipantState } from './participant';
import type { PlanDraft } from './plan';

/** What a plan says of its custodians' shares. */
export type GivingDraft = Pick<PlanDraft, 'stations' | 'shares' | 'quorumAtOneStation'>;

/** The roster, with how many shares each custodian holds by the plan. */
export const holdingRoster = (
  roster: readonly ParticipantState[],
  shares: GivingDraft['shares'],
): ParticipantState[] =>
  roster.map((person) => {
    const held = person.role === 'custodian' ? shares[person.fingerprint] : undefined;
    return held === undefined ? person : { ...person, shares: held };
  });

/** How many shares a station is named for. */
export const sharesGiven = (roster: readonly ParticipantState[]): number =>
  roster.reduce((sum, person) => sum + (person.givesTo === undefined ? 0 : sharesOf(person)), 0);

/**
 * The roster with what the plan says of its custodians: how many shares each holds, and whose station takes
 * them. That one station may take a quorum is used only where a quorum finds no stations otherwise: stating
 * it makes no plan worse.
 */
export function givingRoster(
  roster: readonly ParticipantState[],
  { stations, shares, quorumAtOneStation }: GivingDraft,
  threshold: number,
): ParticipantState[] {
  const holding = holdingRoster(roster, shares);
  const spread = withStations(holding, stations, threshold, false);
  if (!quorumAtOneStation || sharesGiven(spread) >= threshold) return spread;
  return withStations(holding, stations, threshold, true);
}
