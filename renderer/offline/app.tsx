import type { AppState } from '../../shared/ipc/offline/app-state';
import { Rail } from '../parts/frame/rail';
import { RailFoot } from '../parts/frame/rail-foot';
import { witnessSteps } from '../parts/names';
import { ComparePerson } from '../parts/people/compare-person';
import { Problem } from '../parts/problem';
import { FirstStart } from '../parts/welcome/first-start';
import { Unlock } from '../parts/welcome/unlock';
import { WelcomeRail } from '../parts/welcome/welcome-rail';
import { Sign } from '../parts/witness/sign';
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
      <Screen state={state} />
    </div>
  );
}

function Screen({ state }: { readonly state: AppState }) {
  const { identity, toSign, ceremony } = state;
  const custodyOpen = useCustody((custody) => custody.open);
  if (identity === null) {
    return (
      <>
        <WelcomeRail at="who" />
        <FirstStart roles={offlineRoles} />
      </>
    );
  }
  if (!identity.unlocked) {
    return (
      <>
        <WelcomeRail at="unlock" />
        <Unlock name={identity.name} />
      </>
    );
  }
  return (
    <>
      {toSign !== null ? (
        <>
          <Rail
            title="Sign a transcript"
            steps={witnessSteps}
            at={toSign.outgoing === null ? 'sign' : 'show'}
          >
            <RailFoot state={state} />
          </Rail>
          <Sign checkpoint={toSign} />
        </>
      ) : ceremony?.role === 'officer' ? (
        <OfficerScreen key={ceremony.id} state={state} ceremony={ceremony} />
      ) : ceremony?.role === 'custodian' ? (
        <CustodianScreen key={ceremony.id} state={state} ceremony={ceremony} />
      ) : custodyOpen || state.custody.held !== null ? (
        <CustodyScreen state={state} />
      ) : (
        <>
          <HomeRail state={state} role={identity.role} />
          <Home state={state} identity={identity} />
        </>
      )}
      {state.pendingPerson === null ? null : <ComparePerson person={state.pendingPerson} />}
    </>
  );
}
