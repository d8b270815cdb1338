import type { CustodianStep } from '../../../shared/ceremony/custodian';
import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import type { OutgoingView } from '../../../shared/ipc/view/outgoing';
import { Button } from '../../parts/button';
import { SaveMessage, ShowCode } from '../../parts/crossing/show-code';
import { TakeCode } from '../../parts/crossing/take-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { More } from '../../parts/more';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { NotCarried } from './not-carried';

export interface ShowShareProps {
  readonly ceremony: CustodianView;
  readonly outgoing: OutgoingView;
  readonly onLook: (step: CustodianStep) => void;
}

/** The sealed share on its way to the station. */
export function ShowShare({ ceremony, outgoing, onLook }: ShowShareProps) {
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
          ['Attempt', <b key="attempt">{ceremony.attemptWords}</b>],
          ['Read aloud', <Words key="words" words={outgoing.words} of="Words of the sealed share" />],
        ]}
      />
      <Foot>
        <Button onPress={() => onLook('sign-off')}>The station has it</Button>
        <SaveMessage outgoing={outgoing} />
      </Foot>
      <p className="quiet after">
        A wrong share is noticed only when the last one is in. Then all release again: stay near until the
        operator says that it worked.
      </p>
      <More title="The station shows a new attempt">
        <TakeCode what="the attempt’s code" aside />
      </More>
      {ceremony.shareStands ? <NotCarried /> : null}
    </Step>
  );
}
