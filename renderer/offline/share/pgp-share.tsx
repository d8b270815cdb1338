import { useRef } from 'react';
import { longestText } from '../../../shared/input/lengths';
import { emptySecret, SecretField, secretIn } from '../../parts/secret-field';
import { SecretFile } from '../../parts/secret-file';
import { GpgCommand } from './gpg-command';
import type { ShareCall } from './share-call';
import { ShareForm, useShareAttempt } from './share-form';

/** A share as `init` with PGP keys hands it out: encrypted to the custodian's own key. */
export function PgpShare({ enter }: { readonly enter: ShareCall }) {
  const share = useRef<HTMLTextAreaElement>(null);
  const key = useRef<HTMLTextAreaElement>(null);
  const passphrase = useRef<HTMLInputElement>(null);
  const attempt = useShareAttempt(enter);
  const submit = async () => {
    const answer = await attempt.run({
      kind: 'pgp',
      text: share.current?.value.trim() ?? '',
      privateKey: key.current?.value.trim() ?? '',
      passphrase: secretIn(passphrase),
    });
    if (answer.ok) for (const field of [share, key, passphrase]) emptySecret(field);
  };
  return (
    <ShareForm attempt={attempt} onSubmit={submit} busyText="Decrypting…" after={<GpgCommand />}>
      <SecretField
        label="Encrypted share"
        hint="Base64 or armored, as the server printed it."
        field={share}
        lines={3}
        maxLength={longestText.answer}
      />
      <SecretFile field={share}>Take the share from a file</SecretFile>
      <SecretField
        label="Your PGP private key"
        hint="Armored. It is used once, here, and not kept."
        field={key}
        lines={3}
        maxLength={longestText.key}
      />
      <SecretFile field={key} largest={longestText.key}>
        Take the key from a file
      </SecretFile>
      <SecretField label="Passphrase of this key" field={passphrase} />
    </ShareForm>
  );
}
