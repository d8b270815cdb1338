import type { SignedMessage } from '../../shared/message/wire';
import { archiveStation } from '../store/archive';
import type { Home } from '../store/home';
import { recordCrossing } from '../store/home-journal';
import type { Journal } from '../store/journal';
import { knownKeys } from '../store/people';
import { type Checkpoint, readCheckpoint, signOff } from '../store/sign-off';
import { checkpointMessage, takeSignature } from '../store/witnessing';
import { CustodianDesk } from './custodian/desk';
import { OfficerDesk } from './officer/desk';
import type { Desk } from './outbox';
import { requireOpen, type StationContext, StationError } from './station-context';

/**
 * The transcript of the ceremony that is open: what else goes on record, its closing, others' signatures, its
 * archive.
 */
export class TranscriptDesk {
  private asked: SignedMessage<'checkpoint'> | null = null;

  /**
   * `desk`: the open ceremony, null without one. `homeJournal`: that of what happens outside of any ceremony.
   */
  constructor(
    private readonly context: StationContext,
    private readonly home: Home,
    private readonly desk: () => Desk | null,
    private readonly homeJournal: () => Journal,
  ) {}

  /** The message that asks others for their signatures, once signed off. */
  get checkpointCode(): SignedMessage<'checkpoint'> | null {
    return this.asked;
  }

  /** The checkpoint of the open ceremony; null before sign-off, and where lines were added since. */
  get checkpoint(): Checkpoint | null {
    const desk = this.desk();
    return desk === null ? null : readCheckpoint(desk.file.paths);
  }

  /** Where to write what just happens: a journal that is closed and signed stays as it is. */
  get record(): Journal {
    const desk = this.desk();
    return desk === null || this.checkpoint !== null ? this.homeJournal() : desk.file.journal;
  }

  /** Throws `StationError` 'no-ceremony'. */
  recordException(text: string): void {
    const said = text.trim();
    if (said !== '') this.open().file.journal.append('exception', { text: said });
  }

  recordWords(what: string, words: string): void {
    this.record.append('words-compared', { what, words });
  }

  /** After a ceremony was opened: one that is signed off can ask for signatures again. */
  async opened(): Promise<void> {
    const { checkpoint } = this;
    this.asked = checkpoint === null ? null : await this.ask(checkpoint);
  }

  /** What was asked for no longer holds: another ceremony is open, or this one goes on. */
  forget(): void {
    this.asked = null;
  }

  /**
   * Closes the transcript: checkpoint, this person's signature, and the code that asks others for theirs.
   * Throws `StationError` 'not-compared' while the ceremony's key lies on the laptop, and `SignOffError`
   * 'would-void' where others signed an earlier checkpoint and it isn't `again`.
   */
  async signOff(again = false): Promise<SignedMessage<'checkpoint'>> {
    const desk = this.open();
    if (desk instanceof CustodianDesk) desk.finish();
    if (desk instanceof OfficerDesk && desk.state.step !== 'sign-off') {
      throw new StationError(
        'not-compared',
        'The ceremony’s key still lies on this laptop. Destroy it before you sign off.',
      );
    }
    const message = await this.ask(await signOff(desk.file.paths, this.context.identity(), again));
    recordCrossing(this.homeJournal(), 'out', message, 'qr');
    this.asked = message;
    return message;
  }

  private ask(checkpoint: Checkpoint): Promise<SignedMessage<'checkpoint'>> {
    const { idBytes } = this.open().file;
    return checkpointMessage(this.context.identity(), idBytes, checkpoint, this.context.clock());
  }

  /**
   * Keeps someone's signature over the checkpoint; returns their name. Throws as `takeSignature` of the store
   * does.
   */
  takeSignature(message: SignedMessage): Promise<string> {
    const { file } = this.open();
    return takeSignature(message, file.paths, file.idBytes, this.context.identity(), knownKeys(this.home));
  }

  /** Writes this station's part of the archive into `folder`; returns where. Throws `ArchiveError`. */
  archive(folder: string, replace = false): Promise<string> {
    const { paths } = this.open().file;
    return archiveStation(folder, this.context.identity().station, paths, knownKeys(this.home), replace);
  }

  private open(): Desk {
    return requireOpen(this.desk());
  }
}
