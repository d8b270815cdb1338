import { useRef } from 'react';
import { longestText } from '../../../shared/input/lengths';
import { emptySecret, SecretField, secretIn } from '../../parts/secret-field';
import { SecretFile } from '../../parts/secret-file';
import type { ShareCall } from './share-call';
import { ShareForm, useShareAttempt } from './share-form';

/** A share as text: typed, pasted or from a file. */
export function PlainShare({ enter }: { readonly enter: ShareCall }) {
  const field = useRef<HTMLInputElement>(null);
  const attempt = useShareAttempt(enter);
  const submit = async () => {
    const answer = await attempt.run({ kind: 'text', text: secretIn(field) });
    if (answer.ok) emptySecret(field);
    else field.current?.focus();
  };
  return (
    <ShareForm attempt={attempt} onSubmit={submit}>
      <SecretField
        label="Your share"
        hint="Covered as you type. Hold the button to see it."
        field={field}
        maxLength={longestText.answer}
      />
      <SecretFile field={field}>Take it from a file</SecretFile>
    </ShareForm>
  );
}
