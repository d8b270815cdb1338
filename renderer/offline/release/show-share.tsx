import type { CustodianStep, CustodianView, OutgoingView } from '../../../shared/ipc/app-state';
import { Button } from '../../parts/button';
import { Facts } from '../../parts/facts';
import { More } from '../../parts/more';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { useCall } from '../call';
import { SoFar } from '../frame/so-far';
import { SaveMessage, ShowCode } from '../show-code';
import { TakeCode } from '../take-code';

export interface ShowShareProps {
  readonly ceremony: CustodianView;
  readonly outgoing: OutgoingView;
  readonly onLook: (step: CustodianStep) => void;
}

/** The sealed share on its way to the station. */
export function ShowShare({ ceremony, outgoing, onLook }: ShowShareProps) {
  const withdraw = useCall('custodian.release.withdraw');
  return (
    <Step
      title={`Carry this to ${ceremony.station}`}
      lead="Your share is in it, sealed. Whoever carries or films the code can neither read it nor use it for another attempt."
      code={<ShowCode outgoing={outgoing} />}
      aside={<SoFar events={ceremony.events} />}
    >
      <Facts
        facts={[
          ['Sealed to', ceremony.station],
          ['Attempt', <b key="attempt">{ceremony.nonceWords}</b>],
          ['Read aloud', <Words key="words" words={outgoing.words} of="Words of the sealed share" />],
        ]}
      />
      <div className="row">
        <Button onPress={() => onLook('sign-off')}>The station has it</Button>
        <SaveMessage outgoing={outgoing} />
      </div>
      <p className="quiet after">
        A wrong share is noticed only when the last one is in. Then all release again: stay near until the
        operator says that it worked.
      </p>
      <More title="The station shows a new attempt">
        <TakeCode what="the attempt’s code" aside />
      </More>
      {ceremony.step === 'release' ? (
        <More title="Nobody carried it to the station">
          <p>
            Only where the station never took this code in: enough others had released, say, or the attempt
            was cancelled. The transcript then says that your share was not needed, the code is gone from this
            screen, and you sign off. If anyone may have carried it, go on with “The station has it”.
          </p>
          <Button kind="quiet" busy={withdraw.busy} onPress={() => void withdraw.run({})}>
            Nobody carried it: it was not needed
          </Button>
          <Problem text={withdraw.problem} />
        </More>
      ) : null}
    </Step>
  );
}
