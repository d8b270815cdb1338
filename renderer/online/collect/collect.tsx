import { useState } from 'react';
import type { OperatorView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { ShowCode } from '../../parts/crossing/show-code';
import { TakeCode } from '../../parts/crossing/take-code';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { PlanFacts } from '../begin/plan-facts';
import { useCall } from '../call';
import { CancelAttempt } from './cancel-attempt';
import { Givers } from './givers';

export interface CollectProps {
  readonly ceremony: OperatorView;
  readonly onDone: () => void;
}

/** The attempt is open: its code on one side, the camera on the other, every custodian by name below. */
export function Collect({ ceremony, onDone }: CollectProps) {
  const [cancelling, setCancelling] = useState(false);
  const announce = useCall('attempt.announce');
  const gone = useCall('attempt.gone');
  const settle = useCall('attempt.settle');
  const { attempt, alarm } = ceremony;
  const own = ceremony.givers.filter(({ here }) => here);
  const done = own.length > 0 && own.every(({ fate }) => fate === 'accepted');
  const unknown = own.some(({ fate }) => fate === 'unknown');
  const dead = alarm !== null && alarm.kind !== 'silent';
  return (
    <Step
      title="Collect the shares of this station"
      lead="Show the code on the left to each custodian. Hold their code to the camera when they have released."
      wide
    >
      <div className="beside">
        {dead ? (
          <div className="code-gone">
            <h2>{alarm.headline}</h2>
            <p>{alarm.text} Its code is shown no more.</p>
          </div>
        ) : attempt === null ? (
          <div className="code-gone">
            <p>
              The key that shares are sealed to has had its time, so there is no code to show. The server is
              asked first, then a new one is made; who released for the old one releases again.
            </p>
            <Button busy={announce.busy} onPress={() => void announce.run({})}>
              Make the code anew
            </Button>
          </div>
        ) : (
          <ShowCode outgoing={attempt} />
        )}
        <TakeCode what="a custodian’s share" several aside={done || dead} />
      </div>
      {alarm?.kind === 'silent' ? <p className="quiet">{alarm.text}</p> : null}
      <Givers givers={ceremony.givers} />
      <p className="quiet in-foot-too">{sentence(ceremony, done)}</p>
      <More title="The plan">
        <PlanFacts plan={ceremony} />
      </More>
      <SoFar events={ceremony.events} />
      {cancelling ? <CancelAttempt ceremony={ceremony} onClose={() => setCancelling(false)} /> : null}
      <Foot>
        {unknown ? (
          <Button kind="quiet" busy={settle.busy} onPress={() => void settle.run({})}>
            Find out about the last share
          </Button>
        ) : null}
        <p>{sentence(ceremony, done)}</p>
        {dead ? (
          <Button busy={gone.busy} onPress={() => void gone.run({})}>
            Put it on record: the attempt is gone
          </Button>
        ) : (
          <Button kind={done ? 'primary' : 'quiet'} onPress={onDone}>
            My custodians are done
          </Button>
        )}
        <Button kind="quiet" onPress={() => setCancelling(true)}>
          Cancel the attempt
        </Button>
        <Problem text={announce.problem ?? gone.problem ?? settle.problem} />
      </Foot>
    </Step>
  );
}

function sentence({ progress, required, sharesSeenHere, givers }: OperatorView, done: boolean): string {
  const seen = `This station has seen ${sharesSeenHere} of ${required} shares in the clear.`;
  const others = givers.filter(({ fate }) => fate === 'elsewhere').map(({ givesTo }) => givesTo);
  const [other] = others;
  if (done && other !== null && other !== undefined) return `${seen} The station of ${other} finishes.`;
  return `${progress} of ${required} are in on the server. ${seen}`;
}
