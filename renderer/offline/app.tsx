import type { AppState } from '../../shared/ipc/offline/app-state';
import { Problem } from '../parts/problem';
import { Entrance } from '../parts/welcome/entrance';
import { useAppStore } from './app-store';
import { CustodianScreen } from './custodian-screen';
import { CustodyScreen } from './custody/custody-screen';
import { useCustody } from './custody/open';
import { TopBar } from './frame/top-bar';
import { Home } from './home/home';
import { HomeRail } from './home/home-rail';
import { offlineRoles } from './names';
import { OfficerScreen } from './officer-screen';

/** The window: what it shows follows from the state alone. */
export function App() {
  const { state, problem } = useAppStore();
  if (state === null) return <Problem text={problem} />;
  return (
    <div className="window">
      <TopBar state={state} />
      <Entrance state={state} roles={offlineRoles}>
        {(identity) => <Screen state={state} identity={identity} />}
      </Entrance>
    </div>
  );
}

interface ScreenProps {
  readonly state: AppState;
  readonly identity: NonNullable<AppState['identity']>;
}

function Screen({ state, identity }: ScreenProps) {
  const { ceremony } = state;
  const custodyOpen = useCustody((custody) => custody.open);
  if (ceremony?.role === 'officer')
    return <OfficerScreen key={ceremony.id} state={state} ceremony={ceremony} />;
  if (ceremony?.role === 'custodian')
    return <CustodianScreen key={ceremony.id} state={state} ceremony={ceremony} />;
  if (custodyOpen || state.custody.held !== null) return <CustodyScreen state={state} />;
  return (
    <>
      <HomeRail state={state} role={identity.role} />
      <Home state={state} identity={identity} />
    </>
  );
}
