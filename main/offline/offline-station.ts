import { type RandomSource, toHex } from '../../shared/bytes';
import type { AppState } from '../../shared/ipc/app-state';
import type { ReceivedView } from '../../shared/ipc/channels';
import type { Preferences } from '../../shared/ipc/preferences';
import type { MessageType } from '../../shared/message/body';
import { directions, expectMessage } from '../../shared/message/direction';
import { type SignedMessage, wireBytes } from '../../shared/message/wire';
import { makeOutgoing, type Outgoing, urText } from '../../shared/qr/ur';
import { nonceWords } from '../../shared/words';
import type { Home } from '../store/home';
import { recordCrossing } from '../store/home-journal';
import { readIdentity, type UnlockedIdentity } from '../store/identity';
import { knownKeys, listPeople } from '../store/people';
import { readPreferences, writePreferences } from '../store/preferences';
import type { Carrier } from './ceremony-file';
import { listCeremonies, readCeremony } from './ceremony-list';
import { checkedAttempt } from './custodian/checked-attempt';
import { CustodianDesk } from './custodian/desk';
import { CustodyDesk } from './custodian/share-at-home';
import { type ShareCard, shareCard } from './custodian/share-card';
import type { ShareEntry } from './custodian/share-entry';
import { Reception } from './intake/reception';
import { OfficerDesk } from './officer/desk';
import { type Desk, type Outbound, outbox } from './outbox';
import { PersonDesk } from './person';
import { stateView } from './state-view';
import { requireOpen, type StationContext, StationError } from './station-context';
import { TranscriptDesk } from './transcript';
import { WitnessDesk } from './witness/desk';

export interface StationOptions {
  readonly home: Home;
  readonly clock: () => Date;
  readonly random: RandomSource;
  readonly version: string;
  readonly program: string;
}

/** What the desktop knows and the station doesn't: for the state that its window shows. */
export interface Surroundings {
  readonly electron: string;
  readonly offline: AppState['offline'];
}

/**
 * One person's air-gapped station: all that the app and the rehearsal do away from any network. One ceremony is open at
 * a time. Secrets (the signing key, a share, the token) are in memory from unlocking until `lock` at the latest.
 */
export class OfflineStation {
  private readonly persons: PersonDesk;
  private desk: Desk | null = null;
  private readonly witness: WitnessDesk;
  private readonly custodyDesk: CustodyDesk;
  private readonly transcriptDesk: TranscriptDesk;
  private readonly reception: Reception;
  private readonly context: StationContext;
  private readonly listeners = new Set<() => void>();
  private queue: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: StationOptions) {
    this.persons = new PersonDesk(options);
    this.context = {
      ...options,
      identity: () => this.persons.identity(),
      people: () => knownKeys(options.home),
    };
    this.witness = new WitnessDesk(this.context, () => this.persons.journal());
    this.custodyDesk = new CustodyDesk(this.context, () => this.persons.journal());
    this.transcriptDesk = new TranscriptDesk(
      this.context,
      options.home,
      () => this.desk,
      () => this.persons.journal(),
    );
    this.reception = new Reception({
      take: (message, carrier) => this.take(message, carrier),
      record: () => this.transcriptDesk.record,
      ceremony: () => this.openId(),
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

  // Who is here

  /** Who is at this laptop, and whom they know. */
  get person(): PersonDesk {
    return this.persons;
  }

  /** Overwrites every secret in memory; the work on disk stays. */
  lock(): void {
    this.leave();
    this.persons.lock();
    this.reception.reset();
  }

  identity(): UnlockedIdentity {
    return this.persons.identity();
  }

  // What comes in

  /** One text from a QR code, the clipboard or a scanner that types. Throws by name what doesn't fit; parts stay. */
  async receiveText(text: string, carrier: Carrier): Promise<ReceivedView> {
    this.identity();
    return this.reception.text(text, carrier);
  }

  /** A file's bytes: a message as it is, or UR texts a line each. */
  async receiveFile(bytes: Uint8Array): Promise<ReceivedView> {
    this.identity();
    return this.reception.file(bytes);
  }

  resetReading(): void {
    this.reception.reset();
  }

  private async take(message: SignedMessage, carrier: Carrier): Promise<ReceivedView> {
    const { type } = message.envelope;
    if (type === 'station' || type === 'result') this.refuseUnlessOfficer(type);
    const taken = (text: string): ReceivedView => ({ status: 'taken', type, text });
    switch (type) {
      case 'identity':
        return taken(await this.persons.meet(message as SignedMessage<'identity'>, carrier));
      case 'station':
        await this.officer().plan.takeStation(message, carrier);
        return taken('The station has introduced itself.');
      case 'attempt':
        if (this.identity().role === 'officer') {
          await this.officer().result.takeAttempt(message, carrier);
          return taken('The attempt is open on the server.');
        }
        return this.takeAttemptAsCustodian(message, carrier);
      case 'result':
        await this.officer().result.takeResult(message, carrier);
        return taken('The result of the attempt has arrived.');
      case 'checkpoint':
        recordCrossing(this.persons.journal(), 'in', message, carrier);
        await this.witness.take(message);
        return taken('Someone asks you to sign their transcript.');
      case 'signature':
        recordCrossing(this.persons.journal(), 'in', message, carrier);
        return taken(`${await this.transcript.takeSignature(message)} has signed this transcript.`);
      default:
        // The rest go to the online station: `expectMessage` says so by name.
        expectMessage(message, { types: this.expected(), to: this.identity().role });
        throw new StationError('not-understood', `A ${type} message has no place on this laptop.`);
    }
  }

  /** What this person waits for now. */
  private expected(): readonly MessageType[] {
    const { role } = this.identity();
    if (role === 'custodian') return ['attempt'];
    if (role !== 'officer') return ['checkpoint'];
    if (!(this.desk instanceof OfficerDesk)) return ['identity'];
    return this.desk.state.step === 'plan' ? ['station'] : ['attempt', 'result'];
  }

  private refuseUnlessOfficer(type: 'station' | 'result'): void {
    const { role } = this.identity();
    if (role === 'officer') return;
    const { ask, name } = directions[this.expected()[0] ?? 'identity'];
    throw new StationError(
      'wrong-role',
      `This is a ${type} message: it goes ${directions[type].way}, and you take part as ${role}. Here ${name} is expected. ${ask}`,
    );
  }

  private async takeAttemptAsCustodian(message: SignedMessage, carrier: Carrier): Promise<ReceivedView> {
    const checked = await checkedAttempt(this.context, message);
    if (this.openId() === checked.facts.id) {
      // A desk that is open keeps its own journal object: two on one file would break the chain.
      this.custodian().takeAttempt(checked, carrier);
      this.transcript.forget();
    } else {
      this.leave();
      this.desk = CustodianDesk.ofAttempt(this.context, checked, carrier);
    }
    const { nonce } = this.custodian().state.attempt;
    return { status: 'taken', type: 'attempt', text: `An attempt: ${nonceWords(nonce)}.` };
  }

  // Ceremonies

  beginCeremony(rehearsal: boolean): void {
    this.leave();
    this.desk = OfficerDesk.begin(this.context, rehearsal);
  }

  async openCeremony(id: string): Promise<void> {
    this.leave();
    this.identity();
    const { home } = this.options;
    const desk =
      readCeremony(home, id)?.role === 'custodian'
        ? CustodianDesk.open(this.context, id)
        : OfficerDesk.open(this.context, id);
    this.desk = desk;
    await this.transcript.opened();
  }

  /** Back to the list; secrets of the ceremony are forgotten, its work stays on disk. */
  leave(): void {
    if (this.desk instanceof OfficerDesk) this.desk.token.forget();
    if (this.desk instanceof CustodianDesk) this.desk.forgetShare();
    this.desk = null;
    this.transcript.forget();
    this.witness.leave();
    this.custodyDesk.forget();
  }

  private openId(): string | null {
    return this.desk === null ? null : toHex(this.desk.file.idBytes);
  }

  /** The open ceremony as its officer. Throws `StationError` 'no-ceremony' or 'wrong-role'. */
  officer(): OfficerDesk {
    const desk = requireOpen(this.desk);
    if (desk instanceof OfficerDesk) return desk;
    throw new StationError(
      'wrong-role',
      'That is the officer’s to do; this person takes part as a custodian.',
    );
  }

  /** The open ceremony as its custodian. Throws `StationError` 'no-ceremony' or 'wrong-role'. */
  custodian(): CustodianDesk {
    const desk = requireOpen(this.desk);
    if (desk instanceof CustodianDesk) return desk;
    throw new StationError(
      'wrong-role',
      'That is a custodian’s to do; this person takes part as the officer.',
    );
  }

  get transcript(): TranscriptDesk {
    return this.transcriptDesk;
  }

  get witnessDesk(): WitnessDesk {
    return this.witness;
  }

  get custody(): CustodyDesk {
    return this.custodyDesk;
  }

  /**
   * The card of the share that is held: in the open ceremony, else at home. That it goes out in the clear is recorded
   * first. Throws `StationError` 'no-share' or 'wrong-role'.
   */
  takeCard(): ShareCard {
    const { context } = this;
    if (this.desk === null) {
      return shareCard(context, { ...this.custodyDesk.shareForCard(), rehearsal: false });
    }
    const desk = this.custodian();
    return shareCard(context, { ...desk.shareForCard(), rehearsal: desk.state.rehearsal });
  }

  /** A card that was announced as going out came to nothing: `why` in a few words. */
  cardFailed(why: string): void {
    const text = `The share card did not come about: ${why}`;
    if (this.desk === null) this.custodyDesk.cardFailed(text);
    else this.transcript.recordException(text);
  }

  checkWords(matches: boolean, difference: string): void {
    const desk = this.custodian();
    desk.check(matches, nonceWords(desk.state.attempt.nonce), difference);
  }

  enterShare(entry: ShareEntry): Promise<void> {
    return this.custodian().enterShare(entry);
  }

  // What goes out

  /** Everything that may be shown now, by id: the message's digest in hex. */
  outbound(): Map<string, Outbound> {
    return outbox({
      identity: this.persons.identityCode,
      desk: this.desk,
      checkpoint: this.transcript.checkpointCode,
      signature: this.witness.signed,
    });
  }

  /** QR texts of a message on its way out. `density`: characters a moving part's code has at most; null: as it fits best. */
  outgoing(id: string, density: number | null): Outgoing {
    return makeOutgoing(wireBytes(this.onItsWay(id).message), density);
  }

  /** A message on its way out as a file's text: one UR, however long. */
  outgoingFile(id: string): { readonly type: string; readonly text: string } {
    const { message } = this.onItsWay(id);
    return { type: message.envelope.type, text: `${urText(wireBytes(message))}\n` };
  }

  private onItsWay(id: string): Outbound {
    const entry = this.outbound().get(id);
    if (entry === undefined)
      throw new StationError('no-message', 'That code is no longer on its way out. Open the step again.');
    return entry;
  }

  /** Everything the window shows. It never holds a secret. */
  state(surroundings: Surroundings): AppState {
    return stateView({
      ...surroundings,
      version: this.options.version,
      identity: readIdentity(this.options.home),
      unlocked: this.persons.current !== null,
      people: listPeople(this.options.home),
      pending: this.persons.pending,
      pendingChange: this.persons.pendingChange,
      ceremonies: this.persons.current === null ? [] : listCeremonies(this.options.home),
      officer: this.desk instanceof OfficerDesk ? this.desk : null,
      custodian: this.desk instanceof CustodianDesk ? this.desk : null,
      checkpoint: this.transcript.checkpoint,
      checkpointCode: this.transcript.checkpointCode,
      custody:
        this.persons.current?.role === 'custodian' ? this.custodyDesk.view() : { records: [], held: null },
      toSign: this.witness.toSign,
      signed: this.witness.signed,
      reading: this.reception.progress,
      outbound: this.outbound(),
    });
  }
}
