import { OnlineError } from '../online-error';

export type HandoffErrorCode =
  /** No token was handed over to this station in this ceremony. */
  | 'no-handoff'
  /** There is no result here, so that no token can be handed over. */
  | 'no-result'
  /** Another handoff of this ceremony was taken before. */
  | 'taken-before'
  /** Somebody else than the officer of the plan signed it. */
  | 'not-the-officer'
  /** The key that it is sealed to is destroyed. */
  | 'no-key'
  /** What was sealed is no token. */
  | 'no-token'
  /** This server doesn't know the token, and never said that it does. */
  | 'unknown-token'
  /** The server took the request to revoke, and still knows the token. */
  | 'not-revoked'
  /** There is nothing to go on from, or to do again. */
  | 'nothing-asked'
  /** A token that was handed over is not proven dead: this station can't sign off. */
  | 'token-in-hand';

/** What can't be done with a token that is handed over. */
export class HandoffError extends OnlineError<HandoffErrorCode> {}
