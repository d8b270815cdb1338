import { asciiText, equalBytes, toHex } from '../../shared/bytes';
import { tokenIn } from '../../shared/input/token-text';
import type { ReceivedView } from '../../shared/ipc/common-channels';
import type { OnlineState } from '../../shared/ipc/online/app-state';
import type { Preferences } from '../../shared/ipc/preferences';
import type { SignedMessage } from '../../shared/message/wire';
import { AttemptError } from '../online/attempt/attempt-error';
import type { Plan } from '../online/attempt/plan';
import { chooseAttempt } from '../online/attempt/state';
import type { OnlineStation } from '../online/online-station';
import { StationError } from '../online/station-error';
import type { Carrier } from '../station/carrier';
import { Reception } from '../station/intake/reception';
import { type Outbound, Outbox } from '../station/outbox';
import { PersonDesk } from '../station/person';
import { WitnessDesk } from '../station/witness';
import type { Home } from '../store/home';
import type { UnlockedIdentity } from '../store/identity';
import { readIdentity } from '../store/identity';
import { knownKeys, listPeople } from '../store/people';
import { readPreferences, writePreferences } from '../store/preferences';
import { listCeremonies } from './ceremony-list';
import { Connection, type TypedSettings } from './connection';
import { OperatorIntake } from './intake';
import { OpenAttempt } from './open-attempt';
import { Rehearsal } from './rehearsal';
import { stateView } from './state-view';
import { OperatorTranscript } from './transcript';

export interface OperatorDeskOptions {
  readonly home: Home;
  readonly clock: () => Date;
  readonly version: string;
  readonly program: string;
  /** Where what the operator doesn't type comes from: VAULT_ADDR and the like. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Messages whose refusal `OnlineStation` puts on record by itself. */
const writtenDown: ReadonlySet<string> = new Set(['start', 'attempt', 'amendment', 'share']);

/** A plan that was read, and of which nothing was sent yet. */
export interface Proposal {
  readonly kind: 'start' | 'attempt';
  readonly plan: Plan;
  readonly message: SignedMessage;
  readonly carrier: Carrier;
}

/**
 * An operator's station as its window works on it: one person, one server, one ceremony at a time, on top of
 * `OnlineStation`. What is secret is in memory from unlocking until `lock` at the latest.
 */
export class OperatorDesk {
  /** Who is at this station, and whom they know. */
  readonly person: PersonDesk;
  readonly connection: Connection;
  readonly transcript: OperatorTranscript;
  readonly witness: WitnessDesk;
  readonly outbox: Outbox;
  private readonly reception: Reception;
  private readonly rehearsal = new Rehearsal();
  private introduction: SignedMessage<'station'> | null = null;
  private proposed: Proposal | null = null;
  private opened: OpenAttempt | null = null;
  private lastShare: { readonly digest: Uint8Array; readonly said: string } | null = null;
  private readonly listeners = new Set<() => void>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: OperatorDeskOptions) {
    const { home, clock, env } = options;
    this.person = new PersonDesk(options);
    this.connection = new Connection(env, clock, home);
    const homeJournal = () => this.person.journal();
    this.transcript = new OperatorTranscript({
      home,
      clock,
      identity: () => this.identity(),
      required: () => this.ceremony().state,
      homeJournal,
    });
    this.witness = new WitnessDesk(
      {
        ...options,
        random: () => new Uint8Array(),
        identity: () => this.identity(),
        people: () => knownKeys(home),
      },
      homeJournal,
    );
    this.outbox = new Outbox(() => [
      this.person.outbound,
      this.introductionOut,
      ...this.ceremonyOut(),
      this.witness.outbound,
    ]);
    const intake = new OperatorIntake(this);
    this.reception = new Reception({
      take: (message, carrier) => intake.take(message, carrier),
      record: (message) =>
        message !== null && writtenDown.has(message.envelope.type)
          ? null
          : this.opened === null
            ? homeJournal()
            : this.transcript.record(),
      ceremony: () => this.opened?.id ?? null,
    });
  }

  /** Runs one action after the other, and tells the listeners after each: two clicks never run at once. */
  exclusively<T>(action: () => Promise<T> | T): Promise<T> {
    const run = this.queue.then(action);
    this.queue = run.catch(() => undefined);
    return run.finally(() => this.changed());
  }

  onChange(listener: () => void): void {
    this.listeners.add(listener);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  get preferences(): Preferences {
    return readPreferences(this.options.home);
  }

  set preferences(chosen: Preferences) {
    writePreferences(this.options.home, chosen);
  }

  /** Throws `StationError` 'locked', 'wrong-role'. */
  identity(): UnlockedIdentity {
    const identity = this.person.identity();
    if (identity.role === 'operator') return identity;
    throw new StationError(
      'wrong-role',
      `The identity of this home, ${identity.name}, is that of the ${identity.role}. An online station belongs to an operator: start it with the operator's --home.`,
    );
  }

  /** Overwrites every secret in memory; the work on disk stays. */
  lock(): void {
    this.leave();
    this.connection.forget();
    this.rehearsal.end();
    this.introduction = null;
    this.person.lock();
    this.reception.reset();
  }

  async receiveText(text: string, carrier: Carrier): Promise<ReceivedView> {
    this.identity();
    return this.reception.text(text, carrier);
  }

  async receiveFile(bytes: Uint8Array): Promise<ReceivedView> {
    this.identity();
    return this.reception.file(bytes);
  }

  resetReading(): void {
    this.reception.reset();
  }

  /** Throws as `Connection.connect` does. */
  async connect(settings: Omit<TypedSettings, 'token'>, token: Uint8Array | null): Promise<void> {
    // A token becomes a header of HTTP, and so a string: Node takes nothing else.
    const typed = { ...settings, token: token === null ? null : asciiText(tokenIn(token, 'What is typed')) };
    this.introduction = null;
    await this.connection.connect(typed, this.identity());
  }

  /** Starts a server of the program's own, and connects to that. Throws `RehearsalError`. */
  async rehearse(): Promise<void> {
    this.introduction = null;
    await this.connection.connectTo({ address: await this.rehearsal.begin() }, this.identity());
  }

  /** Asks the server again; outside of the queue, so that a slow server holds up nobody. */
  async ask(): Promise<void> {
    await this.connection.ask();
    this.changed();
  }

  /** Makes this station's code for the officer's laptop. */
  async introduce(rehearsal: boolean): Promise<void> {
    const own = this.connection.facts?.server.address === this.rehearsal.view()?.address;
    const station = this.connection.stationFor(this.identity(), rehearsal || own);
    this.introduction = (await station.status({ carrier: 'qr' })).message;
  }

  /** Shows the plan of a start or of another station's attempt. Nothing is sent to the server. */
  async propose(message: SignedMessage, kind: Proposal['kind'], carrier: Carrier): Promise<void> {
    this.proposed = { kind, message, carrier, plan: await this.online().examine(message) };
  }

  get proposal(): Proposal | null {
    return this.proposed;
  }

  dismiss(): void {
    this.proposed = null;
  }

  /** Begins the attempt that was looked at. Throws as `OnlineStation.start` does. */
  async start(): Promise<void> {
    const { message, carrier } = this.wanted();
    const { ceremony } = await this.online().start(message, { carrier });
    await this.became(ceremony);
  }

  /** Joins the attempt that was looked at. Throws as `OnlineStation.join` does. */
  async join(): Promise<void> {
    const { message, carrier } = this.wanted();
    const { ceremony } = await this.online().join(message, { carrier });
    await this.became(ceremony);
  }

  private async became(ceremony: string): Promise<void> {
    this.proposed = null;
    this.introduction = null;
    await this.openCeremony(ceremony);
    await this.connection.ask();
  }

  private wanted(): Proposal {
    if (this.proposed !== null) return this.proposed;
    throw new StationError(
      'no-proposal',
      'There is no plan on the screen. Take in the officer’s start, or another station’s attempt.',
    );
  }

  /** The station at its server. Throws `StationError` 'locked', 'wrong-role', 'no-server'. */
  online(): OnlineStation {
    this.identity();
    return this.connection.required();
  }

  /** Opens a ceremony that lies on disk. `id`: hex. Throws `StationError` 'no-server', 'no-ceremony'. */
  async openCeremony(id: string): Promise<void> {
    const station = this.online();
    chooseAttempt(this.options.home, id);
    this.leave();
    this.opened = await OpenAttempt.open(this.options.home, station, id);
    await this.transcript.opened(id);
  }

  /** Back to the list. */
  leave(): void {
    this.opened = null;
    this.proposed = null;
    this.transcript.forget();
    this.witness.leave();
  }

  /** Throws `StationError` 'no-ceremony' where none is open. */
  ceremony(): OpenAttempt {
    if (this.opened !== null) return this.opened;
    throw new StationError('no-ceremony', 'No ceremony is open. Open one from the list first.');
  }

  get current(): OpenAttempt | null {
    return this.opened;
  }

  /** Gives one share to the server. Says in a sentence what came of it. */
  async submit(message: SignedMessage, carrier: Carrier): Promise<string> {
    // A camera that stays on sees the code of a share that was taken many times over.
    if (this.lastShare !== null && equalBytes(this.lastShare.digest, message.digest))
      return this.lastShare.said;
    const result = await this.online().submit(message, { carrier });
    if (this.opened?.id !== result.ceremony) await this.openCeremony(result.ceremony);
    await this.connection.ask();
    const said = result.complete
      ? 'That was the last share. The result is here: show it to the officer.'
      : `The share of ${this.nameOf(message.envelope.from)} is accepted by the server: ${result.progress} of ${result.required}.`;
    this.lastShare = { digest: message.digest, said };
    return said;
  }

  /** Takes the officer's amendment of the plan. */
  async amend(message: SignedMessage, carrier: Carrier): Promise<void> {
    const { ceremony } = await this.online().amend(message, { carrier });
    if (this.opened?.id === ceremony) await this.opened.refresh(this.online());
    else await this.openCeremony(ceremony);
  }

  /** Makes the attempt's code anew. Throws as `OnlineStation.announceAgain` does. */
  async announceAgain(): Promise<void> {
    await this.online().announceAgain(this.ceremony().id, { carrier: 'qr' });
    await this.connection.ask();
  }

  async cancel(): Promise<void> {
    await this.online().cancel({ ceremony: this.ceremony().id });
    await this.connection.ask();
  }

  /**
   * The attempt is gone from the server: asked once more, that goes on record. Throws `AttemptError`
   * 'answer-lost', where a share of this station's may have made a token that nobody holds.
   */
  async confirmGone(): Promise<void> {
    try {
      await this.online().confirmOpen(this.ceremony().id);
    } catch (error) {
      if (!(error instanceof AttemptError && error.code === 'attempt-changed')) throw error;
    } finally {
      await this.connection.ask();
    }
  }

  /** Finds out what became of the last share, where a crash left that open. */
  async settle(): Promise<void> {
    await this.online().result(this.ceremony().id);
    await this.connection.ask();
  }

  /** Revokes a token, typed here, in the transcript of the open ceremony. `token`: the caller's to wipe. */
  async revoke(token: Uint8Array): Promise<void> {
    await this.online().revoke({ token: tokenIn(token, 'What is typed') }, { ceremony: this.ceremony().id });
  }

  private nameOf(fingerprint: Uint8Array): string {
    return (
      listPeople(this.options.home).find((person) => equalBytes(person.fingerprint, fingerprint))?.name ??
      toHex(fingerprint)
    );
  }

  private get introductionOut(): Outbound | null {
    return this.introduction === null ? null : { message: this.introduction, title: 'This station' };
  }

  private ceremonyOut(): (Outbound | null)[] {
    const { opened } = this;
    if (opened === null || !this.connection.isOpen) return [];
    return [
      opened.attemptOut(this.connection.required()),
      opened.resultOut(),
      this.transcript.outbound(opened.id),
    ];
  }

  /** Everything the window shows. It never holds a secret. */
  state(electron: string): OnlineState {
    const { home, version } = this.options;
    const unlocked = this.person.current;
    return stateView({
      electron,
      version,
      home,
      identity: readIdentity(home),
      unlocked,
      ownCode: this.person.outbound,
      people: listPeople(home),
      pending: this.person.pending,
      pendingChange: this.person.pendingChange,
      toSign: this.witness.toSign,
      signed: this.witness.outbound,
      reading: this.reception.progress,
      connection: this.connection,
      rehearsal: this.rehearsal.view(),
      introduction: this.introductionOut,
      proposal: this.proposed,
      ceremonies: unlocked === null ? [] : listCeremonies(home),
      opened: this.opened,
      checkpoint: this.opened === null ? null : this.transcript.checkpoint(this.opened.id),
      checkpointCode: this.opened === null ? null : this.transcript.outbound(this.opened.id),
      clock: this.options.clock,
    });
  }
}
