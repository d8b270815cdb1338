import { OnlineError } from '../online-error';

export type AttemptErrorCode =
  // The officer's plan
  | 'not-on-roster'
  /** The start message names no ceremony. */
  | 'start-incomplete'
  /** The start message answers no station's introduction. */
  | 'start-unknown'
  /** The attempt message carries another start message than the one that it answers. */
  | 'other-start'
  /** The plan is for another server than the one that answers. */
  | 'other-server'
  /** The server wants the other kind of key shares than the plan says. */
  | 'other-shares'
  /** The server makes another kind of token than the plan asks for. */
  | 'token-kind'
  | 'threshold'
  | 'otp-length'
  | 'rehearsal-mixed'
  /** The amendment is older than the one that this station has. */
  | 'amendment-old'
  /** The amendment names not everyone who stepped in before it. */
  | 'amendment-drops'
  /** The amendment lets somebody step in for a custodian whose share was counted here. */
  | 'given-already'
  // The attempt on the server
  /** Another attempt is open, or one that may be this station's own. */
  | 'attempt-open'
  | 'no-attempt'
  | 'attempt-changed'
  /** Nothing shows that the open attempt is this ceremony's. */
  | 'attempt-unproven'
  /** The server hides the token for another key than the officer's. */
  | 'other-key'
  /** The server took the request to cancel, and has the attempt open still. */
  | 'not-cancelled'
  // This station's part in it
  | 'already-finished'
  /** It may have been the last: a live root token may exist that nobody holds. */
  | 'answer-lost';

/** What an attempt doesn't allow now, or a plan that doesn't fit the server. */
export class AttemptError extends OnlineError<AttemptErrorCode> {}
