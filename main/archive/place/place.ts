import type { Bundle } from '../evidence/bundle';
import type { Engine, Index } from '../index/tables';
import type { WrittenEntry } from '../log/entry';

/** What an archive is opened for; to 'make' it is to write, also where there is none yet. */
export type Wanted = 'read' | 'write' | 'make';

/** Where an archive is: evidence, log and index, in a folder or in a database. */
export interface Place {
  readonly engine: Engine;
  /** As people know it; without a password. */
  readonly name: string;
  readonly index: Index;
  /** Whether the index is the place's own; else it was made in memory, and goes with this program. */
  readonly keepsIndex: boolean;
  readonly readOnly: boolean;
  /** The last whole line of the log; null where there is none. */
  lastLine(): Promise<string | null>;
  /** The log's lines from that entry on, without their newlines. */
  lines(from: number): AsyncIterable<string>;
  /** Whether something stands behind the last whole line of the log. */
  hasTornEnd(): Promise<boolean>;
  /** Whether each line stands at the number of its entry; the chain says which lines are missing. */
  isNumberedAsEntries(): Promise<boolean>;
  /** A bundle as it is kept, by the SHA-256 of its list of files; null where it isn't there. */
  evidence(folder: string): Promise<Uint8Array | null>;
  /** A script as it is kept, by its SHA-256. */
  script(sha256: string): Promise<Uint8Array | null>;
  /** The names of all evidence that is kept, in any order. */
  kept(): AsyncIterable<string>;
  /** Does something as the only writer. All of it is there afterwards, or nothing. */
  writing<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What the only writer can do. Nothing of it counts before the end of `writing`. */
export interface Writer {
  readonly index: Index;
  keep(bundle: Bundle): Promise<void>;
  append(entry: WrittenEntry): Promise<void>;
  /** Deletes evidence whose tombstone was appended. */
  forget(folder: string): Promise<void>;
}
