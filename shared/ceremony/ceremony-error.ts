import { AirlockError } from '../airlock-error';

export type CeremonyErrorCode =
  | 'wrong-step'
  | 'plan-incomplete'
  | 'quorum-too-small'
  | 'no-operator'
  /** A custodian gives to no operator of the plan, or an amendment moves somebody whom it can't. */
  | 'no-station'
  /** Somebody alone would have a whole quorum, and the officer has not stated that it may be so. */
  | 'quorum-at-one-station'
  /** The plan has this custodian give at another station, or not at all. */
  | 'gives-elsewhere'
  /** An amendment of another plan, or by another person. */
  | 'other-plan'
  /** Method and key don't fit: neither key nor one-time password, or both. */
  | 'method'
  /** This laptop has signed off the ceremony. */
  | 'signed-off'
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
