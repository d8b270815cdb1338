import { OnlineError } from '../online-error';
import { policyFor } from './token-policy';

export type LiveTokenErrorCode =
  /** An accessor says nothing without a token that may look it up. */
  | 'token-needed'
  | 'unknown-token'
  /** A recovery token lives as long as the server is in recovery mode. */
  | 'recovery-mode'
  /** The server took the request to revoke, and still knows the token. */
  | 'not-revoked'
  /** The server's token may not revoke by accessor. */
  | 'revoke-refused'
  /** The request to revoke went out, and no answer proves what came of it. */
  | 'unproven'
  /** What stands in the place of an accessor can't be one. */
  | 'no-accessor'
  /** The accessor that was chosen from a sweep isn't one of a root token. */
  | 'no-root-token'
  /** The server's token may not list the accessors. */
  | 'list-refused'
  /** The server's token may not look up by accessor, or its time or its uses are over. */
  | 'lookup-refused'
  /** A sweep ended before it had looked at every token. */
  | 'sweep-stopped';

/** What can't be done with a token on the server. */
export class LiveTokenError extends OnlineError<LiveTokenErrorCode> {}

/** `complaint`: what the server at that address said of the lookup. */
export const lookupRefused = (address: string, complaint: string): LiveTokenError =>
  new LiveTokenError(
    'lookup-refused',
    `${address} refuses to look up a token by its accessor (${complaint}). The server token may have ended, or run out of uses; or its policy lacks: ${policyFor('lookup')}`,
    'Give another with VAULT_TOKEN (or BAO_TOKEN), or --server-token-file.',
  );
