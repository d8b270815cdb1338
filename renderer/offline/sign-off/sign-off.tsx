import type { CustodianView } from '../../../shared/ipc/view/custodian';
import type { OfficerView } from '../../../shared/ipc/view/officer';
import { Archive } from './archive';
import { CloseTranscript } from './close-transcript';

/** The end: close the transcript, have it signed, keep it. */
export function SignOff({ ceremony }: { readonly ceremony: OfficerView | CustodianView }) {
  return ceremony.checkpoint === null ? (
    <CloseTranscript ceremony={ceremony} />
  ) : (
    <Archive checkpoint={ceremony.checkpoint} events={ceremony.events} />
  );
}
