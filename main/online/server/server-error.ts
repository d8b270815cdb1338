import { OnlineError } from '../online-error';

export type ServerErrorCode =
  // How to connect, as the environment and the command line say it
  | 'no-address'
  | 'bad-address'
  | 'plain-http'
  | 'skip-verify'
  | 'bad-setting'
  | 'bad-pin'
  // The connection
  | 'unreachable'
  | 'untrusted-certificate'
  | 'client-certificate'
  | 'wrong-pin'
  | 'timeout'
  | 'connection-lost'
  | 'answer-too-large'
  | 'redirected'
  // What answers
  | 'not-a-server'
  | 'server-error'
  | 'standby'
  | 'sealed'
  | 'not-initialised'
  /** A namespace is named that isn't there, or inside which no token can be made. */
  | 'no-namespace'
  | 'namespace-sealed'
  | 'namespace-not-sealable'
  /** A token is asked for where it isn't. */
  | 'other-namespace'
  /** The server doesn't know namespaces: it would make a token of the whole server. */
  | 'namespace-ignored'
  | 'token-needed'
  | 'token-refused'
  | 'unsupported'
  | 'no-clock'
  /** Another server answers than the one that the attempt is open on. */
  | 'other-server';

/** How the server can't be reached, or what it doesn't do. */
export class ServerError extends OnlineError<ServerErrorCode> {}
