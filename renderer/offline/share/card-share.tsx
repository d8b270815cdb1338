import { useRef, useState } from 'react';
import { longestText } from '../../../shared/input/lengths';
import { type GroupState, inspectCard } from '../../../shared/share/share-card';
import type { Taken } from '../../parts/code-in/intake';
import { emptySecret, SecretField } from '../../parts/secret-field';
import { CardGroups } from './card-groups';
import { ScanCard } from './scan-card';
import type { ShareCall } from './share-call';
import { ShareForm, useShareAttempt } from './share-form';

/** The card's code, typed by a scanner, is hex and has no groups. */
const groupsIn = (text: string): GroupState[] => inspectCard(/^[0-9a-f\s]{20,}$/i.test(text) ? '' : text);

/** A share from its card: scanned, or typed back. */
export function CardShare({ enter }: { readonly enter: ShareCall }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [groups, setGroups] = useState<readonly GroupState[]>(() => groupsIn(''));
  const attempt = useShareAttempt(enter);
  const take = async (text: string): Promise<Taken> => {
    const answer = await attempt.run({ kind: 'text', text: new TextEncoder().encode(text) });
    return answer.ok
      ? { status: 'taken', text: 'The card was read.' }
      : { status: 'refused', message: answer.error.message };
  };
  const submit = async () => {
    const taken = await take(field.current?.value.trim() ?? '');
    if (taken.status === 'taken') emptySecret(field);
    else field.current?.focus();
  };
  return (
    <ShareForm
      attempt={attempt}
      onSubmit={submit}
      onInput={() => setGroups(groupsIn(field.current?.value ?? ''))}
    >
      <ScanCard take={take} />
      <SecretField
        label="Groups of the card"
        hint="In order. Spaces, dashes, lines and case don’t matter. Covered as you type."
        field={field}
        lines={5}
        maxLength={longestText.answer}
      />
      <CardGroups groups={groups} />
    </ShareForm>
  );
}
