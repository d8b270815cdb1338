import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import type { OfficerView } from '../../../shared/ipc/offline/officer';
import { Archive } from '../../parts/sign-off/archive';
import { CloseTranscript } from '../../parts/sign-off/close-transcript';
import { NotCarried } from '../release/not-carried';
import { TakenOutcome } from './taken-outcome';

/** The end: close the transcript, have it signed, keep it. */
export function SignOff({ ceremony }: { readonly ceremony: OfficerView | CustodianView }) {
  return ceremony.checkpoint === null ? (
    <CloseTranscript events={ceremony.events}>
      {ceremony.role === 'custodian' && ceremony.shareStands ? <NotCarried /> : null}
      {ceremony.role === 'custodian' ? <TakenOutcome outcome={ceremony.outcome} /> : null}
    </CloseTranscript>
  ) : (
    <Archive checkpoint={ceremony.checkpoint} events={ceremony.events} />
  );
}
