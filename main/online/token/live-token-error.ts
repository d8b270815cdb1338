import { OnlineError } from '../online-error';

export type LiveTokenErrorCode =
  /** An accessor says nothing without a token that may look it up. */
  | 'token-needed'
  | 'unknown-token'
  /** A recovery token lives as long as the server is in recovery mode. */
  | 'recovery-mode'
  /** The server took the request to revoke, and still knows the token. */
  | 'not-revoked';

/** What can't be done with a token on the server. */
export class LiveTokenError extends OnlineError<LiveTokenErrorCode> {}
