import { OnlineError } from './online-error';

export type StationErrorCode =
  /** The step signs a message, and the signing key isn't unlocked. */
  | 'locked'
  /** The home belongs to an officer, a custodian or a witness. */
  | 'wrong-role'
  /** This station has no such ceremony, or none at all. */
  | 'no-ceremony'
  /** No server has answered yet. */
  | 'no-server'
  /** There is no plan on the screen that could be begun or joined. */
  | 'no-proposal'
  /** It has several, and none was named. */
  | 'several-ceremonies'
  /** This station has signed off the ceremony. */
  | 'signed-off'
  /** A person's words for the record are none, or too many. */
  | 'statement-unfit'
  /** They hold a token or a key share. */
  | 'secret-in-statement'
  /** A message that this station kept is missing from its disk, or damaged. */
  | 'state-damaged';

/** What this station's home doesn't hold or allow. */
export class StationError extends OnlineError<StationErrorCode> {}
