import { serverName, why } from '../../../shared/ceremony/shown-names';
import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { SoFar } from '../../parts/frame/so-far';
import { Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { Words } from '../../parts/words';
import { useCall } from '../call';
import { CardOutMore } from '../custody/card-out';
import { PlainShareOut } from './plain-share-out';

export interface AskReleaseProps {
  readonly ceremony: CustodianView;
  /** What is known of the entered share. */
  readonly share: Extract<CustodianView, { step: 'release' }>['share'];
}

/** The last question before the share leaves this laptop. */
export function AskRelease({ ceremony, share }: AskReleaseProps) {
  const release = useCall('custodian.release');
  const forget = useCall('custodian.share.forget');
  return (
    <Step
      title="Release your share?"
      lead={
        share.seenBefore === 'matches'
          ? 'It is the share that you entered here before. Released, it serves this attempt and no other.'
          : 'The share is well formed; only the server can tell whether it is the right one, once the last is in. Released, it serves this attempt and no other.'
      }
      aside={
        <>
          <Card title="Who can read it">
            <ul>
              <li>
                <b>{ceremony.station}</b>, for the moment in which it submits it.
              </li>
              <li>Nobody who carries the code, and no other station.</li>
            </ul>
          </Card>
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <Facts
        facts={[
          ['Why', why(ceremony.purpose, ceremony.ticket)],
          ['Server', serverName(ceremony.server)],
          ['Sealed to', ceremony.station],
          ['Attempt words', <Words key="words" words={ceremony.attemptWords} of="Words of the attempt" />],
          ['Your share', `${share.length} bytes, x-coordinate ${share.x}`],
          [
            'Known here',
            share.seenBefore === 'matches'
              ? 'yes: it is the one entered before'
              : 'from now on: a typing error in a later entry shows at once',
          ],
        ]}
      />
      <Foot>
        <Button busy={release.busy} onPress={() => void release.run({})}>
          Release it
        </Button>
        <Button kind="quiet" busy={forget.busy} onPress={() => void forget.run({})}>
          Enter it again
        </Button>
        <Problem text={release.problem ?? forget.problem} />
      </Foot>
      <PlainShareOut />
      <CardOutMore />
    </Step>
  );
}
