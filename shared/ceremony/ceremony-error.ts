import { AirlockError } from '../airlock-error';

export type CeremonyErrorCode =
  /** The ceremony stands at another step than the one that this belongs to. */
  | 'wrong-step'
  /** A text of the plan or of the server's facts is missing. */
  | 'plan-incomplete'
  /** A task is being filled in, and is not of the plan yet. */
  | 'task-in-hand'
  /** A task that no plan may have, or whose result is for somebody who must not have it. */
  | 'wrong-task'
  /** The start message would be larger than an attempt can carry. */
  | 'plan-too-large'
  /** The roster has fewer custodians than the server needs shares. */
  | 'quorum-too-small'
  /** The server needs more shares than there are. */
  | 'threshold-too-high'
  /** The plan asks for another kind of token than its server makes. */
  | 'token-kind'
  /** The station's operator isn't on the roster. */
  | 'no-operator'
  /** A custodian gives to no operator of the plan, or an amendment moves somebody whom it can't. */
  | 'no-station'
  /** Somebody alone would have a whole quorum, and the officer has not stated that it may be so. */
  | 'quorum-at-one-station'
  /** The plan has this custodian give at another station, or not at all. */
  | 'gives-elsewhere'
  /** Method and key don't fit: neither key nor one-time password, or both. */
  | 'method'
  /** This laptop has signed off the ceremony. */
  | 'signed-off'
  /** Someone picked for the roster is no longer known here. */
  | 'unknown-person'
  | 'no-server'
  /** The field for an encoded token is empty. */
  | 'no-encoded-token'
  /** A result of another attempt than the one that was taken. */
  | 'other-nonce'
  /** The server would hide the token for another key than the plan's. */
  | 'other-key'
  /** The attempt runs on another server than the plan names. */
  | 'other-server'
  /** The attempt carries the plan of another ceremony, or an amendment of another plan. */
  | 'other-plan'
  /** An outcome tells of other tasks than the plan has, or has brought something for somebody else. */
  | 'other-tasks'
  /** The server asks for another number of shares than the plan says. */
  | 'other-threshold'
  /** A rehearsal's station in a real ceremony, or the other way round. */
  | 'rehearsal-mismatch'
  | 'not-on-roster'
  /** The roster names one person twice. */
  | 'named-twice'
  /** The roster gives a person the name by which another is known here. */
  | 'other-name'
  | 'already-decoded';

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

/** The state as it is at one of the steps `allowed`. Throws `CeremonyError` 'wrong-step' at any other. */
export function atStep<State extends { readonly step: string }, S extends State['step']>(
  state: State,
  allowed: readonly S[],
  action: string,
): AtStep<State, S> {
  requireStep(state.step, allowed, action);
  return state as AtStep<State, S>;
}

/** Those members of a union of states that may be at one of the steps `S`. */
type AtStep<State extends { readonly step: string }, S extends string> = State extends unknown
  ? State['step'] & S extends never
    ? never
    : State
  : never;
