import type { OutgoingView } from '../../../shared/ipc/view/outgoing';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { SaveMessage, ShowCode } from '../crossing/show-code';
import { TakeCode } from '../crossing/take-code';
import { Facts } from '../facts';
import { Foot } from '../foot';
import { Problem } from '../problem';
import { Step } from '../step';
import { Words } from '../words';

/** The journal so far as a code for a witness, in the middle of whatever is under way; and what they sign. */
export function ShowJournal({ live }: { readonly live: OutgoingView }) {
  const hide = useCall('ceremony.hide');
  return (
    <Step
      title="Show your journal to a witness"
      lead="A witness takes this code and reads every line so far. Nothing in it is secret, and nothing is closed: go on whenever you like."
      code={<ShowCode outgoing={live} />}
    >
      <Facts
        facts={[
          ['Read aloud', <Words key="words" words={live.words} of="Words of the journal’s code" />],
          ['Size', `${live.bytes} bytes in ${live.partCount === 1 ? 'one code' : `${live.partCount} parts`}`],
        ]}
      />
      <p className="quiet">
        Whoever witnesses signs up to the line that they saw. Take what they show below: it is kept in this
        journal. What they signed at another station counts here, too.
      </p>
      <TakeCode what="what the witness signed" aside />
      <Foot>
        <Button busy={hide.busy} onPress={() => void hide.run({})}>
          Back to the ceremony
        </Button>
        <SaveMessage outgoing={live} />
        <Problem text={hide.problem} />
      </Foot>
    </Step>
  );
}
