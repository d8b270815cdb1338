import type { CustodianStep, CustodianView } from '../../../shared/ipc/app-state';
import { AskRelease } from './ask-release';
import { ShowShare } from './show-share';

export interface ReleaseProps {
  readonly ceremony: CustodianView;
  readonly onLook: (step: CustodianStep) => void;
}

/** The share is released for this attempt, then shown, sealed. */
export function Release({ ceremony, onLook }: ReleaseProps) {
  return ceremony.outgoing === null ? (
    <AskRelease ceremony={ceremony} />
  ) : (
    <ShowShare ceremony={ceremony} outgoing={ceremony.outgoing} onLook={onLook} />
  );
}
