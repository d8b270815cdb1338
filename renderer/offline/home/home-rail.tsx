import type { AppState } from '../../../shared/ipc/offline/app-state';
import type { Role } from '../../../shared/message/body';
import { Rail } from '../../parts/frame/rail';
import { RailFoot } from '../../parts/frame/rail-foot';
import { standingAtHome } from '../../parts/witness/standing';
import { stepsOf } from '../names';

/** At home the rail shows what a ceremony will be like, and that a witness follows one. */
export function HomeRail({ state, role }: { readonly state: AppState; readonly role: Role }) {
  const steps = stepsOf[role];
  return (
    <Rail title="A ceremony, step by step" steps={steps} at={standingAtHome(state.followed)}>
      <RailFoot state={state} steps={steps} />
    </Rail>
  );
}
