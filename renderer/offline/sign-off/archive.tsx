import type { OfficerView } from '../../../shared/ipc/view/officer';
import { Button } from '../../parts/button';
import { Facts } from '../../parts/facts';
import { Done, Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { useCall } from '../call';
import { SoFar } from '../frame/so-far';
import { useSave } from '../save';
import { ShowCode } from '../show-code';
import { TakeCode } from '../take-code';

export interface ArchiveProps {
  readonly checkpoint: NonNullable<OfficerView['checkpoint']>;
  readonly events: OfficerView['events'];
}

/** The transcript is closed: others sign its checkpoint, and it goes to the archive. */
export function Archive({ checkpoint, events }: ArchiveProps) {
  const archive = useSave('ceremony.archive');
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
      <div className="row">
        <Button busy={archive.busy} onPress={() => archive.run(loses ? { replace: true } : {})}>
          {loses ? 'Save it and replace that' : 'Save the archive'}
        </Button>
        <Button kind="quiet" busy={leave.busy} onPress={() => void leave.run({})}>
          Done: go home
        </Button>
      </div>
      <Done text={archive.saved} />
      <Problem text={archive.problem ?? leave.problem} />
      <p className="quiet after">
        Gather the folders of all stations in one place. verify.sh in it checks them with sha256sum, jq and
        gpg alone.
      </p>
    </Step>
  );
}
