import { AirlockError } from '../../shared/airlock-error';
import { fromHex, toHex } from '../../shared/bytes';
import type { FollowedView } from '../../shared/ipc/view/followed';
import type { SignedMessage } from '../../shared/message/wire';
import { eventWords } from '../../shared/transcript/event-words';
import { ceremonyWords, digestWords } from '../../shared/words';
import {
  type FollowedStation,
  type Following,
  follow,
  followedStation,
  followedStations,
  noteDeviation,
  statementMessage,
} from '../store/following';
import { recordCrossing } from '../store/home-journal';
import { knownKeys } from '../store/people';
import { WitnessingError } from '../store/witnessing';
import type { LogDeskOptions } from './logs';
import type { Outbound } from './outbox';
import { outgoingView } from './view';

export interface FollowDeskOptions extends LogDeskOptions {
  readonly clock: () => Date;
}

/** How many of a journal's events a window shows, the newest: a ceremony has some sixty. */
const MOST_SHOWN = 400;

/** A witness's part in the middle of a ceremony: other stations' journals so far, seen, noted and signed. */
export class FollowDesk {
  private stations: readonly FollowedStation[] = [];
  private answer: { readonly message: SignedMessage<'witness'>; readonly of: string } | null = null;

  constructor(private readonly at: FollowDeskOptions) {}

  /** The statement as it goes out, once signed. */
  get outbound(): Outbound | null {
    return this.answer === null ? null : { message: this.answer.message, title: 'Statement' };
  }

  /**
   * After unlocking: reads what was taken before. A ceremony whose journals aren't as they were left is left
   * out here; taking another of them says why.
   */
  async opened(): Promise<void> {
    const found = await Promise.all(
      this.at.home.listLogs().map((id) =>
        followedStations(this.following(), id).catch((error: unknown): FollowedStation[] => {
          if (error instanceof AirlockError) return [];
          throw error;
        }),
      ),
    );
    this.stations = found.flat();
  }

  /** They are another person's to see. */
  forget(): void {
    this.stations = [];
    this.answer = null;
  }

  /**
   * Takes a station's journal at any time, and says in a sentence what is new in it. Throws as `follow` of
   * the store does.
   */
  async take(message: SignedMessage<'log'>): Promise<string> {
    const { log, before } = await this.followed(message);
    await this.refresh(log.ceremony);
    this.answer = null;
    const { lines, isLive, transcript } = log;
    const { station } = transcript;
    if (lines < before)
      return `An old code of ${station}: it has ${lines} lines, and you have seen ${before}. They begin alike, and nothing is new. Ask for the code that it shows now.`;
    if (lines === before) return `The journal of ${station} has the same ${lines} lines as before.`;
    const fresh = lines - before;
    const fixed = isLive ? 'so far' : 'as its checkpoint closes it';
    return before === 0
      ? `The journal of ${station} ${fixed}: ${lines} lines, signed by its person.`
      : `The journal of ${station} ${fixed}: ${fresh === 1 ? 'one new line' : `${fresh} new lines`}, and those before are as you saw them.`;
  }

  /** What contradicts is on record as a deviation by then, which is to be seen. */
  private async followed(message: SignedMessage<'log'>): ReturnType<typeof follow> {
    try {
      return await follow(this.following(), message);
    } catch (error) {
      this.renew();
      throw error;
    }
  }

  /** Reads what is on record of each anew. */
  private renew(): void {
    const { journal } = this.following();
    this.stations = this.stations.map(({ log }) => followedStation(journal, log));
  }

  /** Writes down what went otherwise than it should. `of`: '' for no station. Throws as `noteDeviation`. */
  note(ceremony: string, of: string, line: number, text: string): void {
    const { journal } = this.following();
    const station = of === '' ? null : this.find(ceremony, of);
    noteDeviation(journal, { ceremony, station, line, text });
    this.renew();
  }

  /** Signs for a station's journal as far as it was seen here. Throws `WitnessingError` 'not-followed'. */
  async sign(ceremony: string, of: string): Promise<void> {
    const following = this.following();
    const station = this.find(ceremony, of);
    const message = await statementMessage(following, station, this.at.clock());
    recordCrossing(following.journal, 'out', message, 'qr');
    this.renew();
    this.answer = { message, of };
  }

  /** Puts the statement's code away. */
  leave(): void {
    this.answer = null;
  }

  view(): FollowedView[] {
    const ids = [...new Set(this.stations.map(({ log }) => log.ceremony))];
    return ids.map((id) => {
      const stations = this.stations.filter(({ log }) => log.ceremony === id);
      return {
        id,
        words: ceremonyWords(fromHex(id)),
        rehearsal: stations.some(({ log }) => log.rehearsal),
        stations: stations.map((station) => this.stationView(station)),
      };
    });
  }

  private stationView({ log, of, seenAt, before, signed, lines, deviations }: FollowedStation) {
    const answer = this.answer?.of === of ? this.answer.message : null;
    return {
      of,
      label: log.transcript.station,
      from: log.from.name,
      lines: log.lines,
      seenAt,
      before,
      signed,
      closed: !log.isLive,
      words: digestWords(log.digest),
      events: lines.slice(-MOST_SHOWN).map((line) => ({ n: line.n, at: line.at, ...eventWords(line) })),
      deviations: deviations.map(({ at, line, text }) => ({ at, line, text })),
      statement:
        answer !== null && toHex(answer.envelope.ceremony ?? new Uint8Array()) === log.ceremony
          ? outgoingView({ message: answer, title: 'Statement' })
          : null,
    };
  }

  private async refresh(ceremony: string): Promise<void> {
    const others = this.stations.filter(({ log }) => log.ceremony !== ceremony);
    this.stations = [...others, ...(await followedStations(this.following(), ceremony))];
  }

  private find(ceremony: string, of: string): FollowedStation {
    const found = this.stations.find((station) => station.log.ceremony === ceremony && station.of === of);
    if (found !== undefined) return found;
    throw new WitnessingError(
      'not-followed',
      'No journal of that station was taken in here. Have it show its journal to you first.',
    );
  }

  private following(): Following {
    const { home } = this.at;
    return { home, identity: this.at.identity(), known: knownKeys(home), journal: this.at.homeJournal() };
  }
}
