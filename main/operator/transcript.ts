import { fromHex } from '../../shared/bytes';
import type { SignedMessage } from '../../shared/message/wire';
import { leaveAttempt } from '../online/attempt/end';
import type { AttemptState } from '../online/attempt/state';
import { ceremonyJournal } from '../online/station-context';
import type { Outbound } from '../station/outbox';
import { archiveStation } from '../store/archive';
import type { Home } from '../store/home';
import { recordCrossing } from '../store/home-journal';
import type { UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { knownKeys } from '../store/people';
import { type Checkpoint, readCheckpoint, signOff } from '../store/sign-off';
import { checkpointMessage, takeSignature } from '../store/witnessing';

interface At {
  readonly home: Home;
  readonly clock: () => Date;
  /** Throws `StationError` 'locked'. */
  identity(): UnlockedIdentity;
  /** The open ceremony. Throws `StationError` 'no-ceremony'. */
  required(): AttemptState;
  /** What happens outside of any ceremony. */
  homeJournal(): Journal;
}

/** The end of the open ceremony's transcript at this station. */
export class OperatorTranscript {
  private asked: { readonly ceremony: string; readonly message: SignedMessage<'checkpoint'> } | null = null;

  constructor(private readonly at: At) {}

  /** The checkpoint of a ceremony (hex), as it goes out to those who sign it. */
  outbound(ceremony: string): Outbound | null {
    return this.asked?.ceremony === ceremony ? { message: this.asked.message, title: 'Checkpoint' } : null;
  }

  checkpoint(ceremony: string): Checkpoint | null {
    return readCheckpoint(this.at.home.ceremony(ceremony));
  }

  /** After a ceremony was opened: one that is signed off can ask for signatures again. */
  async opened(ceremony: string): Promise<void> {
    const checkpoint = this.checkpoint(ceremony);
    this.asked = checkpoint === null ? null : { ceremony, message: await this.ask(ceremony, checkpoint) };
  }

  forget(): void {
    this.asked = null;
  }

  /** Where to write what just happens: a journal that is closed and signed stays as it is. */
  record(): Journal {
    const { id, rehearsal } = this.at.required();
    return this.checkpoint(id) === null
      ? ceremonyJournal({ ...this.at, identity: this.at.identity() }, id, rehearsal)
      : this.at.homeJournal();
  }

  /** Closes the transcript. Throws as `signOff` of the store does, and `StationError` 'no-ceremony'. */
  async signOff(again: boolean): Promise<void> {
    const { id } = this.at.required();
    const identity = this.at.identity();
    leaveAttempt({ home: this.at.home, identity, clock: this.at.clock }, id);
    const message = await this.ask(id, await signOff(this.at.home.ceremony(id), identity, again));
    recordCrossing(this.at.homeJournal(), 'out', message, 'qr');
    this.asked = { ceremony: id, message };
  }

  /** Keeps someone's signature over the checkpoint; returns their name. */
  takeSignature(message: SignedMessage): Promise<string> {
    const { id } = this.at.required();
    const { home } = this.at;
    return takeSignature(message, home.ceremony(id), fromHex(id), this.at.identity(), knownKeys(home));
  }

  /** Writes this station's part of the archive into `folder`; returns where. Throws `ArchiveError`. */
  archive(folder: string, replace: boolean): Promise<string> {
    const { home } = this.at;
    const paths = home.ceremony(this.at.required().id);
    return archiveStation(folder, this.at.identity().station, paths, knownKeys(home), replace);
  }

  private ask(ceremony: string, checkpoint: Checkpoint): Promise<SignedMessage<'checkpoint'>> {
    return checkpointMessage(this.at.identity(), fromHex(ceremony), checkpoint, this.at.clock());
  }
}
