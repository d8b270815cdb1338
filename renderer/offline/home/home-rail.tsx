import type { AppState } from '../../../shared/ipc/offline/app-state';
import type { Role } from '../../../shared/message/body';
import { Rail } from '../../parts/frame/rail';
import { RailFoot } from '../../parts/frame/rail-foot';
import { type StepName, witnessSteps } from '../../parts/names';
import { custodianSteps, officerSteps } from '../names';

const stepsOf: Record<Role, readonly StepName<string>[]> = {
  officer: officerSteps('pgp'),
  custodian: custodianSteps,
  witness: witnessSteps,
  operator: witnessSteps,
};

/** At home the rail shows what a ceremony will be like. */
export function HomeRail({ state, role }: { readonly state: AppState; readonly role: Role }) {
  return (
    <Rail title="A ceremony, step by step" steps={stepsOf[role]} at={null}>
      <RailFoot state={state} />
    </Rail>
  );
}
