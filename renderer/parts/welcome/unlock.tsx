import { useEffect, useRef } from 'react';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Foot } from '../foot';
import { Form } from '../form';
import { Problem } from '../problem';
import { SecretField, takeSecret } from '../secret-field';
import { Step } from '../step';
import { Age } from './age';

export interface UnlockProps {
  readonly name: string;
  /** Minutes without use after which the station locked itself; null where it didn't. */
  readonly lockedAfter: number | null;
  /** Null for the first moment of a window. */
  readonly electron: string | null;
}

/** The lock: everything stays where it was until the passphrase is given. */
export function Unlock({ name, lockedAfter, electron }: UnlockProps) {
  const passphrase = useRef<HTMLInputElement>(null);
  const unlock = useCall('identity.unlock');
  // There is one thing to do here. The step's title has had the focus before, so that its name is said.
  useEffect(() => passphrase.current?.focus(), []);
  const submit = async () => {
    const answer = await unlock.run({ passphrase: takeSecret(passphrase) });
    if (!answer.ok) passphrase.current?.focus();
  };
  return (
    <Step title={`Welcome back, ${name}`} lead="Your work is where you left it. Your passphrase opens it.">
      {lockedAfter === null ? null : (
        <p>
          This station locked itself after {lockedAfter} minutes without use. A share or a token that it held
          in memory was overwritten: enter the share again, or decode the token again. Everything else is
          kept.
        </p>
      )}
      <Form onSubmit={() => void submit()}>
        <SecretField label="Passphrase" field={passphrase} />
        <Foot>
          <Button submit busy={unlock.busy}>
            {unlock.busy ? 'Unlocking…' : 'Unlock'}
          </Button>
          <Problem text={unlock.problem} />
        </Foot>
      </Form>
      <Age electron={lockedAfter === null ? electron : null} />
    </Step>
  );
}
