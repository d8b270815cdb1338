import { useState } from 'react';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Choice } from '../../parts/choice';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { WhatIs } from '../../parts/help/what-is';
import { More } from '../../parts/more';
import { Done, Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { BackToPlan } from '../plan/back-to-plan';
import { ImportKey } from './import-key';

type Algorithm = 'curve25519' | 'rsa3072' | 'rsa4096';

const algorithms = [
  { value: 'curve25519', name: 'Curve25519', hint: 'For Vault 1.14 and later, and every OpenBao.' },
  { value: 'rsa3072', name: 'RSA-3072', hint: 'For older servers. Takes a moment to make.' },
  {
    value: 'rsa4096',
    name: 'RSA-4096',
    hint: 'For older servers, where your rules ask for it. Takes some seconds.',
  },
] as const;

export function MakePgpKey() {
  const [algorithm, setAlgorithm] = useState<Algorithm>('curve25519');
  const make = useCall('officer.make-key');
  return (
    <Step
      title="Make the key for this ceremony"
      lead="The server will encrypt the token to it. Its private half never leaves this laptop, and is destroyed at the end."
      aside={
        <Card title="Checked before it is used">
          <ul>
            <li>It can encrypt, and does not expire.</li>
            <li>It is not newer than the server's clock: it is dated a day back.</li>
            <li>The server can read its kind.</li>
            <li>A key that fails one of these would cost a live token that nobody holds.</li>
          </ul>
        </Card>
      }
    >
      <Form onSubmit={() => void make.run({ algorithm })}>
        <Choice label="Kind of key" options={algorithms} value={algorithm} onChange={setAlgorithm} />
        <p>
          In doubt, leave Curve25519. <WhatIs term="curve25519" />
        </p>
        <Foot>
          <Button submit busy={make.busy}>
            {make.busy ? 'Making the key…' : 'Make the key'}
          </Button>
          <BackToPlan />
          <Done
            text={
              make.busy && algorithm !== 'curve25519'
                ? 'RSA takes some seconds. Leave the window open.'
                : null
            }
          />
          <Problem text={make.problem} />
        </Foot>
      </Form>
      <More title="Use a key that you already have">
        <ImportKey />
      </More>
    </Step>
  );
}
