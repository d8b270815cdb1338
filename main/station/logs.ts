import { AirlockError } from '../../shared/airlock-error';
import { fromHex, toHex } from '../../shared/bytes';
import type { LogsView } from '../../shared/ipc/view/logs';
import type { SignedMessage } from '../../shared/message/wire';
import { isLiveCheckpoint } from '../../shared/transcript/live-checkpoint';
import { ceremonyWords } from '../../shared/words';
import { archiveStations } from '../store/archive';
import type { Home } from '../store/home';
import { recordCrossing } from '../store/home-journal';
import type { UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { keptLogs } from '../store/kept-log';
import type { Log } from '../store/log';
import { knownKeys } from '../store/people';
import type { Carrier } from './carrier';
import type { FollowDesk } from './follow';

export interface LogDeskOptions {
  readonly home: Home;
  /** Throws `StationError` 'locked' while no one has given the passphrase. */
  identity(): UnlockedIdentity;
  /** The journal of what happens outside of any ceremony. */
  homeJournal(): Journal;
}

/** Other stations' journals that came to this one by codes, on their way to an archive. */
export class LogDesk {
  private taken: readonly Log[] = [];

  constructor(
    private readonly at: LogDeskOptions,
    private readonly follow: Pick<FollowDesk, 'take'>,
  ) {}

  /** Those of every ceremony: of each station the fullest. */
  get all(): readonly Log[] {
    return this.taken;
  }

  /**
   * After unlocking: reads what was taken before. A ceremony whose journals aren't as they were left is left
   * out here; archiving it says why.
   */
  async opened(): Promise<void> {
    const { home } = this.at;
    const found = await Promise.all(
      home.listLogs().map((id) =>
        this.of(id).catch((error: unknown): Log[] => {
          if (error instanceof AirlockError) return [];
          throw error;
        }),
      ),
    );
    this.taken = found.flat();
  }

  /** They are another person's to see. */
  forget(): void {
    this.taken = [];
  }

  /**
   * Takes a journal, and says in a sentence which it is, and what is new in it. One that goes on is for a
   * witness; a closed one is kept for the archive besides. Throws as `FollowDesk.take` does.
   */
  async take(message: SignedMessage<'log'>, carrier: Carrier): Promise<string> {
    recordCrossing(this.at.homeJournal(), 'in', message, carrier);
    const text = await this.follow.take(message);
    if (isLiveCheckpoint(message.envelope.body.checkpoint)) return text;
    const id = toHex(message.envelope.ceremony ?? new Uint8Array());
    const others = this.taken.filter((log) => log.ceremony !== id);
    const own = await this.of(id);
    this.taken = [...others, ...own];
    const from = toHex(message.envelope.from);
    const signed = own.find((log) => toHex(log.from.fingerprint) === from)?.transcript.signatures.length ?? 0;
    return `${text} ${signed === 1 ? 'One person has' : `${signed} people have`} signed it. It is kept here for the archive.`;
  }

  /** Journals of one ceremony, each verified again. `id`: hex. Throws as `keptLogs` does. */
  of(id: string): Promise<Log[]> {
    return keptLogs(this.at.home, id, this.at.identity(), knownKeys(this.at.home));
  }

  /**
   * Writes the journals of one ceremony into `folder`. `id`: hex. Returns where they are. Throws as `of`
   * does, `ArchiveError`.
   */
  async archive(id: string, folder: string, replace = false): Promise<string> {
    const logs = await this.of(id);
    await archiveStations(
      folder,
      logs.map(({ transcript }) => transcript),
      replace,
    );
    return folder;
  }
}

/** What a window shows of them. */
export function logsView(logs: readonly Log[]): LogsView[] {
  const ids = [...new Set(logs.map(({ ceremony }) => ceremony))];
  return ids.map((id) => {
    const of = logs.filter(({ ceremony }) => ceremony === id);
    return {
      id,
      words: ceremonyWords(fromHex(id)),
      rehearsal: of.some(({ rehearsal }) => rehearsal),
      stations: of.map(({ from, lines, transcript }) => ({
        label: transcript.station,
        from: from.name,
        lines,
        signatures: transcript.signatures.length,
      })),
    };
  });
}
