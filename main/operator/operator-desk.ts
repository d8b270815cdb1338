import { asciiText, equalBytes, fromHex, toHex } from '../../shared/bytes';
import type { Advice } from '../../shared/ceremony/preflight';
import { tokenIn } from '../../shared/input/token-text';
import type { ReceivedView } from '../../shared/ipc/common-channels';
import type { OnlineState, RehearsalView } from '../../shared/ipc/online/app-state';
import type { SignedMessage } from '../../shared/message/wire';
import { runOf, type TokenRun } from '../../shared/task/run';
import { AttemptError } from '../online/attempt/attempt-error';
import { readMessage } from '../online/attempt/kept-message';
import type { Plan } from '../online/attempt/plan';
import { chooseAttempt } from '../online/attempt/state';
import { OnlineError } from '../online/online-error';
import type { OnlineStation } from '../online/online-station';
import { ceremonyJournal } from '../online/station-context';
import { StationError } from '../online/station-error';
import { leaveCeremony } from '../online/task/leave';
import type { Choice } from '../online/task/work';
import type { Carrier } from '../station/carrier';
import type { Outbound } from '../station/outbox';
import type { PersonDeskOptions } from '../station/person';
import type { Stake } from '../station/stake';
import { Station } from '../station/station';
import { type OpenTranscript, TranscriptDesk } from '../station/transcript';
import type { UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { listPeople } from '../store/people';
import { listCeremonies } from './ceremony-list';
import { Connection, type TypedSettings } from './connection';
import { InView } from './in-view';
import { OperatorIntake } from './intake';
import { madeTokens } from './made-tokens';
import { OpenAttempt } from './open-attempt';
import { Rehearsal } from './rehearsal';
import { stateView } from './state-view';
import { SweepDesk } from './sweep-desk';

export interface OperatorDeskOptions extends PersonDeskOptions {
  /** Where what the operator doesn't type comes from: VAULT_ADDR and the like. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Messages whose refusal `OnlineStation` puts on record by itself. */
const writtenDown: ReadonlySet<string> = new Set(['start', 'attempt', 'amendment', 'share', 'handoff']);

/** A plan that was read, and of which nothing was sent yet. */
export interface Proposal {
  readonly kind: 'start' | 'attempt';
  readonly plan: Plan;
  readonly message: SignedMessage;
  readonly carrier: Carrier;
  /** What there is to know of the server before the start; [] where it could not be asked. */
  readonly advice: readonly Advice[];
}

/**
 * An operator's station as its window works on it: one person, one server, one ceremony at a time, on top of
 * `OnlineStation`. What is secret is in memory from unlocking until `lock` at the latest.
 */
export class OperatorDesk extends Station {
  readonly connection: Connection;
  readonly transcript: TranscriptDesk;
  readonly sweep: SweepDesk;
  private readonly rehearsal = new Rehearsal();
  private readonly intake = new OperatorIntake(this);
  private readonly inView = new InView(() => this.options.clock());
  private introduction: SignedMessage<'station'> | null = null;
  private proposed: Proposal | null = null;
  private opened: OpenAttempt | null = null;
  /** What was on the screen when the station was locked. None of it is a secret. */
  private before: {
    readonly introduction: SignedMessage<'station'> | null;
    readonly proposed: Proposal | null;
  } = { introduction: null, proposed: null };

  constructor(options: OperatorDeskOptions) {
    super({ ...options, roles: ['operator'] });
    const { home, clock, env } = options;
    this.connection = new Connection(env, clock, home);
    this.sweep = new SweepDesk(clock, () => this.changed());
    this.transcript = new TranscriptDesk({
      home,
      clock,
      identity: () => this.identity(),
      current: () => this.opened && this.transcriptOf(this.opened),
      required: () => this.transcriptOf(this.ceremony()),
      homeJournal: () => this.person.journal(),
      beforeSignOff: () => void leaveCeremony({ home, clock, identity: this.identity() }, this.ceremony().id),
    });
  }

  protected get openId(): string | null {
    return this.opened?.id ?? null;
  }

  protected waiting(): readonly (Outbound | null)[] {
    return [
      this.introductionOut,
      this.attemptOut,
      this.opened?.resultOut() ?? null,
      this.outcomeOut,
      this.transcript.outbound,
      this.transcript.logOut,
      this.transcript.liveOut,
    ];
  }

  protected take(message: SignedMessage, carrier: Carrier): Promise<ReceivedView> {
    return this.inView.once(message, carrier, () => this.intake.take(message, carrier));
  }

  protected recordFor(message: SignedMessage | null): Journal | null {
    return message !== null && writtenDown.has(message.envelope.type) ? null : this.transcript.record;
  }

  /** Throws `StationError` 'locked', 'wrong-role'. */
  override identity(): UnlockedIdentity {
    const identity = super.identity();
    if (identity.role === 'operator') return identity;
    throw new StationError(
      'wrong-role',
      `The identity of this home, ${identity.name}, is that of the ${identity.role}. An online station belongs to an operator: start it in a folder of the operator's own.`,
      'Name it with --home.',
    );
  }

  override lock(idleMinutes: number | null = null): void {
    if (this.isUnlocked) {
      const { introduction, proposed } = this;
      this.before = { introduction, proposed };
    }
    this.sweep.forget();
    this.connection.sleep();
    this.introduction = null;
    super.lock(idleMinutes);
  }

  /** Tokens that attempts of this station have made, in ceremonies that are not signed off. */
  stakes(): readonly Stake[] {
    return madeTokens(this.options.home).map(({ title, kind }) => ({
      kind: 'made-token',
      token: kind,
      name: this.isUnlocked ? title : '',
    }));
  }

  override end(): void {
    this.sweep.forget();
    super.end();
    this.rehearsal.end();
  }

  /** Where the server's token or key was typed, it has to be typed again first. */
  protected override async comeBack(): Promise<void> {
    this.connection.wake(this.identity());
    if (!this.connection.isOpen) return;
    const { introduction, proposed } = this.before;
    this.before = { introduction: null, proposed: null };
    await super.comeBack();
    this.introduction ??= introduction;
    this.proposed ??= this.opened === null ? proposed : null;
  }

  /** Throws as `Connection.connect` does. */
  async connect(settings: Omit<TypedSettings, 'token'>, token: Uint8Array | null): Promise<void> {
    // A token becomes a header of HTTP, and so a string: Node takes nothing else.
    const typed = { ...settings, token: token === null ? null : asciiText(tokenIn(token, 'What is typed')) };
    this.introduction = null;
    // What was found is of the server before.
    this.sweep.forget();
    await this.connection.connect(typed, this.identity());
    await this.comeBack();
  }

  /** Starts a server of the program's own, and connects to that. Throws `RehearsalError`. */
  async rehearse(): Promise<void> {
    this.introduction = null;
    this.sweep.forget();
    await this.connection.connectTo({ address: await this.rehearsal.begin() }, this.identity());
  }

  /** The server of the program's own, where that is the one that this station talks to. */
  private get ownRehearsal(): RehearsalView | null {
    const own = this.rehearsal.view();
    return own !== null && own.address === this.connection.facts?.server.address ? own : null;
  }

  /** Asks the server again; outside of the queue, so that a slow server holds up nobody. */
  async ask(): Promise<void> {
    await this.connection.ask();
    this.changed();
  }

  /** Makes this station's code for the officer's laptop. */
  async introduce(rehearsal: boolean): Promise<void> {
    const station = this.connection.stationFor(this.identity(), rehearsal || this.ownRehearsal !== null);
    this.introduction = (await station.status({ carrier: 'qr' })).message;
  }

  /** Shows the plan of a start or of another station's attempt. Nothing is sent to the server. */
  async propose(message: SignedMessage, kind: Proposal['kind'], carrier: Carrier): Promise<void> {
    const station = this.online();
    const plan = await station.examine(message);
    this.proposed = { kind, message, carrier, plan, advice: await this.adviceOf(station) };
  }

  /** A server that can't be asked now says so at the start. */
  private async adviceOf(station: OnlineStation): Promise<readonly Advice[]> {
    try {
      return await station.preflight();
    } catch (error) {
      if (error instanceof OnlineError) return [];
      throw error;
    }
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
    await this.transcript.opened();
  }

  override leave(): void {
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
    const result = await this.online().submit(message, { carrier });
    if (this.opened?.id !== result.ceremony) await this.openCeremony(result.ceremony);
    await this.connection.ask();
    return result.complete
      ? 'That was the last share. The result is here: show it to the officer.'
      : `The share of ${this.nameOf(message.envelope.from)} is accepted by the server: ${result.progress} of ${result.required}.`;
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

  /** As `OnlineStation.renewResult`, for the open ceremony. */
  async renewResult(): Promise<void> {
    await this.online().renewResult(this.ceremony().id);
  }

  /** As `OnlineStation.proveEnded`, in the transcript of the open ceremony. */
  async proveEnded(): Promise<void> {
    await this.online().proveEnded({ ceremony: this.ceremony().id });
  }

  /** Revokes a token, typed here, in the transcript of the open ceremony. `token`: the caller's to wipe. */
  async revoke(token: Uint8Array): Promise<void> {
    await this.online().revoke({ token: tokenIn(token, 'What is typed') }, { ceremony: this.ceremony().id });
  }

  /**
   * Begins to look at every token of the server, for the ceremony that is open, or for none. Throws
   * `StationError` 'no-server'.
   */
  beginSweep(): void {
    const { opened } = this;
    const ceremony = opened === null || this.transcript.checkpoint !== null ? undefined : opened.id;
    this.sweep.begin(this.online(), ceremony);
  }

  /** Revokes root tokens that the sweep found, each in the transcript of the ceremony that made it. */
  async revokeSwept(accessors: readonly string[]): Promise<void> {
    await this.sweep.revoke(this.online(), accessors);
  }

  /** Takes the token that the officer hands over. Throws as `OnlineStation.takeHandoff` does. */
  async takeHandoff(message: SignedMessage, carrier: Carrier): Promise<void> {
    const { ceremony } = await this.online().takeHandoff(message, { carrier });
    if (this.opened?.id !== ceremony) await this.openCeremony(ceremony);
  }

  /** Asks the server about a token that was handed over before the program ended. */
  async lookAtHanded(): Promise<void> {
    await this.online().tokenWork(this.ceremony().id);
  }

  /**
   * Goes on with its tasks; the window is told of each step. Throws as `OnlineStation.goOnWithToken` does.
   */
  async goOnWithHanded(choice: Choice): Promise<void> {
    await this.online().goOnWithToken(choice, { ceremony: this.ceremony().id, told: () => this.changed() });
  }

  /** Where the work with a token that was handed over stands; null where none was. */
  private get handed(): TokenRun | null {
    if (this.opened === null) return null;
    return runOf(this.journalOf(this.opened).entries(), this.opened.start.envelope.body.tasks);
  }

  private get outcomeOut(): Outbound | null {
    const outcome = this.handed?.outcome ?? null;
    if (this.opened === null || outcome === null) return null;
    return { message: readMessage(this.options.home, this.opened.id, outcome, 'outcome'), title: 'Outcome' };
  }

  private nameOf(fingerprint: Uint8Array): string {
    return (
      listPeople(this.options.home).find((person) => equalBytes(person.fingerprint, fingerprint))?.name ??
      toHex(fingerprint)
    );
  }

  private transcriptOf(opened: OpenAttempt): OpenTranscript {
    return {
      paths: this.options.home.ceremony(opened.id),
      idBytes: fromHex(opened.id),
      journal: () => this.journalOf(opened),
    };
  }

  private journalOf({ id, state }: OpenAttempt): Journal {
    return ceremonyJournal({ ...this.options, identity: this.identity() }, id, state.rehearsal);
  }

  private get introductionOut(): Outbound | null {
    return this.introduction === null ? null : { message: this.introduction, title: 'This station' };
  }

  /** The attempt's code, while shares can be sealed to its key. */
  private get attemptOut(): Outbound | null {
    if (this.opened === null || !this.connection.isOpen) return null;
    return this.opened.attemptOut(this.connection.required());
  }

  /** Everything the window shows. It never holds a secret. */
  state(electron: string): OnlineState {
    const identity = this.person.current;
    const { opened } = this;
    return stateView({
      ...this.snapshot(electron),
      connection: this.connection,
      rehearsal: this.ownRehearsal,
      introduction: this.introductionOut,
      proposal: this.proposed,
      ceremonies: identity === null ? [] : listCeremonies(this.options.home),
      sweep: this.sweep.view(),
      open:
        opened === null || identity === null
          ? null
          : {
              attempt: opened,
              identity,
              journal: this.journalOf(opened),
              attemptOut: this.attemptOut,
              handed: this.handed,
              outcomeOut: this.outcomeOut,
              surroundings: this.surroundings(),
            },
    });
  }
}
