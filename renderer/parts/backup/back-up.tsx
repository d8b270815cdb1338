import { useRef } from 'react';
import { useCall } from '../bridge/call';
import { Button } from '../button';
import { Form } from '../form';
import { Problem } from '../problem';
import { SecretField, takeSecret } from '../secret-field';

/** Writes this home into one encrypted file, where the person says. */
export function BackUp() {
  const passphrase = useRef<HTMLInputElement>(null);
  const backup = useCall('home.backup');
  const submit = async () => {
    const answer = await backup.run({ passphrase: takeSecret(passphrase) });
    // Once it is saved the window is replaced, and home says where it is.
    if (!answer.ok) passphrase.current?.focus();
  };
  return (
    <Form onSubmit={() => void submit()}>
      <p className="quiet">
        One file with your identity, the people whom you know, what is recorded of your shares, and your
        ceremonies. No share is in it, and no key that lives for one ceremony. Your passphrase opens it, and
        nothing else does. Keep it away from this machine; the help says how it is put back.
      </p>
      <SecretField label="Your passphrase" field={passphrase} />
      <div className="row">
        <Button submit busy={backup.busy}>
          {backup.busy ? 'Backing up…' : 'Back up to a file…'}
        </Button>
      </div>
      <Problem text={backup.problem} />
    </Form>
  );
}
