import type { EntranceView } from '../../shared/ipc/entrance';
import { later } from '../parts/later';
import { Problem } from '../parts/problem';
import { Entrance } from '../parts/welcome/entrance';
import { useOnlineStore } from './app-store';
import { TopBar } from './frame/top-bar';

export const screens = later(async () => (await import('./screens')).Screens);

/**
 * The window: what it shows follows from the state, and from where the operator went to look. `entrance`:
 * whose station it is, while there is no state yet; null where that isn't known either.
 */
export function App({ entrance }: { readonly entrance: EntranceView | null }) {
  const { state, problem } = useOnlineStore();
  if (state === null && (entrance === null || problem !== null)) return <Problem text={problem} />;
  return (
    <div className="window">
      <TopBar state={state} />
      <Entrance state={state} view={entrance} roles={operatorOnly}>
        {(identity) => state && <screens.Screen state={state} identity={identity} />}
      </Entrance>
    </div>
  );
}

const operatorOnly = [
  { value: 'operator', name: 'Operator', hint: 'Runs the online station and carries codes.' },
] as const;
