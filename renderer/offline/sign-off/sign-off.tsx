import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import type { OfficerView } from '../../../shared/ipc/offline/officer';
import { Archive } from '../../parts/sign-off/archive';
import { CloseTranscript } from '../../parts/sign-off/close-transcript';
import { Brought } from '../brought/brought';
import { NotCarried } from '../release/not-carried';
import { OpenSteps } from '../script/open-steps';
import { TakenOutcome } from './taken-outcome';

/** The end: close the transcript, have it signed, keep it. */
export function SignOff({ ceremony }: { readonly ceremony: OfficerView | CustodianView }) {
  return ceremony.checkpoint === null ? (
    <CloseTranscript events={ceremony.events}>
      {ceremony.role === 'custodian' && ceremony.shareStands ? <NotCarried /> : null}
      {ceremony.role === 'custodian' ? <TakenOutcome outcome={ceremony.outcome} /> : null}
      {ceremony.role === 'officer' ? <OpenSteps script={ceremony.script} /> : null}
      {ceremony.role === 'officer' && ceremony.brought !== null ? (
        <Brought digest={ceremony.brought} />
      ) : null}
    </CloseTranscript>
  ) : (
    <Archive checkpoint={ceremony.checkpoint} events={ceremony.events} />
  );
}
