import { useRef, useState } from 'react';
import { Button } from '../../parts/button';
import { Problem } from '../../parts/problem';
import { emptySecret, SecretField } from '../../parts/secret-field';
import { SecretFile } from '../../parts/secret-file';
import { isAnotherShare, Rekeyed } from './rekeyed';
import type { ShareCall } from './share-call';

/** A share as text: typed, pasted or from a file. */
export function PlainShare({ enter }: { readonly enter: ShareCall }) {
  const field = useRef<HTMLInputElement>(null);
  const [another, setAnother] = useState(false);
  const [rekeyed, setRekeyed] = useState(false);
  const submit = async () => {
    const text = field.current?.value.trim() ?? '';
    // A refused share is taken out too: what is on screen must not be mistaken for one that was kept.
    emptySecret(field);
    const answer = await enter.run({ kind: 'text', text, ...(rekeyed ? { replacesRecorded: true } : {}) });
    if (answer.ok) return;
    setAnother(isAnotherShare(answer));
    field.current?.focus();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <SecretField
        label="Your share"
        hint="Covered as you type. Hold the button to see it."
        field={field}
        maxLength={400}
      />
      <SecretFile field={field}>Take it from a file</SecretFile>
      {another ? <Rekeyed on={rekeyed} onChange={setRekeyed} /> : null}
      <div className="row">
        <Button submit busy={enter.busy}>
          Check the share
        </Button>
      </div>
      <Problem text={enter.problem} />
    </form>
  );
}
