import { useRef } from 'react';
import { longestText } from '../../../shared/input/lengths';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { emptySecret, SecretField, takeSecret } from '../../parts/secret-field';
import { SecretFile } from '../../parts/secret-file';
import { useCall } from '../call';

/** A private key made elsewhere, armored, under its passphrase. */
export function ImportKey() {
  const key = useRef<HTMLTextAreaElement>(null);
  const passphrase = useRef<HTMLInputElement>(null);
  const take = useCall('officer.import-key');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const privateKey = key.current?.value ?? '';
        emptySecret(key);
        void take.run({ privateKey, passphrase: takeSecret(passphrase) });
      }}
    >
      <SecretField
        label="Private key"
        hint="Armored: it begins with -----BEGIN PGP PRIVATE KEY BLOCK-----. From a file, binary too."
        field={key}
        lines={3}
        maxLength={longestText.key}
      />
      <SecretFile field={key} largest={longestText.key}>
        Take it from a file
      </SecretFile>
      <SecretField label="Passphrase of this key" field={passphrase} />
      <Button submit busy={take.busy}>
        {take.busy ? 'Reading the key…' : 'Use this key'}
      </Button>
      <Problem text={take.problem} />
    </form>
  );
}
