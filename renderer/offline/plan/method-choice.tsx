import type { PlanDraft } from '../../../shared/ceremony/plan';
import { Choice, Tick } from '../../parts/choice';

export interface MethodChoiceProps {
  readonly draft: PlanDraft;
  readonly onChange: (change: Partial<PlanDraft>) => void;
}

const methods = [
  {
    value: 'pgp',
    name: 'PGP key',
    hint: 'The server encrypts the token to a key that never leaves this laptop. The better choice.',
  },
  {
    value: 'otp',
    name: 'One-time password',
    hint: 'Whoever sees both the password and the encoded token can read the token.',
  },
] as const;

/** How the token travels, and at what price. The table beside it says who can learn it. */
export function MethodChoice({ draft, onChange }: MethodChoiceProps) {
  return (
    <>
      <Choice
        label="How the token comes back"
        options={methods}
        value={draft.method}
        onChange={(method) => onChange({ method })}
      />
      {draft.method === 'otp' ? (
        <Tick
          name="Let one station both start and finish"
          hint="That station can then read the root token. It is an exception, and the transcript says so."
          on={draft.sameStationAllowed}
          onChange={(sameStationAllowed) => onChange({ sameStationAllowed })}
        />
      ) : null}
    </>
  );
}
