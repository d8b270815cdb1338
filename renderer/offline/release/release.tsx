import type { CustodianStep } from '../../../shared/ceremony/custodian';
import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import { SignOff } from '../sign-off/sign-off';
import { AskRelease } from './ask-release';
import { ShowShare } from './show-share';

export interface ReleaseProps {
  readonly ceremony: CustodianView;
  readonly onLook: (step: CustodianStep) => void;
}

/** The share is released for this attempt, then shown, sealed. */
export function Release({ ceremony, onLook }: ReleaseProps) {
  if (ceremony.step === 'release') return <AskRelease ceremony={ceremony} share={ceremony.share} />;
  // Withdrawn, and the app was closed in that very moment: there is nothing to show, and only the end is
  // left.
  if (ceremony.outgoing === null) return <SignOff ceremony={ceremony} />;
  return <ShowShare ceremony={ceremony} outgoing={ceremony.outgoing} onLook={onLook} />;
}
