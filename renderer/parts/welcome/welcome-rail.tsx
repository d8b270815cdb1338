import { Rail } from '../frame/rail';
import type { StepName } from '../names';

const steps: readonly StepName<'who' | 'show' | 'meet'>[] = [
  { step: 'who', name: 'Who you are' },
  { step: 'show', name: 'Show your code' },
  { step: 'meet', name: 'Meet the others' },
];

/** Before anyone is at work here: the first start, or the lock. */
export function WelcomeRail({ at }: { readonly at: 'who' | 'unlock' }) {
  return at === 'who' ? (
    <Rail title="First start" steps={steps} at="who" />
  ) : (
    <Rail title="Locked" steps={[]} at={null} />
  );
}
