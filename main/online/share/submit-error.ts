import { OnlineError } from '../online-error';

export type SubmitErrorCode =
  /** There is no result here that could be made anew. */
  | 'no-result'
  /** A token was handed over already: a new key would destroy the one that opens it. */
  | 'taken-before'
  /** There is no token that could be handed over, so that no new key is made for it. */
  | 'not-renewed'
  /** Whoever signed the share message isn't on the officer's roster. */
  | 'not-on-roster'
  | 'already-submitted'
  /** By the plan its custodian gives at another station, or not at all. */
  | 'gives-elsewhere'
  /** Its custodian has given as many shares in this attempt as they hold. */
  | 'given-already'
  /** A share with the same x-coordinate was counted here before. */
  | 'same-share'
  /** It would be the last share, at the station that has seen the one-time password. */
  | 'would-finish'
  /** The shares together are wrong, and the server counts from 0 again. */
  | 'share-rejected'
  | 'share-already-given'
  /** Its answer was lost, and the server's progress doesn't tell. */
  | 'share-unknown'
  /** The answer came, and this station's disk didn't take it in, or what follows from it. */
  | 'answer-unrecorded';

/** Why a share wasn't taken, or what became of it. */
export class SubmitError extends OnlineError<SubmitErrorCode> {}
