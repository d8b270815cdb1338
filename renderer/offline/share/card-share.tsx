import { useRef, useState } from 'react';
import { type GroupState, inspectCard } from '../../../shared/share/share-card';
import { Button } from '../../parts/button';
import type { Taken } from '../../parts/code-in/intake';
import { Problem } from '../../parts/problem';
import { SecretField, takeSecret } from '../../parts/secret-field';
import { CardGroups } from './card-groups';
import { isAnotherShare, Rekeyed } from './rekeyed';
import { ScanCard } from './scan-card';
import type { ShareCall } from './share-call';

/** The card's code, typed by a scanner, is hex and has no groups. */
const groupsIn = (text: string): GroupState[] => inspectCard(/^[0-9a-f\s]{20,}$/i.test(text) ? '' : text);

/** A share from its card: scanned, or typed back. What is typed stays where it has an error, to be corrected. */
export function CardShare({ enter }: { readonly enter: ShareCall }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [groups, setGroups] = useState<readonly GroupState[]>(() => groupsIn(''));
  const [another, setAnother] = useState(false);
  const [rekeyed, setRekeyed] = useState(false);
  const take = async (text: string): Promise<Taken> => {
    const answer = await enter.run({ kind: 'text', text, ...(rekeyed ? { replacesRecorded: true } : {}) });
    setAnother(isAnotherShare(answer));
    return answer.ok
      ? { status: 'taken', text: 'The card was read.' }
      : { status: 'refused', message: answer.error.message };
  };
  const submit = async () => {
    const taken = await take(field.current?.value.trim() ?? '');
    if (taken.status === 'taken') takeSecret(field);
    else field.current?.focus();
  };
  return (
    <form
      onInput={() => setGroups(groupsIn(field.current?.value ?? ''))}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ScanCard take={take} />
      <SecretField
        label="Groups of the card"
        hint="In order. Spaces, dashes, lines and case don’t matter. Covered as you type."
        field={field}
        lines={5}
        maxLength={400}
      />
      <CardGroups groups={groups} />
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
