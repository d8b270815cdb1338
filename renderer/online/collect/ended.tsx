import type { OperatorView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { TakeCode } from '../../parts/crossing/take-code';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { Givers } from './givers';

export interface EndedProps {
  readonly ceremony: OperatorView;
  readonly onDone: () => void;
  readonly onSweep: () => void;
}

/** The attempt is over at this station without a result, or its start was cut off: what that means. */
export function Ended({ ceremony, onDone, onSweep }: EndedProps) {
  const leave = useCall('ceremony.leave');
  const { title, lead } =
    texts[ceremony.step === 'lost' || ceremony.step === 'starting' ? ceremony.step : 'cancelled'];
  return (
    <Step title={title} lead={lead} aside={<SoFar events={ceremony.events} />}>
      <Givers givers={ceremony.givers} />
      <TakeCode what="the officer’s start, or another station’s attempt" aside />
      <Foot>
        {ceremony.step === 'lost' ? <Button onPress={onSweep}>Sweep for root tokens</Button> : null}
        <Button kind={ceremony.step === 'lost' ? 'quiet' : 'primary'} onPress={onDone}>
          Sign off
        </Button>
        <Button kind="quiet" busy={leave.busy} onPress={() => void leave.run({})}>
          Introduce this station anew
        </Button>
        <p>Sign off where nothing more is to come at this station.</p>
        <Problem text={leave.problem} />
      </Foot>
    </Step>
  );
}

const texts = {
  cancelled: {
    title: 'The attempt is over',
    lead: 'It was cancelled, or it has gone from the server: another station may have finished it. Ask the officer whether a result has arrived. If not, introduce this station anew: a new start answers a new introduction.',
  },
  lost: {
    title: 'The last answer was lost',
    lead: 'The server may have made a root token that nobody holds. Tell the officer now. Ask the other stations whether one has the result; if none has, sweep for the token, and revoke it by its accessor.',
  },
  starting: {
    title: 'The start was cut off',
    lead: 'It is not known here whether the attempt was begun. Take in the officer’s start once more: the server is asked first.',
  },
} as const;
