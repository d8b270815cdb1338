import { existsSync } from 'node:fs';
import { CeremonyError } from '../../shared/ceremony/ceremony-error';
import type { SignedMessage } from '../../shared/message/wire';
import type { StationContext } from '../station/context';
import type { Outbound } from '../station/outbox';
import { StationError } from '../station/station-error';
import { archiveStation } from '../store/archive';
import { recordCrossing } from '../store/home-journal';
import type { Journal } from '../store/journal';
import { knownKeys } from '../store/people';
import { type Checkpoint, readCheckpoint, signOff } from '../store/sign-off';
import { checkpointMessage, takeSignature } from '../store/witnessing';
import { CustodianDesk } from './custodian/desk';
import { OfficerDesk } from './officer/desk';
import type { OpenCeremony } from './open-ceremony';

/**
 * The transcript of the ceremony that is open: what else goes on record, its closing, others' signatures, its
 * archive.
 */
export class TranscriptDesk {
  private asked: SignedMessage<'checkpoint'> | null = null;

  /** `homeJournal`: that of what happens outside of any ceremony. */
  constructor(
    private readonly context: StationContext,
    private readonly ceremony: OpenCeremony,
    private readonly homeJournal: () => Journal,
  ) {}

  /** The message that asks others for their signatures, as it goes out, once signed off. */
  get outbound(): Outbound | null {
    return this.asked === null ? null : { message: this.asked, title: 'Checkpoint' };
  }

  /** The checkpoint of the open ceremony; null before sign-off, and where lines were added since. */
  get checkpoint(): Checkpoint | null {
    const desk = this.ceremony.current;
    return desk === null ? null : readCheckpoint(desk.file.paths);
  }

  /** Where to write what just happens: a journal that is closed and signed stays as it is. */
  get record(): Journal {
    const desk = this.ceremony.current;
    return desk === null || this.checkpoint !== null ? this.homeJournal() : desk.file.journal;
  }

  /**
   * What is signed off is over: nothing that arrives late opens it again. Throws `CeremonyError`
   * 'signed-off'.
   */
  refuseSignedOff(): void {
    const desk = this.ceremony.current;
    if (desk === null || !existsSync(desk.file.paths.checkpoint)) return;
    throw new CeremonyError(
      'signed-off',
      'You have signed off this ceremony on this laptop, so nothing of it is taken any more. If a token is needed again, plan a new ceremony. Ask whoever showed this code how it came about.',
    );
  }

  /**
   * Records what did not go as planned, in a person's words; nothing where they are empty. Throws
   * `StationError` 'no-ceremony'.
   */
  recordException(text: string): void {
    const said = text.trim();
    if (said !== '') this.ceremony.required().file.journal.append('exception', { text: said });
  }

  /** Records that words were compared by voice and are the same. `what`: of which code. */
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
   * Throws `StationError` 'no-ceremony', or 'secret-not-destroyed' while the ceremony's key lies on the
   * laptop, and `SignOffError` 'would-void' where others signed an earlier checkpoint and it isn't `again`.
   */
  async signOff(again = false): Promise<SignedMessage<'checkpoint'>> {
    const desk = this.ceremony.required();
    if (desk instanceof CustodianDesk) desk.finish();
    if (desk instanceof OfficerDesk && desk.state.step !== 'sign-off') {
      throw new StationError(
        'secret-not-destroyed',
        'The ceremony’s key still lies on this laptop. Destroy it before you sign off.',
      );
    }
    const message = await this.ask(await signOff(desk.file.paths, this.context.identity(), again));
    recordCrossing(this.homeJournal(), 'out', message, 'qr');
    this.asked = message;
    return message;
  }

  private ask(checkpoint: Checkpoint): Promise<SignedMessage<'checkpoint'>> {
    const { idBytes } = this.ceremony.required().file;
    return checkpointMessage(this.context.identity(), idBytes, checkpoint, this.context.clock());
  }

  /**
   * Keeps someone's signature over the checkpoint; returns their name. Throws as `takeSignature` of the store
   * does.
   */
  takeSignature(message: SignedMessage): Promise<string> {
    const { file } = this.ceremony.required();
    return takeSignature(
      message,
      file.paths,
      file.idBytes,
      this.context.identity(),
      knownKeys(this.context.home),
    );
  }

  /** Writes this station's part of the archive into `folder`; returns where. Throws `ArchiveError`. */
  archive(folder: string, replace = false): Promise<string> {
    const { paths } = this.ceremony.required().file;
    const { home } = this.context;
    return archiveStation(folder, this.context.identity().station, paths, knownKeys(home), replace);
  }
}
