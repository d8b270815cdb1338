import type { CommonState } from '../../../shared/ipc/common-state';
import { Button } from '../button';
import { Facts } from '../facts';
import { LockAfter } from '../guard/lock-after';
import { More } from '../more';
import { Sheet } from '../sheet';
import { About } from './about';
import { keys } from './keys';
import { type StepHelp, stepsHelp } from './steps-help';
import { type Term, termName, terms } from './terms';

export interface HelpProps {
  readonly state: Pick<CommonState, 'identity'>;
  readonly onClose: () => void;
}

/** What each step is for, the words, the keys, and which program this is. */
export function Help({ state, onClose }: HelpProps) {
  const steps = state.identity === null ? [] : stepsHelp[state.identity.role];
  return (
    <Sheet title="Help" onClose={onClose}>
      <More title="What each step is for" open>
        <StepList steps={steps} />
      </More>
      <More title="The words">
        <Facts facts={(Object.keys(terms) as Term[]).map((term) => [termName[term], terms[term]] as const)} />
      </More>
      <More title="The keys">
        <Facts facts={keys.map(([key, what]) => [key, what] as const)} />
      </More>
      <More title="Locking by itself">
        <LockAfter />
      </More>
      <More title="About Airlock">
        <About />
      </More>
      <div className="row">
        <Button kind="quiet" onPress={onClose}>
          Close
        </Button>
      </div>
    </Sheet>
  );
}

function StepList({ steps }: { readonly steps: readonly StepHelp[] }) {
  return <Facts facts={steps.map(({ name, what }) => [name, what] as const)} />;
}
