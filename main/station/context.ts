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
