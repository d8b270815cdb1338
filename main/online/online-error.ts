import { AirlockError } from '../../shared/airlock-error';

export type OnlineErrorCode =
  // Where and how to connect
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
  | 'token-needed'
  | 'token-refused'
  | 'unsupported'
  | 'no-clock'
  // The attempt
  | 'attempt-open'
  | 'no-attempt'
  | 'attempt-changed'
  | 'attempt-unproven'
  | 'other-key'
  | 'other-server'
  | 'otp-length'
  | 'threshold'
  | 'method'
  | 'start-unknown'
  | 'already-finished'
  | 'answer-lost'
  /** It came, and this station's disk didn't take it in, or what follows from it. */
  | 'answer-unrecorded'
  // Shares
  | 'share-rejected'
  | 'share-already-given'
  /** Its answer was lost, and the server's progress doesn't tell. */
  | 'share-unknown'
  | 'already-submitted'
  | 'would-finish'
  // People and ceremonies
  | 'not-on-roster'
  | 'wrong-role'
  | 'locked'
  | 'no-ceremony'
  | 'several-ceremonies'
  | 'state-damaged'
  | 'rehearsal-mixed'
  // Tokens
  | 'unknown-token'
  | 'not-revoked';

/** What went wrong at the online station: a sentence for the operator, without any secret. */
export class OnlineError extends AirlockError<OnlineErrorCode> {}
