import { useState } from 'react';
import { serverName } from '../../../shared/ceremony/shown-names';
import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import { Button } from '../../parts/button';
import { TakeCode } from '../../parts/crossing/take-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { More } from '../../parts/more';
import { Step } from '../../parts/step';
import { SignOff } from '../sign-off/sign-off';

/** The custodian found a difference: nothing was released, and nothing will be for this attempt. */
export function Stopped({ ceremony }: { readonly ceremony: CustodianView }) {
  const [signing, setSigning] = useState(false);
  if (signing || ceremony.checkpoint !== null) return <SignOff ceremony={ceremony} />;
  return (
    <Step
      title={ceremony.shareStands ? 'Stopped' : 'Stopped. Nothing was released'}
      lead="What you found is in the transcript. Tell the officer by voice, now: someone may be trying to get a token."
      aside={<SoFar events={ceremony.events} />}
    >
      <Facts
        facts={[
          ['Asked by', ceremony.askedBy.name],
          ['Server', serverName(ceremony.server)],
          ['Attempt words', <b key="words">{ceremony.attemptWords}</b>],
        ]}
      />
      <p>
        The officer has the attempt cancelled on the server. If a new one is agreed on, you take its code.
      </p>
      <Foot>
        <Button onPress={() => setSigning(true)}>Sign off</Button>
      </Foot>
      <More title="A new attempt was agreed on">
        <TakeCode what="the attempt’s code" aside />
      </More>
    </Step>
  );
}
