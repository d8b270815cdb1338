import type { PlanDraft } from '../ceremony/plan';
import type { Script } from './script';

/** What a script proposes for the plan; nothing where it leaves that to the officer. */
export type Proposal = NonNullable<Script['proposes']>;

type Proposed = Partial<Pick<PlanDraft, 'purpose' | 'method'>>;

/** The method of a plan in which nobody chose one. */
const UNCHOSEN: PlanDraft['method'] = 'pgp';

/**
 * What a plan takes over from a script as it is chosen: what the officer has not said yet. A purpose that was
 * typed stays, and so does a method that was chosen.
 */
export function takenOver(draft: PlanDraft, proposal: Proposal | undefined): Proposed {
  const { purpose, method } = otherThan(draft, proposal);
  return {
    ...(purpose !== undefined && draft.purpose.trim() === '' ? { purpose } : {}),
    ...(method !== undefined && draft.method === UNCHOSEN ? { method } : {}),
  };
}

/** What a script proposes and the plan has otherwise. */
export function otherThan(draft: PlanDraft, proposal: Proposal | undefined): Proposed {
  const { purpose, method } = proposal ?? {};
  return {
    ...(purpose === undefined || purpose === draft.purpose ? {} : { purpose }),
    ...(method === undefined || method === draft.method ? {} : { method }),
  };
}
