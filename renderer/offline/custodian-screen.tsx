import type { CustodianStep } from '../../shared/ceremony/custodian';
import type { AppState } from '../../shared/ipc/offline/app-state';
import type { CustodianView } from '../../shared/ipc/offline/custodian';
import { Rail } from '../parts/frame/rail';
import { RailFoot } from '../parts/frame/rail-foot';
import { useLook } from '../parts/look';
import { Check } from './check/check';
import { type CustodianRailStep, custodianRailStep, custodianSteps } from './names';
import { Release } from './release/release';
import { EnterShare } from './share/enter-share';
import { SignOff } from './sign-off/sign-off';
import { Stopped } from './stopped/stopped';

export interface CustodianScreenProps {
  readonly state: AppState;
  readonly ceremony: CustodianView;
}

/** A custodian's ceremony: its rail, and the step in the middle. */
export function CustodianScreen({ state, ceremony }: CustodianScreenProps) {
  const [shown, look] = useLook<CustodianStep | 'take'>(ceremony.step);
  return (
    <>
      <Rail
        title={ceremony.title}
        steps={custodianSteps}
        at={custodianRailStep(ceremony.step)}
        looking={custodianRailStep(shown)}
        open={openSteps(ceremony)}
        onLook={look}
      >
        <RailFoot state={state} steps={custodianSteps} />
      </Rail>
      <CustodianStepScreen shown={shown} ceremony={ceremony} onLook={look} />
    </>
  );
}

function openSteps(ceremony: CustodianView): CustodianRailStep[] {
  const open: CustodianRailStep[] = ceremony.step === 'stopped' ? [] : [custodianRailStep(ceremony.step)];
  if (ceremony.outgoing !== null) open.push('release');
  // Also whoever was not needed signs off.
  open.push('sign-off');
  return open;
}

interface StepScreenProps {
  readonly shown: CustodianStep | 'take';
  readonly ceremony: CustodianView;
  readonly onLook: (step: CustodianStep) => void;
}

function CustodianStepScreen({ shown, ceremony, onLook }: StepScreenProps) {
  switch (shown) {
    case 'take':
    case 'check':
      return <Check ceremony={ceremony} />;
    case 'share':
      return <EnterShare ceremony={ceremony} />;
    case 'release':
    case 'released':
      return <Release ceremony={ceremony} onLook={onLook} />;
    case 'sign-off':
      return <SignOff ceremony={ceremony} />;
    case 'stopped':
      return <Stopped ceremony={ceremony} />;
  }
}
