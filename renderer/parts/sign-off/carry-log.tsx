import type { OutgoingView } from '../../../shared/ipc/view/outgoing';
import { Button } from '../button';
import { SaveMessage, ShowCode } from '../crossing/show-code';
import { Facts } from '../facts';
import { Foot } from '../foot';
import { Step } from '../step';
import { Words } from '../words';

export interface CarryLogProps {
  readonly log: OutgoingView;
  /** Whose signatures go along. */
  readonly signers: readonly string[];
  readonly onBack: () => void;
}

/** The closed journal as a code, for a machine from which no file may be carried. */
export function CarryLog({ log, signers, onBack }: CarryLogProps) {
  return (
    <Step
      title="Let another station take your journal"
      lead="A witness’s laptop, or any station whose files may be carried, takes this code and keeps it for the archive. Nothing in it is secret."
      code={<ShowCode outgoing={log} />}
    >
      <Facts
        facts={[
          ['Read aloud', <Words key="words" words={log.words} of="Words of the journal’s code" />],
          ['Signed by', signers.join(', ')],
          ['Size', `${log.bytes} bytes in ${log.partCount === 1 ? 'one code' : `${log.partCount} parts`}`],
        ]}
      />
      <p className="quiet">Signatures that you take in later aren’t in it: show it again then.</p>
      <Foot>
        <Button onPress={onBack}>They have it</Button>
        <SaveMessage outgoing={log} />
      </Foot>
    </Step>
  );
}
