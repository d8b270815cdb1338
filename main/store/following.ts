import { fromHex, toHex } from '../../shared/bytes';
import { type KnownKey, type SignedMessage, signMessage } from '../../shared/message/wire';
import { signDetached } from '../../shared/openpgp/signature';
import { isPlainLine } from '../../shared/plain-text';
import type { EventData, JournalLine } from '../../shared/transcript/event';
import { parseJournal } from '../../shared/transcript/journal-line';
import { MOST_DEVIATIONS, statementText } from '../../shared/transcript/statement';
import type { Home } from './home';
import type { UnlockedIdentity } from './identity';
import type { Journal } from './journal';
import { ContradictingLog, followedLogs, takeLog } from './kept-log';
import type { Log } from './log';
import { WitnessingError } from './witnessing';

/** What a witness does in the middle of a ceremony, with. */
export interface Following {
  readonly home: Home;
  readonly identity: UnlockedIdentity;
  readonly known: readonly KnownKey[];
  /** Of the home: what was seen, noted and signed is in it. */
  readonly journal: Journal;
}

export type Deviation = EventData<'witnessed'>['deviations'][number];

/** A station whose journal was taken in here, as far as that goes. */
export interface FollowedStation {
  readonly log: Log;
  /** Upper-case hex fingerprint of the person at it. */
  readonly of: string;
  /** When it was taken in, by this station's clock. */
  readonly seenAt: string;
  readonly lines: readonly JournalLine[];
  /** How many of the lines were known before the last code: those after them are new. */
  readonly before: number;
  /** Up to which line this person has signed; 0 where they haven't. */
  readonly signed: number;
  /** What was noted about this station, or about none, in this ceremony. */
  readonly deviations: readonly Deviation[];
}

/**
 * Takes in a station's journal at any time, and has it on record: what was taken of that station before has
 * to be the beginning of it. `before`: how many lines were known. Where it contradicts, that goes on record
 * as a deviation by itself, which is then in every statement. Throws as `takeLog` does.
 */
export async function follow(
  { home, identity, known, journal }: Following,
  message: SignedMessage,
): Promise<{ readonly log: Log; readonly before: number }> {
  let log: Log;
  try {
    log = await takeLog(home, message, identity, known);
  } catch (error) {
    if (error instanceof ContradictingLog) noteContradiction(journal, error);
    throw error;
  }
  return { log, before: recordFollowed(journal, log) };
}

function noteContradiction(journal: Journal, { log, line }: ContradictingLog): void {
  const of = ofLog(log);
  const text = `${log.transcript.station} showed a journal that differs from line ${line} on from the one that was seen before: it was written anew in between.`;
  const told = journal
    .entries()
    .some((each) => each.event === 'deviation-noted' && each.data.of === of && each.data.text === text);
  if (!told) journal.append('deviation-noted', { ceremony: log.ceremony, of, line, text });
}

const ofLog = ({ from }: Log): string => toHex(from.fingerprint).toUpperCase();

type Recorded = Extract<JournalLine, { readonly event: 'journal-followed' }>;

const recorded = (journal: Journal, { ceremony, ...log }: Log): Recorded[] =>
  journal
    .entries()
    .filter(
      (line): line is Recorded =>
        line.event === 'journal-followed' &&
        line.data.ceremony === ceremony &&
        line.data.of === toHex(log.from.fingerprint).toUpperCase(),
    );

function recordFollowed(journal: Journal, log: Log): number {
  const before = Math.max(0, ...recorded(journal, log).map(({ data }) => data.lines));
  journal.append('journal-followed', {
    ceremony: log.ceremony,
    station: log.transcript.station,
    of: ofLog(log),
    lines: log.lines,
    before,
    head: log.head,
    digest: toHex(log.digest),
  });
  return before;
}

/** The stations of one ceremony that are followed here, each journal verified again. Throws as `keptLogs`. */
export async function followedStations(
  { home, identity, known, journal }: Following,
  ceremony: string,
): Promise<FollowedStation[]> {
  const logs = await followedLogs(home, ceremony, identity, known);
  return logs.map((log) => {
    // One that was kept just before the program ended isn't on record yet.
    if (!recorded(journal, log).some(({ data }) => data.head === log.head)) recordFollowed(journal, log);
    return followedStation(journal, log);
  });
}

/** As `followedStations` has it, of a log that is on record. */
export function followedStation(journal: Journal, log: Log): FollowedStation {
  const of = ofLog(log);
  const first = recorded(journal, log).find(({ data }) => data.head === log.head);
  const entries = journal.entries();
  return {
    log,
    of,
    seenAt: first?.at ?? log.issuedAt,
    lines: parseJournal(log.transcript.journal).map(({ line }) => line),
    before: first?.data.before ?? 0,
    signed: Math.max(
      0,
      ...entries.map(({ event, data }) =>
        event === 'statement-signed' && data.ceremony === log.ceremony && data.of === of ? data.lines : 0,
      ),
    ),
    deviations: entries.flatMap(({ event, data, at }) =>
      event === 'deviation-noted' && data.ceremony === log.ceremony && (data.of === of || data.of === '')
        ? [{ at, line: data.line, text: data.text }]
        : [],
    ),
  };
}

/** What a witness noted. */
export interface DeviationNote {
  /** 32 lower-case hex digits. */
  readonly ceremony: string;
  /** The station that it is about; null: none. */
  readonly station: FollowedStation | null;
  /** A line of that station's journal; 0: none. */
  readonly line: number;
  /** At most 300 characters. */
  readonly text: string;
}

/**
 * Writes a deviation down. Throws `WitnessingError` 'empty-deviation', 'no-such-line', 'too-many-deviations'.
 */
export function noteDeviation(journal: Journal, { ceremony, station, line, text }: DeviationNote): void {
  const said = text.trim();
  if (said === '' || said.length > 300 || !isPlainLine(said))
    throw new WitnessingError(
      'empty-deviation',
      'A deviation is one line of 1 to 300 characters: what was otherwise than it should be, and what was done. Nothing was noted.',
    );
  if (line > (station?.log.lines ?? 0))
    throw new WitnessingError(
      'no-such-line',
      `The journal of ${station?.log.transcript.station ?? 'no station'} has no line ${line} that was seen here. Nothing was noted.`,
    );
  const noted = journal
    .entries()
    .filter(({ event, data }) => event === 'deviation-noted' && data.ceremony === ceremony).length;
  if (noted >= MOST_DEVIATIONS)
    throw new WitnessingError(
      'too-many-deviations',
      `${MOST_DEVIATIONS} deviations of this ceremony are noted here, and a statement holds no more. Have the officer record the next one as an exception.`,
    );
  journal.append('deviation-noted', { ceremony, of: station?.of ?? '', line, text: said });
}

/**
 * Signs for a station's journal as far as it was seen here, with all that was noted. It goes on record before
 * it is made. Throws what signing throws.
 */
export async function statementMessage(
  { identity, journal }: Following,
  { log, of, seenAt, deviations }: FollowedStation,
  now: Date,
): Promise<SignedMessage<'witness'>> {
  const { station } = log.transcript;
  journal.append('statement-signed', {
    ceremony: log.ceremony,
    station,
    of,
    lines: log.lines,
    head: log.head,
    deviations: deviations.length,
  });
  const text = statementText({
    ceremony: log.ceremony,
    rehearsal: log.rehearsal,
    station,
    of,
    by: toHex(identity.fingerprint).toUpperCase(),
    lines: log.lines,
    head: log.head,
    seenAt,
    deviations: [...deviations],
  });
  const signature = await signDetached(new TextEncoder().encode(text), identity.privateKey);
  return signMessage(
    {
      v: 1,
      type: 'witness',
      ceremony: fromHex(log.ceremony),
      prev: log.digest,
      issuedAt: now.toISOString(),
      from: identity.fingerprint,
      body: {
        station,
        of: log.from.fingerprint,
        lines: log.lines,
        head: fromHex(log.head),
        seenAt,
        deviations: [...deviations],
        signature,
      },
    },
    identity.privateKey,
  );
}
