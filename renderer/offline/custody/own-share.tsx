import { useState } from 'react';
import type { AppState } from '../../../shared/ipc/offline/app-state';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Foot } from '../../parts/foot';
import { Step } from '../../parts/step';
import { TextField } from '../../parts/text-field';
import { NetworkUp } from '../frame/network-up';
import { useOwnShare } from '../share/share-call';
import { ShareForms } from '../share/share-forms';
import { openCustody } from './open';
import { KnownShares } from './own-shares';

/** The share is entered outside any ceremony, for the first time or to see that it is still the same. */
export function OwnShare({ records }: { readonly records: AppState['custody']['records'] }) {
  const known = records.at(-1)?.cluster ?? '';
  const [cluster, setCluster] = useState(known);
  const enter = useOwnShare(cluster);
  return (
    <Step
      title={records.length === 0 ? 'Enter your share' : 'Is this still your share?'}
      lead="It is checked on this laptop, outside any ceremony, and goes nowhere."
      aside={
        <>
          <Card title="What stays on this laptop">
            <ul>
              <li>
                A keyed checksum of the share: enough to know it again, not enough to learn anything of it.
              </li>
              <li>
                The share itself is held in memory only, and <b>overwritten</b> once you put it away.
              </li>
            </ul>
          </Card>
          {records.length === 0 ? null : (
            <Card title="Known here">
              <KnownShares records={records} />
            </Card>
          )}
        </>
      }
    >
      <TextField
        label="Server"
        hint="Its name, cluster id or address, as you would know it again."
        value={cluster}
        onChange={setCluster}
        maxLength={120}
      />
      <NetworkUp />
      <ShareForms enter={enter} />
      <Foot>
        <Button kind="link" onPress={() => openCustody(false)}>
          Back home
        </Button>
      </Foot>
    </Step>
  );
}
