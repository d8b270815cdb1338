import { type ReactNode, useState } from 'react';
import type { CommonCeremony } from '../../../shared/ipc/common-state';
import { asksMore, useCall } from '../bridge/call';
import { Button } from '../button';
import { Card } from '../card';
import { Foot } from '../foot';
import { RecordException } from '../frame/record-exception';
import { SoFar } from '../frame/so-far';
import { WhatIs } from '../help/what-is';
import { Problem } from '../problem';
import { Step } from '../step';

export interface CloseTranscriptProps {
  readonly events: CommonCeremony['events'];
  /** What is to be settled besides, before the transcript closes. */
  readonly children?: ReactNode;
}

/** Before the checkpoint: the last moment to put something on the record. */
export function CloseTranscript({ events, children }: CloseTranscriptProps) {
  const signOff = useCall('ceremony.sign-off');
  const [recording, setRecording] = useState(false);
  const [exception, setException] = useState('');
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
      lead="You close your transcript and sign its last line. Afterwards no line of it can change unnoticed."
      aside={<SoFar events={events} />}
    >
      <Card title="What happens">
        <ul>
          <li>
            A checkpoint is written: a short text that fixes every line. <WhatIs term="checkpoint" />
          </li>
          <li>You sign it. Others can sign it too: you show them a code, and take theirs.</li>
          <li>Then the transcript goes to compliance, in a folder.</li>
        </ul>
      </Card>
      <Foot>
        <Button busy={signOff.busy} onPress={() => void close()}>
          {voids ? 'Close and sign all the same' : 'Close and sign'}
        </Button>
        <Button kind="quiet" onPress={() => setRecording(true)}>
          Record an exception first
        </Button>
        <Problem text={signOff.problem} />
      </Foot>
      {children}
      {recording ? (
        <RecordException text={exception} onChange={setException} onClose={() => setRecording(false)} />
      ) : null}
    </Step>
  );
}
