import type { FoundRootToken } from '../token/root-token-found';

/** How far a sweep has come. */
export interface SweepProgress {
  /** Accessors that the server has named up to now. */
  readonly listed: number;
  /** Whether it has named all. */
  readonly listedAll: boolean;
  /** How many of them were looked up; `gone` are among them. */
  readonly asked: number;
  /** How many the server knew no more when they were looked up. */
  readonly gone: number;
  /** How many tokens the server has an entry of that it can't read itself. */
  readonly unreadable: number;
  /** The root tokens that were found up to now. */
  readonly roots: readonly FoundRootToken[];
  /** Others that were looked for, and found up to now. */
  readonly others: readonly FoundRootToken[];
}
