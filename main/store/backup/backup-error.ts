import { AirlockError } from '../../../shared/airlock-error';

export type BackupErrorCode =
  /** Another kind of file, or one that is cut off. */
  | 'not-a-backup'
  | 'backup-too-new'
  /** The passphrase doesn't open it, or it was changed: the one can't be told from the other. */
  | 'backup-closed'
  /** It opens, and what is in it doesn't agree with itself. */
  | 'backup-damaged'
  | 'backup-too-large'
  /** Where it would be restored to there is something already. */
  | 'restore-not-empty'
  /** The home in it is that of somebody who doesn't work at such a station. */
  | 'restore-of-other-role'
  | 'restore-failed'
  | 'backup-unreadable'
  | 'backup-unwritable'
  | 'backup-exists';

/** What is wrong with a backup of a home, or with the place where one is to go. */
export class BackupError extends AirlockError<BackupErrorCode> {}
