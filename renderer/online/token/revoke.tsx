import { useRef } from 'react';
import type { OperatorView } from '../../../shared/ipc/online/app-state';
import { Button } from '../../parts/button';
import { Card } from '../../parts/card';
import { Foot } from '../../parts/foot';
import { Form } from '../../parts/form';
import { SoFar } from '../../parts/frame/so-far';
import { Problem } from '../../parts/problem';
import { SecretField, takeSecret } from '../../parts/secret-field';
import { SecretFile } from '../../parts/secret-file';
import { Step } from '../../parts/step';
import { useCall } from '../call';

export interface RevokeProps {
  readonly ceremony: OperatorView;
  readonly onElsewhere: () => void;
}

/** The token's end at this station: revoked, and seen to be dead. */
export function Revoke({ ceremony, onElsewhere }: RevokeProps) {
  const token = useRef<HTMLInputElement>(null);
  const revoke = useCall('token.revoke');
  const submit = async () => {
    await revoke.run({ token: takeSecret(token) });
  };
  return (
    <Step
      title="Revoke the token, and prove it"
      lead="Once its work is done. The server is asked afterwards whether it still knows the token: that answer is the proof, and goes on record."
      aside={
        <>
          <Card title="What is kept">
            <ul>
              <li>The token: nowhere. It is in memory until the server has answered.</li>
              <li>Its accessor and the server’s answer: in the transcript.</li>
            </ul>
          </Card>
          <SoFar events={ceremony.events} />
        </>
      }
    >
      <Form onSubmit={() => void submit()}>
        <SecretField label="Root token" hint="As the officer reads it out, or from a file." field={token} />
        <SecretFile field={token} largest={4000}>
          Take it from a file
        </SecretFile>
        <Foot>
          <Button submit busy={revoke.busy}>
            {revoke.busy ? 'Asking the server…' : 'Revoke it'}
          </Button>
          <Button kind="quiet" onPress={onElsewhere}>
            It is revoked elsewhere
          </Button>
          <Problem text={revoke.problem} />
        </Foot>
      </Form>
    </Step>
  );
}
