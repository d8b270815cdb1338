import { AirlockError } from '../../shared/airlock-error';

export type ArchiveErrorCode =
  /** Nothing was ever added there. */
  | 'no-archive'
  /** The folder holds other things than an archive. */
  | 'not-an-archive'
  /** The folder, or the database, can't be reached or used. */
  | 'place-unusable'
  /** Another program writes there, and did not end in time. */
  | 'place-busy'
  /** Only reading is possible there. */
  | 'place-read-only'
  /** A later version made it. */
  | 'archive-too-new'
  /** What was handed in is no transcript, or can't be kept as it is. */
  | 'no-transcript'
  | 'strange-evidence'
  | 'evidence-too-large'
  | 'unknown-ceremony'
  | 'ambiguous-ceremony'
  /** What is kept is not what was handed in. */
  | 'evidence-damaged'
  | 'evidence-missing'
  /** The log is not the chain that its archivists signed. */
  | 'log-broken'
  /** The index is not that of this log. */
  | 'index-differs'
  /** The index can't be read at all. */
  | 'index-damaged'
  /** Whoever would sign is no archivist, or not one of this archive. */
  | 'not-archivist'
  | 'bad-entry'
  | 'bad-head'
  /** A hold forbids it, or there is none to end. */
  | 'on-hold'
  | 'not-on-hold'
  /** It went by law: only its tombstone is left. */
  | 'gone'
  | 'folder-not-empty'
  /** The files of the page aren't beside the program. */
  | 'no-page';

/** What the archive can't do, or what is wrong with it. */
export class ArchiveError extends AirlockError<ArchiveErrorCode> {}
