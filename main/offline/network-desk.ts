import type { AppState } from '../../shared/ipc/offline/app-state';
import type { EventData } from '../../shared/transcript/event';
import { StationError } from '../station/station-error';
import type { Journal } from '../store/journal';

/** What is known of this laptop's network, and of what keeps the program from it. */
export type OfflineView = Omit<AppState['offline'], 'goesOn'>;

/** What looks at them. A station that has none is no window's: it neither asks nor records. */
export interface OfflineEye {
  readonly latest: OfflineView;
  /** Names of the interfaces that are up, looked at now. */
  up(): readonly string[];
  /** Tries every layer anew; `latest` then tells. Never rejects. */
  check(): Promise<void>;
}

type Checked = EventData<'offline-checked'>;

/**
 * This laptop's network, as far as a ceremony depends on it: no secret is touched while there is one, unless
 * the person goes on, on the record; and the record says at each step what kept the program from it.
 */
export class NetworkDesk {
  /** The interfaces with which the person went on. */
  private accepted: ReadonlySet<string> = new Set();

  constructor(
    private readonly eye: OfflineEye | null,
    private readonly record: () => Journal,
  ) {}

  /** Whether the person goes on with the network that is there. */
  get goesOn(): boolean {
    const up = this.eye?.latest.up ?? [];
    return up.length > 0 && up.every((name) => this.accepted.has(name));
  }

  /** After each look: whoever went on with a network is asked again once there was none. */
  looked(): void {
    if (this.eye?.latest.up.length === 0) this.forget();
  }

  /** Before a secret is touched. Throws `StationError` 'network-up'. */
  requireNone(): void {
    const up = this.eye?.up() ?? [];
    if (up.every((name) => this.accepted.has(name))) return;
    throw new StationError(
      'network-up',
      `This laptop has a network: ${up.join(', ')}. Nothing was done. Pull the cable or switch the radio off, then go on.`,
    );
  }

  /**
   * The person goes on with the interfaces that are up: an exception on the record. Another one that comes up
   * is asked about again. Throws `StationError` 'locked'.
   */
  goOn(): void {
    const up = this.eye?.up() ?? [];
    if (up.length === 0) return;
    this.record().append('exception', {
      kind: 'network-up',
      text: `This laptop had a network (${up.join(', ')}) when secrets were about to be handled, and its person went on.`,
    });
    this.accepted = new Set(up);
  }

  /** Once somebody else may be at the laptop, or another ceremony is open. */
  forget(): void {
    this.accepted = new Set();
  }

  /**
   * Whether the record has to say how the layers stand: a step has begun, or one of them stands otherwise
   * than at the last line that tells of them.
   */
  isNews(journal: Journal, step: string): boolean {
    return this.eye !== null && !isSame(lastOf(journal), this.checked(this.eye.latest, step));
  }

  /** Tries every layer, outside of the station's queue: that takes a while. */
  async check(): Promise<void> {
    await this.eye?.check();
  }

  /** Puts on record how the layers stand, where it isn't there yet. */
  note(journal: Journal, step: string): void {
    if (this.eye !== null && this.isNews(journal, step)) {
      journal.append('offline-checked', this.checked(this.eye.latest, step));
    }
  }

  private checked({ layers, up }: OfflineView, step: string): Checked {
    return {
      step,
      layers: layers.map(({ layer, state }) => ({ layer, state })),
      up: up.slice(0, MOST_NAMES),
    };
  }
}

const MOST_NAMES = 16;

const lastOf = (journal: Journal): Checked | null => {
  const last = journal.entries().findLast(({ event }) => event === 'offline-checked');
  return last?.event === 'offline-checked' ? last.data : null;
};

const isSame = (a: Checked | null, b: Checked): boolean =>
  a !== null &&
  a.step === b.step &&
  a.up.join() === b.up.join() &&
  a.layers.length === b.layers.length &&
  a.layers.every(({ layer, state }, i) => b.layers[i]?.layer === layer && b.layers[i]?.state === state);
