import { useState } from 'react';
import type { OnlineState, OperatorView } from '../../shared/ipc/online/app-state';
import { Rail } from '../parts/frame/rail';
import { RailFoot } from '../parts/frame/rail-foot';
import { useLook } from '../parts/look';
import { Archive } from '../parts/sign-off/archive';
import { CloseTranscript } from '../parts/sign-off/close-transcript';
import { Collect } from './collect/collect';
import { Ended } from './collect/ended';
import { Token } from './handoff/token';
import { type OperatorStep, operatorSteps, stepOf } from './names';
import { Result } from './result/result';
import { Sweep } from './sweep/sweep';
import { Revoke } from './token/revoke';

export interface OperatorScreenProps {
  readonly state: OnlineState;
  readonly ceremony: OperatorView;
}

/** One ceremony at this station: its rail, and the step in the middle. */
export function OperatorScreen({ state, ceremony }: OperatorScreenProps) {
  const [shown, look] = useLook<OperatorStep>(stepOf(state));
  // Whoever looks at the token has carried the result: only they can say so.
  const at = shown === 'token' ? shown : stepOf(state);
  const [sweeping, setSweeping] = useState(false);
  const lookAt = (step: OperatorStep): void => {
    setSweeping(false);
    look(step);
  };
  return (
    <>
      <Rail
        title={ceremony.title}
        steps={operatorSteps}
        at={at}
        looking={shown}
        open={openSteps(ceremony)}
        onLook={lookAt}
      >
        <RailFoot state={state} steps={operatorSteps} />
      </Rail>
      {sweeping ? (
        <Sweep state={state} onBack={() => setSweeping(false)} />
      ) : (
        <StepScreen shown={shown} ceremony={ceremony} onLook={look} onSweep={() => setSweeping(true)} />
      )}
    </>
  );
}

/** Steps with something to see or do now. */
function openSteps({ step, checkpoint }: OperatorView): OperatorStep[] {
  if (checkpoint !== null) return ['sign-off'];
  return step === 'finished' ? ['result', 'token', 'sign-off'] : ['collect', 'sign-off'];
}

interface StepScreenProps {
  readonly shown: OperatorStep;
  readonly ceremony: OperatorView;
  readonly onLook: (step: OperatorStep) => void;
  readonly onSweep: () => void;
}

function StepScreen({ shown, ceremony, onLook, onSweep }: StepScreenProps) {
  const { checkpoint, events } = ceremony;
  if (checkpoint !== null) return <Archive checkpoint={checkpoint} events={events} />;
  if (shown === 'sign-off') return <CloseTranscript events={events} />;
  if (shown === 'token' && ceremony.handed !== null)
    return (
      <Token
        ceremony={ceremony}
        handed={ceremony.handed}
        onDone={() => onLook('sign-off')}
        onSweep={onSweep}
      />
    );
  if (shown === 'token')
    return <Revoke ceremony={ceremony} onElsewhere={() => onLook('sign-off')} onSweep={onSweep} />;
  if (ceremony.step === 'finished') return <Result ceremony={ceremony} onDone={() => onLook('token')} />;
  if (ceremony.step === 'open') return <Collect ceremony={ceremony} onDone={() => onLook('sign-off')} />;
  return <Ended ceremony={ceremony} onDone={() => onLook('sign-off')} onSweep={onSweep} />;
}
