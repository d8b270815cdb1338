import type { FollowedView } from '../../../shared/ipc/view/followed';
import type { ExplainedStep } from '../names';

type Station = Pick<FollowedView['stations'][number], 'statement' | 'signed' | 'lines' | 'closed'>;

type FollowingStep = 'journal' | 'read' | 'state';

/** What a witness does at one station in the middle of a ceremony, again and again. */
export const followingSteps: readonly ExplainedStep<FollowingStep>[] = [
  {
    step: 'journal',
    name: 'Take its journal',
    what: 'Brings every line so far. Later codes bring what came since.',
  },
  {
    step: 'read',
    name: 'Read it, and sign',
    what: 'You note what isn’t as it should be, and sign that you saw these lines.',
  },
  {
    step: 'state',
    name: 'Show what you signed',
    what: 'Their station and others keep it, so that nobody can leave it out.',
  },
];

/**
 * Where a witness stands at a station. Whoever has signed up to its last line waits for its next journal;
 * null where it was closed: there will be none.
 */
export function standingAt({ statement, signed, lines, closed }: Station): FollowingStep | null {
  if (statement !== null) return 'state';
  if (signed < lines) return 'read';
  return closed ? null : 'journal';
}

/** Where a witness stands at home: following, as long as a station that they follow goes on. */
export const standingAtHome = (
  followed: readonly { readonly stations: readonly Pick<Station, 'closed'>[] }[],
): 'follow' | null =>
  followed.some(({ stations }) => stations.some(({ closed }) => !closed)) ? 'follow' : null;
