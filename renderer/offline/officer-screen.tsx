import { useState } from 'react';
import type { OfficerStep } from '../../shared/ceremony/officer';
import { takesAnotherResult } from '../../shared/ceremony/token-stand';
import type { AppState } from '../../shared/ipc/offline/app-state';
import type { OfficerView, SentView } from '../../shared/ipc/offline/officer';
import { Button } from '../parts/button';
import { Rail } from '../parts/frame/rail';
import { RailFoot } from '../parts/frame/rail-foot';
import { useLook } from '../parts/look';
import { StepIn } from './amend/step-in';
import { Decode } from './decode/decode';
import { Destroy } from './destroy/destroy';
import { GiveUp } from './destroy/give-up';
import { MakeKey } from './key/make-key';
import { officerRailStep, officerSteps } from './names';
import { PlanStep } from './plan/plan-step';
import { TakeResult } from './result/take-result';
import { ScriptScreen } from './script/script-screen';
import { SignOff } from './sign-off/sign-off';
import { SendStart } from './start/send-start';

export interface OfficerScreenProps {
  readonly state: AppState;
  readonly ceremony: OfficerView;
}

/** The officer's ceremony: its rail, and the step in the middle. */
export function OfficerScreen({ state, ceremony }: OfficerScreenProps) {
  const [shown, lookAt] = useLook(ceremony.step);
  const [inScript, setInScript] = useState(false);
  const { script } = ceremony;
  const look = (step: OfficerStep) => {
    setInScript(false);
    lookAt(step);
  };
  const attemptKnown = 'attempt' in ceremony && ceremony.attempt !== null;
  const steps = officerSteps(ceremony.draft.method);
  const onRail = (step: OfficerStep) => officerRailStep(step, attemptKnown);
  return (
    <>
      <Rail
        title={ceremony.title === '' ? 'New ceremony' : ceremony.title}
        steps={steps}
        at={onRail(ceremony.step)}
        looking={onRail(shown)}
        open={openSteps(ceremony).map(onRail)}
        onLook={(step) => look(step === 'attempt' ? 'result' : step)}
      >
        {script === null || inScript ? null : (
          <Button kind="link" onPress={() => setInScript(true)}>
            Script: {script.steps - script.open} of {script.steps} on record
          </Button>
        )}
        {ceremony.step === 'sign-off' || 'result' in ceremony ? null : (
          <Button kind="link" onPress={() => look('destroy')}>
            Give this ceremony up
          </Button>
        )}
        <RailFoot state={state} steps={steps} />
      </Rail>
      {script !== null && inScript ? (
        <ScriptScreen ceremony={ceremony} script={script} onBack={() => setInScript(false)} />
      ) : (
        <OfficerStepScreen shown={shown} state={state} ceremony={ceremony} onLook={look} />
      )}
    </>
  );
}

/** Steps with something to see or do now: the code again, a further answer, the end of the key. */
function openSteps(ceremony: OfficerView): OfficerStep[] {
  const open: OfficerStep[] = [ceremony.step];
  if ('start' in ceremony) open.push('start');
  // Before there is a result it would be giving up, which has a name and a place of its own.
  if ('result' in ceremony) open.push('destroy');
  if (takesAnotherResult(ceremony)) open.push('result');
  // Reported revoked by mistake: it can be decoded again for as long as the key is here.
  if (ceremony.step === 'destroy') open.push('decode');
  return open;
}

interface LookProps {
  readonly shown: OfficerStep;
  readonly onLook: (step: OfficerStep) => void;
}

function OfficerStepScreen({ shown, state, ceremony, onLook }: OfficerScreenProps & LookProps) {
  switch (ceremony.step) {
    case 'plan':
      if (shown === 'destroy') return <GiveUp state={state} id={ceremony.id} onBack={() => onLook('plan')} />;
      return (
        <PlanStep self={state.identity} people={state.people} ceremony={ceremony} scripts={state.scripts} />
      );
    case 'key':
      if (shown === 'destroy') return <GiveUp state={state} id={ceremony.id} onBack={() => onLook('key')} />;
      return <MakeKey ceremony={ceremony} />;
    case 'sign-off':
      return <SignOff ceremony={ceremony} />;
    default:
      return <SentScreen shown={shown} ceremony={ceremony} onLook={onLook} />;
  }
}

/** A ceremony whose start message is made: any of its steps can be looked at. */
function SentScreen({ shown, ceremony, onLook }: LookProps & { readonly ceremony: SentView }) {
  const [amending, setAmending] = useState(false);
  const canAmend = ceremony.step === 'start' || ceremony.step === 'result';
  if (amending && canAmend) return <StepIn ceremony={ceremony} onDone={() => setAmending(false)} />;
  const onAmend = canAmend ? () => setAmending(true) : null;
  if (shown === 'start') return <SendStart ceremony={ceremony} onLook={onLook} onAmend={onAmend} />;
  if (shown === 'destroy') return <Destroy ceremony={ceremony} onLook={onLook} />;
  if (shown === 'decode' && 'result' in ceremony) return <Decode ceremony={ceremony} onLook={onLook} />;
  return <TakeResult ceremony={ceremony} onLook={onLook} onAmend={onAmend} />;
}
