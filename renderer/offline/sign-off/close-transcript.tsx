import { useState } from 'react';
import type { CustodianView } from '../../../shared/ipc/view/custodian';
import type { OfficerView } from '../../../shared/ipc/view/officer';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { asksMore, useCall } from '../call';
import { RecordException } from '../frame/record-exception';
import { SoFar } from '../frame/so-far';
import { NotCarried } from '../release/not-carried';

/** Before the checkpoint: the last moment to put something on the record. */
export function CloseTranscript({ ceremony }: { readonly ceremony: OfficerView | CustodianView }) {
  const signOff = useCall('ceremony.sign-off');
  const [recording, setRecording] = useState(false);
  const [voids, setVoids] = useState(false);
  const close = async (): Promise<void> => {
    const answer = await signOff.run(voids ? { again: true } : {});
    // Others signed an earlier checkpoint: the sentence below says whose signatures go, and the button asks
    // again.
    if (asksMore(answer, 'would-void')) setVoids(true);
  };
  return (
    <Step
      title="Sign off"
      lead="You close this laptop's transcript and sign its last line. Afterwards no line of it can change unnoticed."
      aside={<SoFar events={ceremony.events} />}
    >
      <Card title="What happens">
        <ul>
          <li>A checkpoint is written: a short text that fixes every line.</li>
          <li>You sign it. Others can sign it too: you show them a code, and take theirs.</li>
          <li>Then the transcript goes to compliance, in a folder.</li>
        </ul>
      </Card>
      <div className="row">
        <Button busy={signOff.busy} onPress={() => void close()}>
          {voids ? 'Close and sign all the same' : 'Close and sign'}
        </Button>
        <Button kind="quiet" onPress={() => setRecording(true)}>
          Record an exception first
        </Button>
      </div>
      <Problem text={signOff.problem} />
      {ceremony.role === 'custodian' && ceremony.shareStands ? <NotCarried /> : null}
      {recording ? <RecordException onClose={() => setRecording(false)} /> : null}
    </Step>
  );
}
