import { useState } from 'react';
import { type KeyKind, keyKindFor } from '../../../shared/openpgp/key-kind';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Choice } from '../../parts/choice';
import { Facts } from '../../parts/facts';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { WhatIs } from '../../parts/help/what-is';
import { More } from '../../parts/more';
import { Done, Problem } from '../../parts/problem';
import { Step } from '../../parts/step';
import { useCall } from '../call';
import { BackToPlan } from '../plan/back-to-plan';
import { ImportKey } from './import-key';
import { KeyProgress } from './key-progress';

type Algorithm = KeyKind['algorithm'];

const algorithms = [
  { value: 'curve25519', name: 'Curve25519', hint: 'For Vault 1.14 and later, and every OpenBao.' },
  { value: 'rsa3072', name: 'RSA-3072', hint: 'For every server. Takes a moment to make.' },
  {
    value: 'rsa4096',
    name: 'RSA-4096',
    hint: 'For every server, where your rules ask for it. Takes some seconds, on an old laptop a minute.',
  },
] as const;

const nameOf = (algorithm: Algorithm): string =>
  algorithms.find(({ value }) => value === algorithm)?.name ?? algorithm;

/** `version`: what the server says of itself. It decides which kind of key is made, unless a person does. */
export function MakePgpKey({ version }: { readonly version: string }) {
  const { algorithm: right, because } = keyKindFor(version);
  const [algorithm, setAlgorithm] = useState<Algorithm>(right);
  const [cancelled, setCancelled] = useState(false);
  const make = useCall('officer.make-key');
  const submit = async () => {
    setCancelled(false);
    const answer = await make.run({ algorithm });
    setCancelled(!answer.ok && answer.error.code === 'key-cancelled');
  };
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
      <Form onSubmit={() => void submit()}>
        <Facts facts={[['Kind of key', nameOf(algorithm)]]} />
        {algorithm === right ? (
          <p>
            {because} {right === 'curve25519' ? <WhatIs term="curve25519" /> : null}
          </p>
        ) : (
          <p>
            You have chosen this kind. By itself, Airlock takes {nameOf(right)} for this server. {because}
          </p>
        )}
        <More title="Another kind of key">
          <Choice
            label="Kind of key"
            options={algorithms}
            value={algorithm}
            onChange={(chosen) => {
              if (!make.busy) setAlgorithm(chosen);
            }}
          />
        </More>
        <Foot>
          <Button submit busy={make.busy}>
            {make.busy ? 'Making the key…' : 'Make the key'}
          </Button>
          {make.busy && algorithm !== 'curve25519' ? (
            <KeyProgress name={nameOf(algorithm)} />
          ) : (
            <BackToPlan />
          )}
          <Done text={cancelled ? make.problem : null} />
          <Problem text={cancelled ? null : make.problem} />
        </Foot>
      </Form>
      <More title="Use a key that you already have">
        <ImportKey />
      </More>
    </Step>
  );
}
