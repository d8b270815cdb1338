import { serverName } from '../../../shared/ceremony/shown-names';
import type { CustodianView } from '../../../shared/ipc/offline/custodian';
import { Card } from '../../parts/card';
import { Facts } from '../../parts/facts';
import { Step } from '../../parts/step';
import { NetworkUp } from '../frame/network-up';
import { useCeremonyShare } from './share-call';
import { ShareForms } from './share-forms';

/** The custodian enters the share. It is checked here, and goes nowhere yet. */
export function EnterShare({ ceremony }: { readonly ceremony: CustodianView }) {
  const enter = useCeremonyShare();
  return (
    <Step
      title="Enter your share"
      lead="It is checked on this laptop and goes nowhere yet. The next step asks once more before it is released."
      aside={
        <Card title="What is checked">
          <ul>
            <li>Its length and its alphabet.</li>
            <li>
              That it is the share you entered for this server before, if you did: then every typing error
              shows here. At a first entry only the server can tell, once the last share is in.
            </li>
            <li>
              It is held in memory only, and <b>overwritten</b> once it is released or you leave.
            </li>
          </ul>
        </Card>
      }
    >
      <Facts
        facts={[
          ['Server', serverName(ceremony.server)],
          ['Attempt', <b key="words">{ceremony.attemptWords}</b>],
        ]}
      />
      <NetworkUp />
      <ShareForms enter={enter} />
    </Step>
  );
}
