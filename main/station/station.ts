import { AirlockError } from '../../shared/airlock-error';
import type { ReceivedView } from '../../shared/ipc/common-channels';
import type { Preferences } from '../../shared/ipc/preferences';
import type { SignedMessage } from '../../shared/message/wire';
import type { Passphrase } from '../../shared/openpgp/s2k';
import { readIdentity, type UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { knownKeys, listPeople } from '../store/people';
import { readPreferences, writePreferences } from '../store/preferences';
import type { Carrier } from './carrier';
import { FollowDesk } from './follow';
import { Reception } from './intake/reception';
import { LogDesk } from './logs';
import { type Outbound, Outbox } from './outbox';
import { PersonDesk, type PersonDeskOptions } from './person';
import type { ReportSheet } from './places';
import type { Stake } from './stake';
import type { CeremonySurroundings, StationSnapshot } from './state-view';
import type { TranscriptDesk } from './transcript';
import { WitnessDesk } from './witness';

/**
 * What a station of either side does, whatever it is for: one person works there, one action after the other.
 * Codes come in and go out, transcripts are signed. It knows no window.
 */
export abstract class Station {
  /** Who is at it, and whom they know. */
  readonly person: PersonDesk;
  /** The transcript of the open ceremony. */
  abstract readonly transcript: TranscriptDesk;
  /** This person's part as a witness of others. */
  readonly witness: WitnessDesk;
  /** Other stations' journals that came in by codes. */
  readonly logs: LogDesk;
  /** Those of ceremonies that go on, which this person follows as a witness. */
  readonly following: FollowDesk;
  /** What goes out. */
  readonly outbox: Outbox;
  private readonly reception: Reception;
  private readonly listeners = new Set<() => void>();
  private readonly useListeners = new Set<() => void>();
  /** The ceremony that was open when the station was locked, in hex. */
  private stoodAt: string | null = null;
  /** Minutes without use after which the station locked itself. */
  private idleMinutes: number | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(protected readonly options: PersonDeskOptions) {
    const { home, clock } = options;
    this.person = new PersonDesk(options);
    const homeJournal = () => this.person.journal();
    this.witness = new WitnessDesk(
      { clock, identity: () => this.identity(), people: () => knownKeys(home) },
      homeJournal,
    );
    this.following = new FollowDesk({ home, clock, identity: () => this.identity(), homeJournal });
    this.logs = new LogDesk({ home, identity: () => this.identity(), homeJournal }, this.following);
    this.outbox = new Outbox(() => [
      this.person.outbound,
      ...this.waiting(),
      this.witness.outbound,
      this.following.outbound,
    ]);
    this.reception = new Reception({
      take: (message, carrier) => this.take(message, carrier),
      record: (message) => this.recordFor(message),
      ceremony: () => this.openId,
    });
  }

  /** Id of the open ceremony in hex, or null. */
  protected abstract get openId(): string | null;
  /** What the open ceremony has to show. */
  protected abstract waiting(): readonly (Outbound | null)[];
  /** Acts on a message whose structure is right, or throws by name what doesn't fit. */
  protected abstract take(message: SignedMessage, carrier: Carrier): Promise<ReceivedView>;
  /** Where a refusal goes on record; null where whoever refused it has written it down already. */
  protected abstract recordFor(message: SignedMessage | null): Journal | null;
  /** Opens a ceremony that lies on disk. `id`: hex. */
  abstract openCeremony(id: string): Promise<void>;
  /** Back to the list; secrets of the ceremony are forgotten, its work stays on disk. */
  abstract leave(): void;

  /** What a person should know of before the program ends. Also asked of a locked station. */
  abstract stakes(): readonly Stake[];

  /**
   * Overwrites every secret in memory; the work on disk stays, and unlocking comes back to it.
   * `idleMinutes`: after how long without use the station locks itself; null where a person locks it.
   */
  lock(idleMinutes: number | null = null): void {
    if (this.isUnlocked) {
      this.stoodAt = this.openId;
      this.idleMinutes = idleMinutes;
    }
    this.leave();
    this.person.lock();
    this.logs.forget();
    this.following.forget();
    this.reception.reset();
  }

  /** Once the program ends. */
  end(): void {
    this.lock();
  }

  get isUnlocked(): boolean {
    return this.person.current !== null;
  }

  /** Opens the station, and goes back to where its person stood. Throws as `PersonDesk.unlock` does. */
  async unlock(passphrase: Passphrase): Promise<void> {
    await this.person.unlock(passphrase);
    this.idleMinutes = null;
    await this.logs.opened();
    await this.following.opened();
    await this.comeBack();
  }

  /**
   * First start: puts a home back and opens it. Throws as `PersonDesk.restore` and `PersonDesk.unlock` do.
   */
  async restore(path: string, passphrase: Uint8Array): Promise<void> {
    await this.person.restore(path, passphrase);
    await this.unlock(passphrase);
  }

  /** Opens what was open before the lock. Where that can't be, the list is shown, and opening says why. */
  protected async comeBack(): Promise<void> {
    const id = this.stoodAt;
    this.stoodAt = null;
    if (id === null) return;
    try {
      await this.openCeremony(id);
    } catch (error) {
      if (!(error instanceof AirlockError)) throw error;
      this.leave();
    }
  }

  /** Throws `StationError` 'locked' while no one has given the passphrase. */
  identity(): UnlockedIdentity {
    return this.person.identity();
  }

  /** Runs one action after the other, and tells the listeners after each: two clicks never run at once. */
  exclusively<T>(action: () => Promise<T> | T): Promise<T> {
    const run = this.queue.then(action);
    this.queue = run.catch(() => undefined);
    return run.finally(() => this.changed());
  }

  /**
   * Writes the open ceremony's transcript into `folder`, with the journals of other stations that are kept
   * here; returns where the own one is. Throws as `TranscriptDesk.archive` does.
   */
  async archive(folder: string, replace = false): Promise<string> {
    const id = this.openId;
    const others = id === null ? [] : await this.logs.of(id);
    return this.transcript.archive(folder, replace, others);
  }

  /** The open ceremony's report, as far as it is known here. Throws as `TranscriptDesk.report` does. */
  async report(): Promise<ReportSheet> {
    const id = this.openId;
    return this.transcript.report(id === null ? [] : await this.logs.of(id));
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Somebody is at the window. */
  used(): void {
    for (const listener of this.useListeners) listener();
  }

  onUse(listener: () => void): void {
    this.useListeners.add(listener);
  }

  protected changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** How codes are shown and read here, whoever is at it. */
  get preferences(): Preferences {
    return readPreferences(this.options.home);
  }

  set preferences(chosen: Preferences) {
    writePreferences(this.options.home, chosen);
  }

  /**
   * One text from a QR code, the clipboard or a scanner that types. Throws by name what doesn't fit. Parts of
   * a moving code that were read before stay.
   */
  async receiveText(text: string, carrier: Carrier): Promise<ReceivedView> {
    this.identity();
    return this.reception.text(text, carrier);
  }

  /** A file's bytes: a message as it is, or UR texts a line each. Throws by name what doesn't fit. */
  async receiveFile(bytes: Uint8Array): Promise<ReceivedView> {
    this.identity();
    return this.reception.file(bytes);
  }

  /** Forgets the parts of a moving code that were read so far. */
  resetReading(): void {
    this.reception.reset();
  }

  /** What every window shows of its station. `electron`: its version. */
  protected snapshot(electron: string): StationSnapshot {
    const { home, version } = this.options;
    const { person, witness, logs, following, idleMinutes: lockedAfter } = this;
    return {
      version,
      electron,
      home,
      person,
      witness,
      logs: logs.all,
      followed: following.view(),
      lockedAfter,
      reading: this.reception.progress,
    };
  }

  /** What surrounds the open ceremony in a window. */
  protected surroundings(): CeremonySurroundings {
    const { home } = this.options;
    const identity = readIdentity(home);
    const people = listPeople(home);
    return {
      people: identity === null ? people : [identity, ...people],
      checkpoint: this.transcript.checkpoint,
      checkpointCode: this.transcript.outbound,
      logCode: this.transcript.logOut,
      liveCode: this.transcript.liveOut,
    };
  }
}
