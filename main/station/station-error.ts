import { AirlockError } from '../../shared/airlock-error';
import type { AskingCode } from '../../shared/ipc/common-channels';

export type StationErrorCode =
  /** No one has given the passphrase. */
  | 'locked'
  /** The person at this laptop has another role than this takes. */
  | 'wrong-role'
  /** The signer of a message is known here, but with another role than it takes. */
  | 'signer-of-other-role'
  /** No ceremony is open, or this laptop has no such one. */
  | 'no-ceremony'
  /** A message of the ceremony is missing on the disk. */
  | 'no-message'
  /** A code that is no longer on its way out. */
  | 'no-longer-shown'
  /** What came in is no code of Airlock's. */
  | 'not-understood'
  | 'share-in-clear'
  /** The code is this person's own. */
  | 'own-code'
  /** The ceremony has no such key or one-time password, or has none any more. */
  | 'no-secret'
  /** The identity, or the ceremony, can't be taken back: something happened with it. */
  | 'already-in-use'
  /** The person cancelled the making of the key. */
  | 'key-cancelled'
  | Extract<AskingCode, 'share-differs'>
  /** The share is no longer in memory. */
  | 'no-share'
  /** A share that is new here, without the name of its server. */
  | 'no-cluster'
  | 'not-printed'
  /** The file that the program was started on. */
  | 'file-unreadable'
  | 'file-too-large'
  /** The token is no longer in memory. */
  | 'no-token'
  /** The result names no key of a station, or one that had its time. */
  | 'no-station-key'
  | 'nothing-to-sign'
  /** By this laptop's clock, the key that a share would be sealed to has expired. */
  | 'station-key-expired'
  /** This laptop has a network, and a secret was about to be touched. */
  | 'network-up'
  /** The ceremony's key or one-time password still lies on this laptop. */
  | 'secret-not-destroyed';

/** What a station can't do now for whoever is at it, and why. */
export class StationError extends AirlockError<StationErrorCode> {}
