import type { EntranceView } from '../../shared/ipc/entrance';
import { later } from '../parts/later';
import { Problem } from '../parts/problem';
import { Entrance } from '../parts/welcome/entrance';
import { useAppStore } from './app-store';
import { TopBar } from './frame/top-bar';
import { offlineRoles } from './roles';

export const screens = later(async () => (await import('./screens')).Screens);

/**
 * The window: what it shows follows from the state alone. `entrance`: whose
 * station it is, while there is no state yet; null where that isn't known either.
 */
export function App({ entrance }: { readonly entrance: EntranceView | null }) {
  const { state, problem } = useAppStore();
  if (state === null && (entrance === null || problem !== null)) return <Problem text={problem} />;
  return (
    <div className="window">
      <TopBar state={state} />
      <Entrance state={state} view={entrance} roles={offlineRoles}>
        {(identity) => state && <screens.Screen state={state} identity={identity} />}
      </Entrance>
    </div>
  );
}
