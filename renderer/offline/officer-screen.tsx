import type { AppState, OfficerStep, OfficerView } from '../../shared/ipc/app-state';
import { Button } from '../parts/button';
import { Decode } from './decode/decode';
import { Destroy } from './destroy/destroy';
import { Rail } from './frame/rail';
import { RailFoot } from './frame/rail-foot';
import { MakeKey } from './key/make-key';
import { useLook } from './look';
import { officerSteps } from './names';
import { PlanStep } from './plan/plan-step';
import { takesAnotherResult } from './result/another-result';
import { TakeResult } from './result/take-result';
import { SignOff } from './sign-off/sign-off';
import { SendStart } from './start/send-start';

export interface OfficerScreenProps {
  readonly state: AppState;
  readonly ceremony: OfficerView;
}

/** The officer's ceremony: its rail, and the step in the middle. */
export function OfficerScreen({ state, ceremony }: OfficerScreenProps) {
  const [shown, look] = useLook(ceremony.step);
  return (
    <>
      <Rail
        title={ceremony.title === '' ? 'New ceremony' : ceremony.title}
        steps={officerSteps(ceremony.draft.method)}
        at={ceremony.step}
        looking={shown}
        open={openSteps(ceremony)}
        onLook={look}
      >
        {ceremony.result === null && ceremony.destroyedAt === null ? (
          <Button kind="link" onPress={() => look('destroy')}>
            Give this ceremony up
          </Button>
        ) : null}
        <RailFoot state={state} />
      </Rail>
      <OfficerStepScreen shown={shown} state={state} ceremony={ceremony} onLook={look} />
    </>
  );
}

/** Steps with something to see or do now: the code again, a further answer, the end of the key. */
function openSteps(ceremony: OfficerView): OfficerStep[] {
  const open: OfficerStep[] = [ceremony.step];
  const kept = ceremony.destroyedAt === null && (ceremony.key !== null || ceremony.otp !== null);
  if (ceremony.start !== null && kept) open.push('start');
  // Before there is a result it would be giving up, which has a name and a place of its own.
  if (ceremony.result !== null && kept) open.push('destroy');
  if (ceremony.start !== null && kept && takesAnotherResult(ceremony)) open.push('result');
  // Reported revoked by mistake: it can be decoded again for as long as the key is here.
  if (ceremony.step === 'destroy') open.push('decode');
  return open;
}

interface StepScreenProps extends OfficerScreenProps {
  readonly shown: OfficerStep;
  readonly onLook: (step: OfficerStep) => void;
}

function OfficerStepScreen({ shown, state, ceremony, onLook }: StepScreenProps) {
  switch (shown) {
    case 'plan':
      return <PlanStep people={state.people} ceremony={ceremony} />;
    case 'key':
      return <MakeKey ceremony={ceremony} />;
    case 'start':
      return <SendStart ceremony={ceremony} onLook={onLook} />;
    case 'result':
      return <TakeResult ceremony={ceremony} onLook={onLook} />;
    case 'decode':
      return <Decode ceremony={ceremony} onLook={onLook} />;
    case 'destroy':
      return <Destroy ceremony={ceremony} onLook={onLook} />;
    case 'sign-off':
      return <SignOff ceremony={ceremony} />;
  }
}
