import { useState } from 'react';
import type { CommonCeremony } from '../../../shared/ipc/common-state';
import type { LogsView } from '../../../shared/ipc/view/logs';
import { useCall } from '../bridge/call';
import { useCommonState } from '../bridge/mirrored-state';
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
import { CarryLog } from './carry-log';

export interface ArchiveProps {
  readonly checkpoint: NonNullable<CommonCeremony['checkpoint']>;
  readonly events: CommonCeremony['events'];
}

/** The transcript is closed: others sign its checkpoint, and it goes to the archive. */
export function Archive({ checkpoint, events }: ArchiveProps) {
  const [carrying, setCarrying] = useState(false);
  return carrying && checkpoint.log !== null ? (
    <CarryLog log={checkpoint.log} signers={checkpoint.signers} onBack={() => setCarrying(false)} />
  ) : (
    <Gather checkpoint={checkpoint} events={events} onCarry={() => setCarrying(true)} />
  );
}

interface GatherProps extends ArchiveProps {
  readonly onCarry: () => void;
}

function Gather({ checkpoint, events, onCarry }: GatherProps) {
  const archive = useSave(useCall('ceremony.archive'));
  // The folder has more than would be written: the sentence below says what, and the button asks again.
  const loses = archive.asksMore('would-replace');
  const report = useSave(useCall('ceremony.report'));
  const leave = useCall('ceremony.leave');
  const log = useCall('ceremony.log');
  const taken = useTaken();
  const carry = async (): Promise<void> => {
    if ((await log.run({})).ok) onCarry();
  };
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
          ...(taken === null
            ? []
            : [['Also here', `the journals of ${labels(taken)}`] satisfies [string, string]]),
        ]}
      />
      <TakeCode what="a signature’s code, or a station’s journal" aside />
      <Foot>
        <Button busy={archive.busy} onPress={() => archive.run(loses ? { replace: true } : {})}>
          {loses ? 'Save it and replace that' : 'Save the archive'}
        </Button>
        <Button kind="quiet" busy={leave.busy} onPress={() => void leave.run({})}>
          Done: go home
        </Button>
        <Done text={archive.saved ?? report.saved} />
        <Problem text={archive.problem ?? report.problem ?? log.problem ?? leave.problem} />
      </Foot>
      <div className="row">
        <Button kind="quiet" busy={report.busy} onPress={() => report.run({})}>
          Save the report as a PDF
        </Button>
        <Button kind="quiet" busy={log.busy} onPress={() => void carry()}>
          No file may leave: show the journal
        </Button>
      </div>
      <p className="quiet after">
        Gather the folders of all stations in one place. verify.sh in it checks them with sha256sum, jq and
        gpg alone. A report that is saved here tells of what is known here: of one station, until the journals
        of others are taken in.
      </p>
    </Step>
  );
}

/** Journals of other stations of the open ceremony that came in here; null where there are none. */
const useTaken = (): LogsView | null =>
  useCommonState(({ state }) => state?.logs.find(({ id }) => id === state.ceremony?.id) ?? null);

const labels = ({ stations }: LogsView): string => stations.map(({ label }) => label).join(', ');
