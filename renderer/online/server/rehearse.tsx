import { useState } from 'react';
import type { RehearsalView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { QrPicture } from '../../parts/code-out/qr-picture';
import { Problem } from '../../parts/problem';
import { Sheet } from '../../parts/sheet';
import { useCall } from '../call';

/** A server of Airlock's own, in memory on this machine: for a rehearsal, by one press. */
export function Rehearse({ onBegun }: { readonly onBegun: () => void }) {
  const begin = useCall('rehearsal.begin');
  const submit = async () => {
    const answer = await begin.run({});
    if (answer.ok) onBegun();
  };
  return (
    <Card title="Or rehearse first">
      <p className="quiet">
        Airlock starts a server of its own on this machine, in memory, and hands out its shares. Nothing is at
        stake, and every page says so.
      </p>
      <Button kind="quiet" busy={begin.busy} onPress={() => void submit()}>
        Start a rehearsal
      </Button>
      <Problem text={begin.problem} />
    </Card>
  );
}

/** The rehearsal's shares, one for each custodian to scan or to type. They protect nothing. */
export function RehearsalShares({ rehearsal }: { readonly rehearsal: RehearsalView }) {
  const [shown, setShown] = useState<number | null>(null);
  const share = shown === null ? undefined : rehearsal.shares[shown];
  return (
    <Card title="Shares of this rehearsal">
      <p className="quiet">
        Each custodian gets one, and enters it as their own. {rehearsal.threshold} of{' '}
        {rehearsal.shares.length} make a quorum. They protect nothing.
      </p>
      <ol className="rehearsal-shares">
        {rehearsal.shares.map((hex, index) => (
          <li key={hex}>
            <code>{hex}</code>{' '}
            <Button
              kind="quiet"
              small
              label={`Show share ${index + 1} as a code`}
              onPress={() => setShown(index)}
            >
              Code
            </Button>
          </li>
        ))}
      </ol>
      {shown === null || share === undefined ? null : (
        <Sheet title={`Share ${shown + 1} of this rehearsal`} onClose={() => setShown(null)}>
          <div className="code-picture">
            <QrPicture text={share.toUpperCase()} side={360} label={`QR code: share ${shown + 1}`} />
          </div>
          <p className="quiet">In “Enter your share”, the custodian scans it as the code of a share card.</p>
          <div className="row">
            <Button onPress={() => setShown(null)}>Close</Button>
          </div>
        </Sheet>
      )}
    </Card>
  );
}
