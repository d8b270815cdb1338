import { useState } from 'react';
import type { CustodianView } from '../../../shared/ipc/app-state';
import { Card } from '../../parts/card';
import { Choice } from '../../parts/choice';
import { Facts } from '../../parts/facts';
import { Step } from '../../parts/step';
import { serverName } from '../names';
import { PgpShare } from './pgp-share';
import { PlainShare } from './plain-share';

const kinds = [
  { value: 'text', name: 'Hex or base64', hint: 'As the server printed it when it was set up.' },
  { value: 'pgp', name: 'Encrypted to my PGP key', hint: 'It is decrypted here, with your private key.' },
] as const;

/** The custodian enters the share. It is checked here, and goes nowhere yet. */
export function EnterShare({ ceremony }: { readonly ceremony: CustodianView }) {
  const [kind, setKind] = useState<'text' | 'pgp'>('text');
  return (
    <Step
      title="Enter your share"
      lead="It is checked on this laptop and goes nowhere yet. The next step asks once more before it is released."
      aside={
        <Card title="What is checked">
          <ul>
            <li>Its length and its alphabet: a typing error shows here, not at the threshold.</li>
            <li>That it is the share you entered for this server before, if you did.</li>
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
          ['Attempt', <b key="words">{ceremony.nonceWords}</b>],
        ]}
      />
      <Choice label="How you have it" options={kinds} value={kind} onChange={setKind} />
      {kind === 'text' ? <PlainShare /> : <PgpShare />}
    </Step>
  );
}
