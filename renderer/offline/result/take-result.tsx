import type { OfficerStep } from '../../../shared/ceremony/officer';
import type { SentView } from '../../../shared/ipc/offline/officer';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { TakeCode } from '../../parts/crossing/take-code';
import { SoFar } from '../../parts/frame/so-far';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { CantGive } from '../amend/cant-give';
import { useCall } from '../call';
import { BackToPlan } from '../plan/back-to-plan';
import { AttemptFacts } from './attempt-facts';
import { BareToken } from './bare-token';

export interface TakeResultProps {
  readonly ceremony: SentView;
  readonly onLook: (step: OfficerStep) => void;
  /** Opens the screen where a reserve steps in; null where it is too late for one. */
  readonly onAmend: (() => void) | null;
}

/** The officer waits while custodians release; the station's answers come in here. */
export function TakeResult({ ceremony, onLook, onAmend }: TakeResultProps) {
  const again = useCall('officer.start-again');
  const { attempt } = ceremony;
  const unanswered = !('result' in ceremony);
  return (
    <Step
      title={attempt === null ? 'Take the attempt' : 'Take the result'}
      lead={
        attempt === null
          ? 'The station shows the attempt as soon as the server has opened it. Take it: its words are what custodians compare.'
          : 'Custodians release their shares now. When the last one is in, the station shows the result.'
      }
      aside={
        <>
          <Card title="What happens meanwhile">
            <ul>
              <li>Each custodian checks the attempt and compares its words with you, by voice.</li>
              <li>The station submits their shares, one by one.</li>
              <li>The last answer comes once. The station keeps it before it shows it.</li>
              <li>You may close Airlock and come back days later.</li>
            </ul>
          </Card>
          <SoFar events={ceremony.events} />
        </>
      }
    >
      {attempt === null ? null : <AttemptFacts attempt={attempt} />}
      <TakeCode what={attempt === null ? 'the attempt’s or the result’s code' : 'the result’s code'} />
      <CantGive ceremony={ceremony} onAmend={onAmend} />
      <More title="There is only a bare encoded token, from the vault or bao command line">
        <BareToken />
      </More>
      <More title="The attempt was cancelled, or something went wrong">
        <p>
          Show the start again, if the station has not taken it.{' '}
          {unanswered
            ? 'If the attempt was cancelled, or the plan has to be another, go back to the plan: what was made so far is destroyed, and a new start is made. '
            : ''}
          Or give this ceremony up: destroy what was made for it and sign off.
        </p>
        <div className="row">
          <Button
            kind="quiet"
            busy={again.busy}
            onPress={() => (ceremony.step === 'result' ? void again.run({}) : onLook('start'))}
          >
            Show the start again
          </Button>
          {unanswered ? <BackToPlan /> : null}
          <Button kind="quiet" onPress={() => onLook('destroy')}>
            Give this ceremony up
          </Button>
        </div>
        <Problem text={again.problem} />
      </More>
    </Step>
  );
}
