import { useEffect, useRef } from 'react';
import type { Answer, Args } from '../../../shared/ipc/offline/channels';
import { asksMore } from '../../parts/bridge/call';
import { Choice } from '../../parts/choice';

/** Whether main refused the share because another was entered here before for the same server. */
export const isAnotherShare = (answer: Answer<'custodian.share'>): boolean =>
  asksMore(answer, 'share-differs');

/** Why the share is another one; 'typo': it is not right, and is corrected. */
export type WhyAnother = NonNullable<Args<'custodian.share'>['replacesRecorded']> | 'typo';

const reasons = [
  {
    value: 'typo',
    name: 'It isn’t right: I correct it above',
    hint: 'What is known here stays as it is.',
  },
  {
    value: 'mistyped',
    name: 'It is right: I mistyped it when I first entered it',
    hint: 'The transcript says so, and this share is remembered from now on.',
  },
  {
    value: 'rekeyed',
    name: 'The server was rekeyed: this is my new share',
    hint: 'The transcript says so, and the new share is remembered from now on.',
  },
] as const;

interface AnotherShareProps {
  readonly why: WhyAnother;
  readonly onChange: (why: WhyAnother) => void;
}

/** Only asked where the share isn't the one entered here before. */
export function AnotherShare({ why, onChange }: AnotherShareProps) {
  const question = useRef<HTMLDivElement>(null);
  // It comes below what asked for it, and may be below the window's edge.
  useEffect(() => question.current?.scrollIntoView({ block: 'end' }), []);
  return (
    <div ref={question}>
      <Choice label="Why is it another share?" options={reasons} value={why} onChange={onChange} />
    </div>
  );
}
