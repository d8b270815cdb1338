import { useState } from 'react';
import type { OnlineState } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Tick } from '../../parts/choice';
import { SaveMessage, ShowCode } from '../../parts/crossing/show-code';
import { TakeCode } from '../../parts/crossing/take-code';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { Problem } from '../../parts/problem';
import { TakenLogs } from '../../parts/sign-off/taken-logs';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { useCall } from '../call';
import { RehearsalShares } from '../server/rehearse';
import { ServerFacts } from '../server/server-facts';
import { Ceremonies } from './ceremonies';

/** The station shows the officer's laptop which server there is; the officer's start is the answer. */
export function Introduce({ state }: { readonly state: OnlineState }) {
  const { introduction, server, rehearsal: own } = state;
  const [rehearsal, setRehearsal] = useState(false);
  const introduce = useCall('station.introduce');
  // A server of this program's own makes a rehearsal of it.
  return (
    <Step
      title={introduction === null ? 'Introduce this station' : 'Show this to the officer'}
      lead={
        introduction === null
          ? 'The officer’s laptop learns of the server by this station’s code. Or take in what the officer has made already.'
          : 'The officer plans the ceremony with it, and shows a start. Take that in here.'
      }
      {...(introduction === null ? {} : { code: <ShowCode outgoing={introduction} /> })}
      aside={
        <>
          {own === null ? null : <RehearsalShares rehearsal={own} />}
          <ServerFacts server={server} />
        </>
      }
    >
      {introduction === null ? null : (
        <Card title="Compare">
          <Facts
            facts={[
              [
                'Read aloud',
                <Words key="words" words={introduction.words} of="Words of this station’s code" />,
              ],
            ]}
          />
        </Card>
      )}
      <TakeCode what="the officer’s start, or another station’s attempt" aside={introduction === null} />
      <Ceremonies ceremonies={state.ceremonies} />
      <TakenLogs logs={state.logs} />
      <Foot>
        {introduction === null ? (
          <>
            <Button busy={introduce.busy} onPress={() => void introduce.run({ rehearsal })}>
              Make this station’s code
            </Button>
            {own === null ? (
              <Tick name="This is for a rehearsal" on={rehearsal} onChange={setRehearsal} />
            ) : null}
            <Problem text={introduce.problem} />
          </>
        ) : (
          <>
            <SaveMessage outgoing={introduction} />
            <p>Its key lives for twelve hours. After that, make a new one.</p>
            <Button kind="quiet" busy={introduce.busy} onPress={() => void introduce.run({ rehearsal })}>
              Make a new one
            </Button>
            <Problem text={introduce.problem} />
          </>
        )}
      </Foot>
    </Step>
  );
}
