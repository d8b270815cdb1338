import type { RandomSource } from '../../shared/bytes';
import type { ReceivedView } from '../../shared/ipc/common-channels';
import type { AppState } from '../../shared/ipc/offline/app-state';
import type { Preferences } from '../../shared/ipc/preferences';
import type { Carrier } from '../station/carrier';
import type { StationContext } from '../station/context';
import { Reception } from '../station/intake/reception';
import { Outbox } from '../station/outbox';
import { PersonDesk } from '../station/person';
import { WitnessDesk } from '../station/witness';
import type { Home } from '../store/home';
import { readIdentity, type UnlockedIdentity } from '../store/identity';
import { knownKeys, listPeople } from '../store/people';
import { readPreferences, writePreferences } from '../store/preferences';
import { listCeremonies } from './ceremony-list';
import { Cards } from './custodian/cards';
import type { CustodianDesk } from './custodian/desk';
import { ShareAtHome } from './custodian/share-at-home';
import { MessageTaker } from './intake/message-taker';
import { OfficerDesk } from './officer/desk';
import { OpenCeremony } from './open-ceremony';
import { type Surroundings, stateView } from './state-view';
import { TranscriptDesk } from './transcript';

export interface StationOptions {
  readonly home: Home;
  readonly clock: () => Date;
  readonly random: RandomSource;
  readonly version: string;
  readonly program: string;
}

/**
 * One person's air-gapped station: all that the app and the rehearsal do away from any network. One ceremony
 * is open at a time. Secrets (the signing key, a share, the token) are in memory from unlocking until `lock`
 * at the latest.
 */
export class OfflineStation {
  /** Who is at this laptop, and whom they know. */
  readonly person: PersonDesk;
  /** The transcript of the open ceremony. */
  readonly transcript: TranscriptDesk;
  /** This person's part as a witness of others. */
  readonly witness: WitnessDesk;
  /** A custodian's share outside of any ceremony. */
  readonly custody: ShareAtHome;
  readonly cards: Cards;
  /** What goes out. */
  readonly outbox: Outbox;
  private readonly ceremony: OpenCeremony;
  private readonly reception: Reception;
  private readonly listeners = new Set<() => void>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: StationOptions) {
    const person = new PersonDesk(options);
    const context: StationContext = {
      ...options,
      identity: () => person.identity(),
      people: () => knownKeys(options.home),
    };
    const homeJournal = () => person.journal();
    const ceremony = new OpenCeremony(context);
    const transcript = new TranscriptDesk(context, ceremony, homeJournal);
    const witness = new WitnessDesk(context, homeJournal);
    const taker = new MessageTaker(context, {
      person,
      ceremony,
      witness,
      transcript,
      leave: () => this.leave(),
    });
    this.person = person;
    this.ceremony = ceremony;
    this.transcript = transcript;
    this.witness = witness;
    this.custody = new ShareAtHome(context, homeJournal);
    this.cards = new Cards(context, ceremony, this.custody, homeJournal);
    this.outbox = new Outbox(() => [
      person.outbound,
      ceremony.current?.outbound ?? null,
      ceremony.current instanceof OfficerDesk ? ceremony.current.amendment.outbound : null,
      transcript.outbound,
      witness.outbound,
    ]);
    this.reception = new Reception({
      take: (message, carrier) => taker.take(message, carrier),
      record: () => transcript.record,
      ceremony: () => ceremony.id,
    });
  }

  /** Runs one action after the other, and tells the listeners after each: two clicks never run at once. */
  exclusively<T>(action: () => Promise<T> | T): Promise<T> {
    const run = this.queue.then(action);
    this.queue = run.catch(() => undefined);
    return run.finally(() => {
      for (const listener of this.listeners) listener();
    });
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** How codes are shown and read here, whoever is at it. */
  get preferences(): Preferences {
    return readPreferences(this.options.home);
  }

  set preferences(chosen: Preferences) {
    writePreferences(this.options.home, chosen);
  }

  /** Overwrites every secret in memory; the work on disk stays. */
  lock(): void {
    this.leave();
    this.person.lock();
    this.reception.reset();
  }

  /** Throws `StationError` 'locked' while no one has given the passphrase. */
  identity(): UnlockedIdentity {
    return this.person.identity();
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

  /** Begins a ceremony at its plan. Throws `StationError` 'locked', 'wrong-role'. */
  beginCeremony(rehearsal: boolean): void {
    this.leave();
    this.ceremony.begin(rehearsal);
  }

  /**
   * Opens a ceremony that lies on disk. `id`: hex. Throws `StationError` 'locked', 'no-ceremony',
   * `StoreError`.
   */
  async openCeremony(id: string): Promise<void> {
    this.leave();
    this.identity();
    this.ceremony.open(id);
    await this.transcript.opened();
  }

  /** Back to the list; secrets of the ceremony are forgotten, its work stays on disk. */
  leave(): void {
    this.ceremony.leave();
    this.transcript.forget();
    this.witness.leave();
    this.custody.forget();
  }

  /** The open ceremony as its officer. Throws `StationError` 'no-ceremony' or 'wrong-role'. */
  officer(): OfficerDesk {
    return this.ceremony.officer();
  }

  /** The open ceremony as its custodian. Throws `StationError` 'no-ceremony' or 'wrong-role'. */
  custodian(): CustodianDesk {
    return this.ceremony.custodian();
  }

  /** Everything the window shows. It never holds a secret. */
  state(surroundings: Surroundings): AppState {
    const { home, version } = this.options;
    const unlocked = this.person.current;
    return stateView({
      ...surroundings,
      version,
      identity: readIdentity(home),
      unlocked: unlocked !== null,
      ownCode: this.person.outbound,
      people: listPeople(home),
      pending: this.person.pending,
      pendingChange: this.person.pendingChange,
      ceremonies: unlocked === null ? [] : listCeremonies(home),
      desk: this.ceremony.current,
      checkpoint: this.transcript.checkpoint,
      checkpointCode: this.transcript.outbound,
      custody: unlocked?.role === 'custodian' ? this.custody.view() : { records: [], held: null },
      toSign: this.witness.toSign,
      signed: this.witness.outbound,
      reading: this.reception.progress,
    });
  }
}
