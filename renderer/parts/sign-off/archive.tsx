import type { CommonCeremony } from '../../../shared/ipc/common-state';
import { useCall } from '../bridge/call';
import { useSave } from '../bridge/save';
import { Button } from '../button';
import { ShowCode } from '../crossing/show-code';
import { TakeCode } from '../crossing/take-code';
import { Facts } from '../facts';
import { Foot } from '../foot';
import { SoFar } from '../frame/so-far';
import { Done, Problem } from '../problem';
import { Step } from '../step';
import { Words } from '../words';

export interface ArchiveProps {
  readonly checkpoint: NonNullable<CommonCeremony['checkpoint']>;
  readonly events: CommonCeremony['events'];
}

/** The transcript is closed: others sign its checkpoint, and it goes to the archive. */
export function Archive({ checkpoint, events }: ArchiveProps) {
  const archive = useSave(useCall('ceremony.archive'));
  // The folder has more than would be written: the sentence below says what, and the button asks again.
  const loses = archive.asksMore('would-replace');
  const leave = useCall('ceremony.leave');
  return (
    <Step
      title="Signed. Let the others sign too"
      lead="A witness takes this code, compares the words and shows a signature. Take it below. Then save the archive."
      code={<ShowCode outgoing={checkpoint.outgoing} />}
      aside={<SoFar events={events} />}
    >
      <Facts
        facts={[
          ['Read aloud', <Words key="words" words={checkpoint.words} of="Words of the checkpoint" />],
          ['Signed by', checkpoint.signers.join(', ')],
        ]}
      />
      <TakeCode what="a signature’s code" aside />
      <Foot>
        <Button busy={archive.busy} onPress={() => archive.run(loses ? { replace: true } : {})}>
          {loses ? 'Save it and replace that' : 'Save the archive'}
        </Button>
        <Button kind="quiet" busy={leave.busy} onPress={() => void leave.run({})}>
          Done: go home
        </Button>
        <Done text={archive.saved} />
        <Problem text={archive.problem ?? leave.problem} />
      </Foot>
      <p className="quiet after">
        Gather the folders of all stations in one place. verify.sh in it checks them with sha256sum, jq and
        gpg alone.
      </p>
    </Step>
  );
}
