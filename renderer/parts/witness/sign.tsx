import type { CheckpointView } from '../../../shared/ipc/view/checkpoint';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Card } from '../card';
import { SaveMessage, ShowCode } from '../crossing/show-code';
import { Facts } from '../facts';
import { Foot } from '../foot';
import { WhatIs } from '../help/what-is';
import { Problem } from '../problem';
import { Step } from '../step';
import { Words } from '../words';

/** Someone asks for a signature under their transcript: compare, sign, show. */
export function Sign({ checkpoint }: { readonly checkpoint: CheckpointView }) {
  return checkpoint.outgoing === null ? (
    <CompareAndSign checkpoint={checkpoint} />
  ) : (
    <ShowSignature checkpoint={checkpoint} outgoing={checkpoint.outgoing} />
  );
}

function CompareAndSign({ checkpoint }: { readonly checkpoint: CheckpointView }) {
  const sign = useCall('witness.sign');
  const leave = useCall('witness.leave');
  return (
    <Step
      title={`Sign the transcript of ${checkpoint.from}?`}
      lead="You vouch that this is how it was, as far as you saw. Compare the words with their screen first."
      aside={
        <Card title="What you sign">
          <ul>
            <li>Exactly the bytes below, with your own key.</li>
            <li>They fix every line of that station's journal: a line changed later no longer fits.</li>
            <li>An auditor checks it with sha256sum and gpg, without Airlock.</li>
          </ul>
        </Card>
      }
    >
      <Facts
        facts={[
          ['From', checkpoint.from],
          [
            'Read aloud',
            <span key="words">
              <Words words={checkpoint.words} of="Words of the checkpoint" /> <WhatIs term="checkpoint" />
            </span>,
          ],
        ]}
      />
      <pre className="plain">{checkpoint.text}</pre>
      <Foot>
        <Button busy={sign.busy} onPress={() => void sign.run({})}>
          The words match: sign
        </Button>
        <Button kind="quiet" busy={leave.busy} onPress={() => void leave.run({})}>
          Don't sign
        </Button>
        <Problem text={sign.problem ?? leave.problem} />
      </Foot>
    </Step>
  );
}

interface ShowSignatureProps {
  readonly checkpoint: CheckpointView;
  readonly outgoing: NonNullable<CheckpointView['outgoing']>;
}

function ShowSignature({ checkpoint, outgoing }: ShowSignatureProps) {
  const leave = useCall('witness.leave');
  return (
    <Step
      title={`Carry your signature to ${checkpoint.from}`}
      lead="Their station takes this code and keeps the signature beside the transcript. Nothing in it is secret."
      code={<ShowCode outgoing={outgoing} />}
    >
      <Facts
        facts={[['Read aloud', <Words key="words" words={outgoing.words} of="Words of the signature" />]]}
      />
      <Foot>
        <Button busy={leave.busy} onPress={() => void leave.run({})}>
          They have it
        </Button>
        <SaveMessage outgoing={outgoing} />
        <Problem text={leave.problem} />
      </Foot>
    </Step>
  );
}
