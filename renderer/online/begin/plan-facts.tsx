import { shareKindName } from '../../../shared/ceremony/share-kind';
import { tokenMinutesSentence } from '../../../shared/ceremony/token-minutes';
import type { ProposalView } from '../../../shared/ipc/online/app-state';
import { tokenKindSentence, tokenKindWords } from '../../../shared/token/token-kind';
import { Facts } from '../../parts/facts';
import { PlannedTasks } from '../../parts/planned-tasks';

type PlanView = Pick<
  ProposalView,
  | 'officer'
  | 'purpose'
  | 'ticket'
  | 'tasks'
  | 'method'
  | 'tokenKind'
  | 'tokenMinutes'
  | 'server'
  | 'cluster'
  | 'namespace'
  | 'shareKind'
  | 'required'
  | 'warnings'
>;

/** The officer's plan, as an operator looks at it before anything is sent. */
export function PlanFacts({ plan }: { readonly plan: PlanView }) {
  return (
    <>
      {plan.warnings.map((warning) => (
        <p className="problem" key={warning}>
          {warning}
        </p>
      ))}
      <Facts
        facts={[
          ['Asked by', `${plan.officer}, officer`],
          ['Asked for', tokenKindWords(plan.tokenKind).one],
          ['What it can do', tokenKindSentence(plan.tokenKind, plan.namespace)],
          ['In hand', tokenMinutesSentence(plan.tokenMinutes)],
          ['Purpose', plan.purpose],
          ['Ticket', plan.ticket],
          ['Server', [plan.cluster, plan.server].filter((text) => text !== '').join(' · ')],
          ['Namespace', plan.namespace ?? null],
          ['Token hidden by', plan.method === 'pgp' ? 'the officer’s PGP key' : 'a one-time password'],
          ['Shares needed', `${plan.required} ${shareKindName(plan.shareKind)}`.trim()],
          ['Then', plan.tasks.length === 0 ? null : <PlannedTasks key="tasks" tasks={plan.tasks} />],
        ]}
      />
    </>
  );
}
