import { useRef, useState } from 'react';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { SecretField, takeSecret } from '../../parts/secret-field';
import { SecretFile } from '../../parts/secret-file';
import { GpgCommand } from './gpg-command';
import { isAnotherShare, Rekeyed } from './rekeyed';
import type { ShareCall } from './share-call';

/** A share as `init` with PGP keys hands it out: encrypted to the custodian's own key. */
export function PgpShare({ enter }: { readonly enter: ShareCall }) {
  const share = useRef<HTMLTextAreaElement>(null);
  const key = useRef<HTMLTextAreaElement>(null);
  const passphrase = useRef<HTMLInputElement>(null);
  const [another, setAnother] = useState(false);
  const [rekeyed, setRekeyed] = useState(false);
  const submit = async () => {
    const answer = await enter.run({
      kind: 'pgp',
      text: share.current?.value.trim() ?? '',
      privateKey: key.current?.value.trim() ?? '',
      passphrase: takeSecret(passphrase),
      ...(rekeyed ? { replacesRecorded: true } : {}),
    });
    if (answer.ok) {
      takeSecret(share);
      takeSecret(key);
    } else setAnother(isAnotherShare(answer));
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <SecretField
        label="Encrypted share"
        hint="Base64 or armored, as the server printed it."
        field={share}
        lines={3}
        maxLength={20_000}
      />
      <SecretFile field={share}>Take the share from a file</SecretFile>
      <SecretField
        label="Your PGP private key"
        hint="Armored. It is used once, here, and not kept."
        field={key}
        lines={3}
        maxLength={20_000}
      />
      <SecretFile field={key}>Take the key from a file</SecretFile>
      <SecretField label="Passphrase of this key" field={passphrase} />
      {another ? <Rekeyed on={rekeyed} onChange={setRekeyed} /> : null}
      <div className="row">
        <Button submit busy={enter.busy}>
          {enter.busy ? 'Decrypting…' : 'Check the share'}
        </Button>
      </div>
      <Problem text={enter.problem} />
      <GpgCommand />
    </form>
  );
}
