import { existsSync } from 'node:fs';
import { CeremonyError } from '../../shared/ceremony/ceremony-error';
import type { SignedMessage } from '../../shared/message/wire';
import { reportSheet } from '../report/page';
import { readStations } from '../report/station';
import { archiveStations } from '../store/archive';
import type { CeremonyPaths, Home } from '../store/home';
import { recordCrossing } from '../store/home-journal';
import type { UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { takeStatement } from '../store/kept-statement';
import { type Log, liveLogMessage, logMessage } from '../store/log';
import { knownKeys } from '../store/people';
import { readSealedJournal } from '../store/seal/sealed-file';
import { type Checkpoint, readCheckpoint, signOff } from '../store/sign-off';
import { type StationTranscript, stationTranscript } from '../store/station-transcript';
import { checkpointMessage, takeSignature } from '../store/witnessing';
import type { Carrier } from './carrier';
import type { Outbound } from './outbox';
import type { ReportSheet } from './places';

/** The ceremony that is open at a station, as far as its transcript goes. */
export interface OpenTranscript {
  readonly paths: CeremonyPaths;
  readonly idBytes: Uint8Array;
  journal(): Journal;
}

export interface TranscriptOptions {
  readonly home: Home;
  readonly clock: () => Date;
  /** Throws `StationError` 'locked' while no one has given the passphrase. */
  identity(): UnlockedIdentity;
  /** Null where no ceremony is open. */
  current(): OpenTranscript | null;
  /** Throws `StationError` 'no-ceremony' where none is open. */
  required(): OpenTranscript;
  /** The journal of what happens outside of any ceremony. */
  homeJournal(): Journal;
  /** What has to be before the transcript closes; throws by name where it can't. */
  beforeSignOff(): void;
}

/**
 * The transcript of the ceremony that is open at a station: what else goes on record, its closing, others'
 * signatures, its archive.
 */
export class TranscriptDesk {
  private asked: SignedMessage<'checkpoint'> | null = null;
  private carried: SignedMessage<'log'> | null = null;
  private shown: SignedMessage<'log'> | null = null;

  constructor(private readonly at: TranscriptOptions) {}

  /** The message that asks others for their signatures, as it goes out, once signed off. */
  get outbound(): Outbound | null {
    return this.asked === null ? null : { message: this.asked, title: 'Checkpoint' };
  }

  /** The closed journal as it goes out by a code, once that was asked for. */
  get logOut(): Outbound | null {
    return this.carried === null ? null : { message: this.carried, title: 'Journal' };
  }

  /** The journal so far as it goes out to a witness, once that was asked for. */
  get liveOut(): Outbound | null {
    return this.shown === null ? null : { message: this.shown, title: 'Journal so far' };
  }

  /** The checkpoint of the open ceremony; null before sign-off, and where lines were added since. */
  get checkpoint(): Checkpoint | null {
    const open = this.at.current();
    return open === null ? null : readCheckpoint(open.paths);
  }

  /** Where to write what just happens: a journal that is closed and signed stays as it is. */
  get record(): Journal {
    const open = this.at.current();
    return open === null || this.checkpoint !== null ? this.at.homeJournal() : open.journal();
  }

  /**
   * What is signed off is over: nothing that arrives late opens it again. Throws `CeremonyError`
   * 'signed-off'.
   */
  refuseSignedOff(): void {
    const open = this.at.current();
    if (open === null || !existsSync(open.paths.checkpoint)) return;
    throw new CeremonyError(
      'signed-off',
      'You have signed off this ceremony at this station, so nothing of it is taken any more. If a token is needed again, plan a new ceremony. Ask whoever showed this code how it came about.',
    );
  }

  /**
   * Records what did not go as planned, in a person's words; nothing where they are empty. Throws
   * `StationError` 'no-ceremony'.
   */
  recordException(text: string): void {
    const said = text.trim();
    if (said !== '') this.at.required().journal().append('exception', { text: said });
  }

  /** Records that words were compared by voice and are the same. `what`: of which code. */
  recordWords(what: string, words: string): void {
    this.record.append('words-compared', { what, words });
  }

  /** After a ceremony was opened: one that is signed off can ask for signatures again. */
  async opened(): Promise<void> {
    const { checkpoint } = this;
    this.carried = null;
    this.shown = null;
    this.asked = checkpoint === null ? null : await this.ask(checkpoint);
  }

  /** What was asked for no longer holds: another ceremony is open, or this one goes on. */
  forget(): void {
    this.asked = null;
    this.carried = null;
    this.shown = null;
  }

  /**
   * Closes the transcript: checkpoint, this person's signature, and the code that asks others for theirs.
   * Throws `StationError` 'no-ceremony', whatever `beforeSignOff` throws, and `SignOffError` 'would-void'
   * where others signed an earlier checkpoint and it isn't `again`.
   */
  async signOff(again = false): Promise<SignedMessage<'checkpoint'>> {
    const { paths } = this.at.required();
    this.at.beforeSignOff();
    const message = await this.ask(await signOff(paths, this.at.identity(), again));
    recordCrossing(this.at.homeJournal(), 'out', message, 'qr');
    this.asked = message;
    this.carried = null;
    this.shown = null;
    return message;
  }

  /**
   * Makes the code that shows the journal so far to a witness. That it is shown is the line after those that
   * the witness sees, and written before: a journal that ends where a witness saw it was cut off. Throws
   * `StationError` 'no-ceremony', `CeremonyError` 'signed-off', `LogError`, `HomeFinding`.
   */
  async showLive(): Promise<SignedMessage<'log'>> {
    const open = this.at.required();
    this.refuseSignedOff();
    const written = readSealedJournal(open.paths.journal) ?? new Uint8Array();
    const message = await liveLogMessage(this.at.identity(), open.idBytes, written, this.at.clock());
    recordCrossing(open.journal(), 'out', message, 'qr');
    this.shown = message;
    return message;
  }

  /** The code for a witness is put away. */
  hideLive(): void {
    this.shown = null;
  }

  /**
   * Keeps what a witness signed in the middle of the ceremony, and says it in a sentence. Throws
   * `StationError` 'no-ceremony', `CeremonyError` 'signed-off', and as `takeStatement` of the store does.
   */
  async takeStatement(message: SignedMessage, carrier: Carrier): Promise<string> {
    const { idBytes, journal } = this.at.required();
    this.refuseSignedOff();
    const { home } = this.at;
    const keeper = { home, identity: this.at.identity(), ceremony: idBytes, journal: journal() };
    const kept = await takeStatement(keeper, message, carrier);
    if (kept === null) return 'This statement of a witness is kept here already.';
    const { name, station, lines, deviations } = kept;
    const noted =
      deviations.length === 0
        ? 'noted nothing'
        : `noted ${deviations.length === 1 ? 'one deviation' : `${deviations.length} deviations`}`;
    return `${name} has witnessed the first ${lines} lines of ${station}, and ${noted}.`;
  }

  /**
   * Makes the code that carries the closed journal with everyone's signatures, for a machine from which no
   * file may be carried. Throws `StationError` 'no-ceremony', `LogError`, `HomeFinding`.
   */
  async showLog(): Promise<SignedMessage<'log'>> {
    const { idBytes } = this.at.required();
    const message = await logMessage(this.at.identity(), idBytes, this.own(), this.at.clock());
    recordCrossing(this.at.homeJournal(), 'out', message, 'qr');
    this.carried = message;
    return message;
  }

  private ask(checkpoint: Checkpoint): Promise<SignedMessage<'checkpoint'>> {
    const { idBytes } = this.at.required();
    return checkpointMessage(this.at.identity(), idBytes, checkpoint, this.at.clock());
  }

  /**
   * Keeps someone's signature over the checkpoint; returns their name. Throws as `takeSignature` of the store
   * does.
   */
  async takeSignature(message: SignedMessage): Promise<string> {
    const { paths, idBytes } = this.at.required();
    const name = await takeSignature(message, paths, idBytes, this.at.identity(), knownKeys(this.at.home));
    // A journal's code that is on its way out has no such signature yet.
    if (this.carried !== null) await this.showLog();
    return name;
  }

  /**
   * Writes this station's part of the archive into `folder`, and with it the journals of other stations that
   * came in by codes; returns where its own is. Throws `ArchiveError`, `HomeFinding`, and as `keptLogs` does.
   */
  async archive(folder: string, replace = false, others: readonly Log[] = []): Promise<string> {
    const transcripts = [this.own(), ...others.map(({ transcript }) => transcript)];
    const [own] = await archiveStations(folder, transcripts, replace);
    return own ?? folder;
  }

  /**
   * The report of this ceremony as far as it is known here: of this station, and of those whose journals came
   * in by codes. Throws `HomeFinding`.
   */
  async report(others: readonly Log[] = []): Promise<ReportSheet> {
    const transcripts = [this.own(), ...others.map(({ transcript }) => transcript)];
    return reportSheet(await readStations(transcripts));
  }

  private own(): StationTranscript {
    const { paths } = this.at.required();
    return stationTranscript(this.at.identity().station, paths, knownKeys(this.at.home));
  }
}
