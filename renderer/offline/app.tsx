import { later } from '../parts/later';
import { Problem } from '../parts/problem';
import { Entrance } from '../parts/welcome/entrance';
import { useAppStore } from './app-store';
import { TopBar } from './frame/top-bar';
import { offlineRoles } from './roles';

export const screens = later(async () => (await import('./screens')).Screens);

/** The window: what it shows follows from the state alone. */
export function App() {
  const { state, entrance, problem } = useAppStore();
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
