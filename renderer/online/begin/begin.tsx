import type { OnlineState, ProposalView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { Foot } from '../../parts/foot';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { Givers } from '../collect/givers';
import { ServerFacts } from '../server/server-facts';
import { AdviceCard } from './advice';
import { PlanFacts } from './plan-facts';

export interface BeginProps {
  readonly proposal: ProposalView;
  readonly server: OnlineState['server'];
}

/** The plan, before anything is sent: then the attempt is begun, or joined. */
export function Begin({ proposal, server }: BeginProps) {
  const start = useCall('attempt.start');
  const join = useCall('attempt.join');
  const dismiss = useCall('attempt.dismiss');
  const isOpen = server.facts?.attempt !== null && server.facts !== null;
  const joins = proposal.kind === 'attempt' || isOpen;
  const busy = start.busy || join.busy;
  return (
    <Step
      title={joins ? 'Join this attempt?' : 'Start this attempt?'}
      lead="Nothing was sent to the server yet. Look at the plan, and compare the ceremony’s words with the officer."
      aside={
        <>
          {joins ? null : <AdviceCard advice={proposal.advice} />}
          <ServerFacts server={server} />
        </>
      }
    >
      <h2>{proposal.title}</h2>
      <PlanFacts plan={proposal} />
      <Givers givers={proposal.givers} />
      <Foot>
        {joins ? (
          <Button busy={busy} onPress={() => void join.run({})}>
            Join the attempt
          </Button>
        ) : (
          <Button busy={busy} onPress={() => void start.run({})}>
            Start the attempt
          </Button>
        )}
        {joins && proposal.kind === 'start' ? (
          <Button kind="quiet" busy={busy} onPress={() => void start.run({})}>
            Start it here
          </Button>
        ) : null}
        <Button kind="quiet" busy={dismiss.busy} onPress={() => void dismiss.run({})}>
          Put it away
        </Button>
        <Problem text={start.problem ?? join.problem ?? dismiss.problem} />
      </Foot>
    </Step>
  );
}
