import type { AppState } from '../../../shared/ipc/offline/app-state';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { WhatIs } from '../../parts/help/what-is';
import { dayOf } from '../../parts/names';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { CardOut } from './card-out';
import { openCustody } from './open';

type Held = NonNullable<AppState['custody']['held']>;

/** The share was checked and is in memory: it can be put on paper, and is then put away. */
export function HeldShare({ held }: { readonly held: Held }) {
  const forget = useCall('custody.forget');
  const putAway = async () => {
    openCustody(false);
    await forget.run({});
  };
  const first = held.seenBefore === 'first';
  return (
    <Step
      title={
        first ? 'Your share is well formed, and known here from now on' : 'It is the share you entered before'
      }
      lead={
        first
          ? 'Only the server can tell whether it is the right one. A typing error in a later ceremony shows at once.'
          : `It is the one that was first entered here on ${dayOf(held.firstEntered)}, to the last bit.`
      }
      aside={
        <Card title="Put it away when you are done">
          <p>
            Until then the share is in this laptop’s memory. <b>Put it away</b> overwrites it there, and opens
            a fresh window.
          </p>
        </Card>
      }
    >
      <Facts
        facts={[
          ['Server', held.cluster],
          ['Your share', `${held.length} bytes`],
          [
            'X-coordinate',
            <span key="x">
              {held.length === 32 ? 'none: it is the whole key' : `${held.x}`} <WhatIs term="x-coordinate" />
            </span>,
          ],
          ['First entered here', dayOf(held.firstEntered)],
        ]}
      />
      <Foot>
        <Button busy={forget.busy} onPress={() => void putAway()}>
          Put it away
        </Button>
        <Problem text={forget.problem} />
      </Foot>
      <section className="section">
        <h2>A card of it, for the safe</h2>
        <CardOut />
      </section>
    </Step>
  );
}
