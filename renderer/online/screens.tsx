import { useState } from 'react';
import type { OnlineState } from '../../shared/ipc/online/app-state';
import { Button } from '../parts/button';
import { Rail } from '../parts/frame/rail';
import { RailFoot } from '../parts/frame/rail-foot';
import type { Identity } from '../parts/welcome/entrance';
import { Inside } from '../parts/welcome/inside';
import { Begin } from './begin/begin';
import { Introduce } from './home/introduce';
import { Meet } from './home/people';
import { operatorSteps, stepOf } from './names';
import { OperatorScreen } from './operator-screen';
import { Server } from './server/server';
import { Sweep } from './sweep/sweep';

interface ScreensProps {
  readonly state: OnlineState;
  readonly identity: Identity;
}

/** All that an operator sees once the station is unlocked. */
export const Screens = ({ state, identity }: ScreensProps) => (
  <Inside state={state}>
    {/* A plan that came in while another attempt is open, or over, is looked at first. */}
    {state.ceremony === null || state.proposal !== null ? (
      <Beginnings state={state} identity={identity} />
    ) : (
      <OperatorScreen key={state.ceremony.id} state={state} ceremony={state.ceremony} />
    )}
  </Inside>
);

type Place = 'work' | 'people' | 'server' | 'sweep';

/** Before a ceremony is open: the people, the server, the introduction, the plan that came in. */
function Beginnings({ state, identity }: ScreensProps) {
  const { server, proposal, people } = state;
  const [place, setPlace] = useState<Place>(people.length === 0 && server.facts === null ? 'people' : 'work');
  const at = stepOf(state);
  const shown = place === 'server' ? 'server' : at;
  return (
    <>
      <Rail
        title="A ceremony, step by step"
        steps={operatorSteps}
        at={at}
        looking={shown}
        open={server.facts === null ? ['server'] : ['server', at]}
        onLook={(step) => setPlace(step === 'server' ? 'server' : 'work')}
      >
        {place === 'people' ? null : (
          <Button kind="link" onPress={() => setPlace('people')}>
            People
          </Button>
        )}
        {place === 'sweep' || server.facts === null ? null : (
          <Button kind="link" onPress={() => setPlace('sweep')}>
            Sweep for root tokens
          </Button>
        )}
        <RailFoot state={state} steps={operatorSteps} />
      </Rail>
      {place === 'sweep' && server.facts !== null ? (
        <Sweep state={state} onBack={() => setPlace('work')} />
      ) : place === 'people' ? (
        <Meet state={state} identity={identity} onDone={() => setPlace('work')} />
      ) : shown === 'server' ? (
        <Server server={server} onDone={() => setPlace('work')} />
      ) : proposal !== null ? (
        <Begin proposal={proposal} server={server} />
      ) : (
        <Introduce state={state} />
      )}
    </>
  );
}
