import type { Kysely } from 'kysely';
import type { Verdict } from '../../../shared/transcript/verdict';
import type { EntryEvent } from '../log/entry';

/** 0 or 1: SQLite has no booleans. */
export type Flag = 0 | 1;

/** One entry of the log, for queries; the log itself is what counts. */
export interface EntryRow {
  readonly n: number;
  readonly hash: string;
  readonly at: string;
  readonly who: string;
  readonly event: EntryEvent;
  readonly ceremony: string | null;
  /** Canonical JSON of its `data`. */
  readonly data: string;
}

/** A folder that was handed in. */
export interface AdditionRow {
  /** Of its entry. */
  readonly n: number;
  readonly ceremony: string;
  readonly folder: string;
  readonly kept: string;
  readonly files: number;
  readonly bytes: number;
  readonly verdict: Verdict;
}

/** One ceremony, all its additions together. */
export interface CeremonyRow {
  /**
   * Grows with the time at which the ceremony began (milliseconds since 1970, times 1,024, and what tells
   * ceremonies of one millisecond apart), so that the newest are found without sorting.
   */
  readonly place: number;
  /** 32 hex digits. */
  readonly id: string;
  readonly words: string;
  readonly title: string;
  readonly purpose: string;
  readonly ticket: string;
  readonly server: string;
  readonly namespace: string;
  readonly method: string;
  readonly token_kind: string;
  /** ISO 8601 UTC by the stations' clocks; '' where no line could be read. */
  readonly began: string;
  readonly ended: string;
  readonly verdict: Verdict;
  /** Whether by people whom compliance knows, or just by the keys in the folders. */
  readonly by_people: Flag;
  readonly rehearsal: Flag;
  /** Root tokens that were made, or may have been, and how many revocations are proved. */
  readonly tokens: number;
  readonly revoked: number;
  /** When the first one was made, and when the last was proved to be dead; '' where that isn't on record. */
  readonly token_made: string;
  readonly token_died: string;
  readonly threshold: number;
  readonly custodians: number;
  readonly stations: number;
  readonly lines: number;
  readonly signatures: number;
  readonly additions: number;
  readonly bytes: number;
  readonly held: Flag;
  /** Number of its tombstone's entry, where there is one. */
  readonly tombstone: number | null;
}

export interface PersonRow {
  readonly place: number;
  readonly fingerprint: string;
  readonly name: string;
  /** The name as it is searched for. */
  readonly sought: string;
  readonly role: string;
  /** Whether a station of theirs is here. */
  readonly took_part: Flag;
  /** How many checkpoints of others they signed. */
  readonly witnessed: number;
  /** Whether a station of theirs had a root token in clear, by its own journal. */
  readonly held_token: Flag;
  /** Whether one was handed over to it, by anyone's. */
  readonly handed_token: Flag;
  /** Whether its journal has the proof of a token's end. */
  readonly told_end: Flag;
}

export interface FindingRow {
  readonly place: number;
  /** In the order of the verification. */
  readonly position: number;
  readonly code: string;
  readonly verdict: Verdict;
  readonly station: string;
  readonly line: number | null;
  readonly message: string;
}

/** Whom compliance knows. */
export interface PinnedRow {
  readonly fingerprint: string;
  readonly name: string;
}

/** The index: what is asked of it is one query on both engines; only the search in `words` differs. */
export interface Tables {
  entry: EntryRow;
  addition: AdditionRow;
  ceremony: CeremonyRow;
  person: PersonRow;
  finding: FindingRow;
  pinned: PinnedRow;
}

/** All of them; words are kept apart, as each engine does. */
export const TABLES: readonly (keyof Tables)[] = [
  'entry',
  'addition',
  'ceremony',
  'person',
  'finding',
  'pinned',
];

export type Index = Kysely<Tables>;

export type Engine = 'sqlite' | 'postgres';
