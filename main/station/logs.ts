import { AirlockError } from '../../shared/airlock-error';
import { fromHex } from '../../shared/bytes';
import type { LogsView } from '../../shared/ipc/view/logs';
import type { SignedMessage } from '../../shared/message/wire';
import { ceremonyWords } from '../../shared/words';
import { archiveStations } from '../store/archive';
import type { Home } from '../store/home';
import { recordCrossing } from '../store/home-journal';
import type { UnlockedIdentity } from '../store/identity';
import type { Journal } from '../store/journal';
import { keptLogs, takeLog } from '../store/kept-log';
import type { Log } from '../store/log';
import { knownKeys } from '../store/people';
import type { Carrier } from './carrier';

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

  constructor(private readonly at: LogDeskOptions) {}

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

  /** Takes a journal, and says in a sentence which it is. Throws as `takeLog` of the store does. */
  async take(message: SignedMessage, carrier: Carrier): Promise<string> {
    recordCrossing(this.at.homeJournal(), 'in', message, carrier);
    const { ceremony, lines, transcript } = await takeLog(
      this.at.home,
      message,
      this.at.identity(),
      knownKeys(this.at.home),
    );
    const others = this.taken.filter((log) => log.ceremony !== ceremony);
    this.taken = [...others, ...(await this.of(ceremony))];
    const signed = transcript.signatures.length;
    return `The journal of ${transcript.station}: ${lines} lines, as its checkpoint fixes them, signed by ${signed === 1 ? 'one person' : `${signed} people`}. It is kept here for the archive.`;
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
