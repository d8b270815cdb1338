import type { AppState } from '../../../shared/ipc/offline/app-state';
import { Rail } from '../../parts/frame/rail';
import { RailFoot } from '../../parts/frame/rail-foot';
import type { StepName } from '../../parts/names';
import { custodianSteps } from '../names';
import { HeldShare } from './held-share';
import { OwnShare } from './own-share';

const steps: readonly StepName<'enter' | 'checked'>[] = [
  { step: 'enter', name: 'Enter your share' },
  { step: 'checked', name: 'Print or put away' },
];

/** A custodian's share outside any ceremony: entered and checked, perhaps printed, put away. */
export function CustodyScreen({ state }: { readonly state: AppState }) {
  const { held, records } = state.custody;
  return (
    <>
      <Rail title="Your share" steps={steps} at={held === null ? 'enter' : 'checked'}>
        <RailFoot state={state} steps={custodianSteps} />
      </Rail>
      {held === null ? <OwnShare records={records} /> : <HeldShare held={held} />}
    </>
  );
}
