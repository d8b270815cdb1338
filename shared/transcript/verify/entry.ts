import type { EventName, JournalLine } from '../event';
import { type Finding, type FindingCode, VERDICTS } from '../verdict';

/** A line and the name of the station's folder that it lies in. */
export interface Entry {
  readonly station: string;
  readonly line: JournalLine;
}

type Line<E extends EventName> = Extract<JournalLine, { readonly event: E }>;

/** An entry whose line is of event `E`. */
export interface EntryOf<E extends EventName> {
  readonly station: string;
  readonly line: Line<E>;
}

/** The entries of these events, in the order in which they come. */
export const entriesOf = <E extends EventName>(
  entries: readonly Entry[],
  ...events: readonly E[]
): EntryOf<E>[] =>
  entries.filter((entry): entry is Entry & EntryOf<E> => events.some((event) => event === entry.line.event));

/** Something that is wrong with one line. `message`: a sentence for the auditor. */
export const finding = (
  { station, line }: Entry,
  code: FindingCode,
  message: string,
  verdict: Finding['verdict'] = VERDICTS[code],
): Finding => ({ station, line: line.n, code, verdict, message });

/** Something about a station's folder, or, with '', about all of the archive. */
export const folderFinding = (station: string, code: FindingCode, message: string): Finding => ({
  station,
  line: null,
  code,
  verdict: VERDICTS[code],
  message,
});

/** Whose station each folder is: the fingerprint on its last line. */
export const ownersOf = (entries: readonly Entry[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ station, line }) => [station, line.who]));
