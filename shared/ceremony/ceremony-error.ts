import { AirlockError } from '../airlock-error';

export type CeremonyErrorCode =
  | 'wrong-step'
  | 'plan-incomplete'
  | 'quorum-too-small'
  | 'no-operator'
  | 'no-server'
  | 'other-nonce'
  | 'other-key'
  | 'other-server'
  | 'not-on-roster'
  | 'already-decoded'
  | 'still-a-secret';

/** What a ceremony doesn't allow now, or a message that doesn't belong to it. */
export class CeremonyError extends AirlockError<CeremonyErrorCode> {}

/** Throws `CeremonyError` 'wrong-step' unless `step` is one of `allowed`. */
export function requireStep<S extends string>(step: S, allowed: readonly S[], action: string): void {
  if (allowed.includes(step)) return;
  throw new CeremonyError(
    'wrong-step',
    `This isn't the moment to ${action}: the ceremony stands at the step “${step}”. Nothing was changed.`,
  );
}
