import { fromHex, type RandomSource, toHex } from '../../shared/bytes';
import { hasLiveToken } from '../../shared/ceremony/officer';
import type { ReceivedView } from '../../shared/ipc/common-channels';
import type { AppState } from '../../shared/ipc/offline/app-state';
import type { SignedMessage } from '../../shared/message/wire';
import { ceremonyWords } from '../../shared/words';
import type { Carrier } from '../station/carrier';
import type { StationContext } from '../station/context';
import type { Outbound } from '../station/outbox';
import type { PersonDeskOptions } from '../station/person';
import type { Stake } from '../station/stake';
import { Station } from '../station/station';
import { StationError } from '../station/station-error';
import { type OpenTranscript, TranscriptDesk } from '../station/transcript';
import type { UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { knownKeys } from '../store/people';
import { removeCeremony } from '../store/remove-ceremony';
import { StoreError } from '../store/store-error';
import { hasBrought, textBrought } from './brought';
import { listCeremonies, readCeremony } from './ceremony-list';
import { Cards } from './custodian/cards';
import { CustodianDesk } from './custodian/desk';
import { ShareAtHome } from './custodian/share-at-home';
import { MessageTaker } from './intake/message-taker';
import { NetworkDesk, type OfflineEye } from './network-desk';
import { OfficerDesk } from './officer/desk';
import { type Desk, OpenCeremony } from './open-ceremony';
import { isRemovable } from './removable';
import { ScriptShelf } from './script-shelf';
import { type Surroundings, stateView } from './state-view';
import { keptOutcomes } from './witnessed-outcome';

export interface StationOptions extends PersonDeskOptions {
  readonly random: RandomSource;
  /** What looks at the laptop's network; left out where no window is. */
  readonly eye?: OfflineEye;
}

/**
 * One person's air-gapped station: all that the app and the rehearsal do away from any network. One ceremony
 * is open at a time. Secrets (the signing key, a share, the token) are in memory from unlocking until `lock`
 * at the latest.
 */
export class OfflineStation extends Station {
  readonly transcript: TranscriptDesk;
  /** A custodian's share outside of any ceremony. */
  readonly custody: ShareAtHome;
  readonly cards: Cards;
  readonly scripts: ScriptShelf;
  /** What a ceremony has to do with the laptop's network. */
  readonly network: NetworkDesk;
  private readonly ceremony: OpenCeremony;
  /** A look whose result goes on record is under way. */
  private isNoting = false;
  private readonly taker: MessageTaker;

  constructor(options: StationOptions) {
    super(options);
    const context: StationContext = {
      ...options,
      identity: () => this.identity(),
      people: () => knownKeys(options.home),
    };
    const homeJournal = () => this.person.journal();
    const ceremony = new OpenCeremony(context);
    this.ceremony = ceremony;
    this.transcript = new TranscriptDesk({
      ...options,
      identity: () => this.identity(),
      current: () => ceremony.current && transcriptOf(ceremony.current),
      required: () => transcriptOf(ceremony.required()),
      homeJournal,
      beforeSignOff: () => finish(ceremony.required()),
    });
    this.custody = new ShareAtHome(context, homeJournal);
    this.cards = new Cards(context, ceremony, this.custody, homeJournal);
    this.scripts = new ScriptShelf(context);
    this.network = new NetworkDesk(options.eye ?? null, () => this.transcript.record);
    this.taker = new MessageTaker(context, {
      person: this.person,
      ceremony,
      witness: this.witness,
      logs: this.logs,
      transcript: this.transcript,
      leave: () => this.leave(),
    });
  }

  protected get openId(): string | null {
    return this.ceremony.id;
  }

  protected waiting(): readonly (Outbound | null)[] {
    const { current } = this.ceremony;
    return [
      current?.outbound ?? null,
      current instanceof OfficerDesk ? current.amendment.outbound : null,
      current instanceof OfficerDesk ? current.handoff.outbound : null,
      this.transcript.outbound,
      this.transcript.logOut,
      this.transcript.liveOut,
    ];
  }

  protected take(message: SignedMessage, carrier: Carrier): Promise<ReceivedView> {
    return this.taker.take(message, carrier);
  }

  protected recordFor(): Journal {
    return this.transcript.record;
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

  /**
   * Deletes a ceremony of which nothing has crossed; the home's journal says so first. `id`: hex. Throws
   * `StationError` 'locked', 'no-ceremony', 'already-in-use', `StoreError`.
   */
  removeCeremony(id: string): void {
    const { home } = this.options;
    this.identity();
    const state = readCeremony(home, id);
    if (state === null) throw new StationError('no-ceremony', 'This laptop has no such ceremony.');
    if (!isRemovable(home, state)) {
      throw new StationError(
        'already-in-use',
        'Something of this ceremony is on record already, so it stays. Give it up instead, and sign it off.',
      );
    }
    if (this.openId === state.id) this.leave();
    this.person.journal().append('exception', {
      text: `The ceremony ${ceremonyWords(fromHex(state.id))} was begun and removed. Nothing of it had crossed.`,
    });
    removeCeremony(home, state.id);
  }

  /** Back to the list; secrets of the ceremony are forgotten, its work stays on disk. */
  leave(): void {
    this.ceremony.leave();
    this.transcript.forget();
    this.witness.leave();
    this.custody.forget();
    this.network.forget();
  }

  /**
   * Puts on the open ceremony's record what keeps this program from a network, where a step has begun or that
   * has changed. What is signed off stays as it is.
   */
  async noteOffline(): Promise<void> {
    this.network.looked();
    if (this.isNoting || !this.openJournal((journal, step) => this.network.isNews(journal, step))) return;
    this.isNoting = true;
    try {
      await this.network.check();
      await this.exclusively(() => this.openJournal((journal, step) => this.network.note(journal, step)));
    } finally {
      this.isNoting = false;
    }
  }

  private openJournal<T>(use: (journal: Journal, step: string) => T): T | null {
    const { current } = this.ceremony;
    // Of a plan that isn't agreed to, nothing is on record yet: it can be removed without a trace.
    if (current === null || current.state.step === 'plan' || this.transcript.checkpoint !== null) return null;
    return use(current.file.journal, current.state.step);
  }

  /**
   * A token that was decoded here lives on also where its ceremony is closed, and where the station is
   * locked.
   */
  stakes(): readonly Stake[] {
    const live = listCeremonies(this.options.home).flatMap((state): Stake[] =>
      state.role === 'officer' && hasLiveToken(state)
        ? [
            {
              kind: 'live-token',
              token: state.draft.tokenKind,
              name: this.isUnlocked ? state.draft.title : '',
            },
          ]
        : [],
    );
    const { current } = this.ceremony;
    if (current instanceof CustodianDesk && current.holdsShare)
      return [...live, { kind: 'share', name: current.state.title }];
    const { heldFor } = this.custody;
    return heldFor === null ? live : [...live, { kind: 'share', name: heldFor }];
  }

  /** The open ceremony as its officer. Throws `StationError` 'no-ceremony' or 'wrong-role'. */
  officer(): OfficerDesk {
    return this.ceremony.officer();
  }

  /** The open ceremony as its custodian. Throws `StationError` 'no-ceremony' or 'wrong-role'. */
  custodian(): CustodianDesk {
    return this.ceremony.custodian();
  }

  /** The outcomes that are kept here without a ceremony's folder, the latest first. Throws `HomeFinding`. */
  witnessedOutcomes(): SignedMessage<'outcome'>[] {
    this.identity();
    return keptOutcomes(this.options.home, () => this.person.journal());
  }

  /**
   * What the tasks of a plan have brought back for this person, in clear: a secret. `digest` (hex): of the
   * outcome, of the open ceremony or kept here without one. Throws `StationError` 'no-message',
   * `OpenPgpError`.
   */
  async revealBrought(digest: string): Promise<string> {
    const identity = this.identity();
    const desk = this.ceremony.current;
    const own = desk instanceof OfficerDesk ? desk.handoff.outcome : (desk?.outcome ?? null);
    const outcome = [...(own === null ? [] : [own]), ...this.witnessedOutcomes()].find(
      (each) => toHex(each.digest) === digest,
    );
    if (outcome === undefined) throw new StationError('no-message', 'No such outcome was taken in here.');
    return textBrought(outcome, identity);
  }

  /** What the window shows of them: none while the home isn't as it was left, which was told of by then. */
  private shownOutcomes(identity: UnlockedIdentity): SignedMessage<'outcome'>[] {
    try {
      return this.witnessedOutcomes().filter((outcome) => hasBrought(outcome, identity));
    } catch (error) {
      if (error instanceof StoreError) return [];
      throw error;
    }
  }

  /** Everything the window shows. It never holds a secret. */
  state({ electron, offline }: Surroundings): AppState {
    const unlocked = this.person.current;
    return stateView({
      ...this.snapshot(electron),
      offline,
      goesOn: this.network.goesOn,
      ceremonies: unlocked === null ? [] : listCeremonies(this.options.home),
      desk: this.ceremony.current,
      witnessed: unlocked === null ? [] : this.shownOutcomes(unlocked),
      surroundings: this.surroundings(),
      scripts: unlocked?.role === 'officer' ? this.scripts.view() : [],
      custody: unlocked?.role === 'custodian' ? this.custody.view() : { records: [], held: null },
    });
  }
}

const transcriptOf = ({ file }: Desk): OpenTranscript => ({
  paths: file.paths,
  idBytes: file.idBytes,
  journal: () => file.journal,
});

/**
 * A ceremony whose transcript closes is over on this laptop. Throws `StationError` 'secret-not-destroyed'
 * while the ceremony's key lies there.
 */
function finish(desk: Desk): void {
  if (desk instanceof CustodianDesk) desk.finish();
  if (desk instanceof OfficerDesk && desk.state.step !== 'sign-off') {
    throw new StationError(
      'secret-not-destroyed',
      'The ceremony’s key still lies on this laptop. Destroy it before you sign off.',
    );
  }
}
