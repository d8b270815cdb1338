import type { StationContext } from '../station-context';
import type { AttemptState } from './state';

/**
 * What starting, joining and cancelling need besides: an attempt can't be looked at while a share's outcome
 * is open.
 */
export interface AttemptContext extends StationContext {
  /**
   * The ceremony's state (id in hex), once it is known what became of the share that was sent last; null
   * where there is no such ceremony. Shares have a room of their own, which builds on this one: so the
   * station hands it in.
   */
  readonly settled: (ceremony: string) => Promise<AttemptState | null>;
}
