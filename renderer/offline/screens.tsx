import type { AppState } from '../../shared/ipc/offline/app-state';
import type { Identity } from '../parts/welcome/entrance';
import { Inside } from '../parts/welcome/inside';
import { CustodianScreen } from './custodian-screen';
import { CustodyScreen } from './custody/custody-screen';
import { useCustody } from './custody/open';
import { Home } from './home/home';
import { OfficerScreen } from './officer-screen';

interface ScreensProps {
  readonly state: AppState;
  readonly identity: Identity;
}

/** All that a person sees once the station is unlocked. */
export const Screens = ({ state, identity }: ScreensProps) => (
  <Inside state={state}>
    <Screen state={state} identity={identity} />
  </Inside>
);

function Screen({ state, identity }: ScreensProps) {
  const { ceremony } = state;
  const custodyOpen = useCustody((custody) => custody.open);
  if (ceremony?.role === 'officer')
    return <OfficerScreen key={ceremony.id} state={state} ceremony={ceremony} />;
  if (ceremony?.role === 'custodian')
    return <CustodianScreen key={ceremony.id} state={state} ceremony={ceremony} />;
  if (custodyOpen || state.custody.held !== null) return <CustodyScreen state={state} />;
  return <Home state={state} identity={identity} />;
}
