import { type AnyHandler, wrapHandlers } from '../../shared/ipc/channel-map';
import { lockChoices } from '../../shared/ipc/preference-choices';
import type { Station } from './station';

const LOOK_MS = 1000;
const MINUTE_MS = 60_000;
/** No station locks itself sooner. Before that, nobody has to look into the preferences. */
const SOONEST_MS = Math.min(...lockChoices.flatMap((minutes) => minutes ?? [])) * MINUTE_MS;

/** What the lock wants to know of a station. */
export type Lockable = Pick<Station, 'isUnlocked' | 'preferences' | 'onUse'>;

/**
 * Locks a station after some minutes without use. It counts in the main process: a window that hangs or is
 * gone reports no use, and so doesn't keep its station open. Use is a key, the pointer, a code that is shown,
 * or a camera that is on (renderer/parts/guard/use.ts). A task that runs counts until it has ended.
 */
export class IdleLock {
  private last: number;
  private running = 0;

  /** `lock`: told after how many minutes. `now`: milliseconds by any clock. */
  constructor(
    private readonly station: Lockable,
    private readonly lock: (minutes: number) => void,
    private readonly now: () => number = () => Date.now(),
  ) {
    this.last = this.now();
    station.onUse(() => this.touch());
  }

  start(): void {
    setInterval(() => this.look(), LOOK_MS);
  }

  /** The same handlers, whose work counts as a running task. */
  whileRunning<H extends Readonly<Record<keyof H, AnyHandler>>>(handlers: H): H {
    return wrapHandlers(handlers, (handler) => async (args) => {
      this.running++;
      try {
        return await handler(args);
      } finally {
        this.running--;
      }
    });
  }

  /** Whether it is time: to be called every second. */
  look(): void {
    const { station, last } = this;
    const idle = this.now() - last;
    // A clock that was set back would otherwise keep the station open for that much longer.
    if (this.running > 0 || !station.isUnlocked || idle < 0) {
      this.touch();
      return;
    }
    if (idle < SOONEST_MS) return;
    const { lockAfter } = station.preferences;
    if (lockAfter === null || idle < lockAfter * MINUTE_MS) return;
    this.touch();
    this.lock(lockAfter);
  }

  private touch(): void {
    this.last = this.now();
  }
}
