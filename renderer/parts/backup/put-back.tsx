import { useRef } from 'react';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Form } from '../form';
import { Problem } from '../problem';
import { SecretField, takeSecret } from '../secret-field';

/** Puts a home back from a file that the person names, at a station where nobody is yet. */
export function PutBack() {
  const passphrase = useRef<HTMLInputElement>(null);
  const restore = useCall('home.restore');
  const submit = async () => {
    const answer = await restore.run({ passphrase: takeSecret(passphrase) });
    // Once it is put back the window is replaced, and home says of when it is.
    if (!answer.ok) passphrase.current?.focus();
  };
  return (
    <Form onSubmit={() => void submit()}>
      <p className="quiet">
        You get your identity back, the people whom you know, what is recorded of your shares, and your
        ceremonies, as they were when the backup was made. All of it is checked before anything is written.
      </p>
      <p className="quiet">
        What happened since is not in it, and its journals will say that it was put back. If the machine that
        it comes from turns up, nobody goes on with the home there.
      </p>
      <SecretField
        label="Passphrase of the backup"
        hint="The one that your home had when the backup was made."
        field={passphrase}
      />
      <div className="row">
        <Button submit busy={restore.busy}>
          {restore.busy ? 'Checking and putting back…' : 'Put back from a file…'}
        </Button>
      </div>
      <Problem text={restore.problem} />
    </Form>
  );
}
