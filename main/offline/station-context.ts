import { AirlockError } from '../../shared/airlock-error';
import type { RandomSource } from '../../shared/bytes';
import type { KnownKey } from '../../shared/message/wire';
import type { Home } from '../store/home';
import type { UnlockedIdentity } from '../store/identity';

/** What every desk of an air-gapped station works with: one person's home, clock and random source. */
export interface StationContext {
  readonly home: Home;
  readonly clock: () => Date;
  readonly random: RandomSource;
  readonly program: string;
  readonly version: string;
  /** Throws `StationError` 'locked' while no one has given the passphrase. */
  identity(): UnlockedIdentity;
  /** Everyone whose signature counts here, this person included. */
  people(): Promise<KnownKey[]> | KnownKey[];
}

export type StationErrorCode =
  | 'locked'
  | 'wrong-role'
  | 'no-ceremony'
  | 'no-message'
  | 'not-understood'
  | 'share-in-clear'
  | 'no-secret'
  | 'share-differs'
  | 'no-share'
  | 'no-cluster'
  | 'not-printed'
  | 'no-token'
  | 'nothing-to-sign'
  | 'not-compared';

/** What an air-gapped station can't do now, and why. */
export class StationError extends AirlockError<StationErrorCode> {}

/** The desk of the open ceremony. Throws `StationError` 'no-ceremony' where none is. */
export function requireOpen<Desk>(desk: Desk | null): Desk {
  if (desk !== null) return desk;
  throw new StationError('no-ceremony', 'No ceremony is open. Open one from the list first.');
}
