import { AirlockError } from '../../shared/airlock-error';

export type StoreErrorCode =
  /** The journal on disk is not the chain that this station wrote. */
  | 'journal-broken'
  /** It belongs to another station, or to a rehearsal where this is none (or the other way round). */
  | 'journal-of-another'
  /** Another program wrote to it meanwhile. */
  | 'journal-changed'
  | 'journal-unreadable'
  | 'journal-unwritable'
  /** A file of a home is not as it was left: see `HomeFinding`. */
  | 'home-finding'
  /** Written to without the passphrase. */
  | 'home-locked'
  | 'state-unreadable'
  | 'state-broken'
  | 'state-unwritable'
  | 'cannot-destroy'
  | 'folder-unreadable'
  | 'people-unreadable'
  | 'file-unwritable';

/** What this machine's disk would not do, or no longer holds as it was written. */
export class StoreError extends AirlockError<StoreErrorCode> {}

/** The operating system's name for a failure (ENOSPC, EACCES, …), for the end of a sentence. */
export const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
