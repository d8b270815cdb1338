import { utf8 } from '@scure/base';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { hexSha256 } from '../sha256';
import { isAsWritten } from './as-written';
import { type EventData, type EventName, events, isEventName, type JournalLine, lineHead } from './event';
import { TranscriptError } from './transcript-error';

/** `prev` of a journal's first line. */
export const NO_LINE = '0'.repeat(64);

const NEWLINE = 0x0a;

/** What a station says of itself on every line. */
export interface LineOrigin {
  readonly station: string;
  readonly who: string;
  readonly ceremony: string;
  readonly rehearsal: boolean;
  readonly at: string;
}

/** One line of a journal file. */
export interface WrittenLine {
  readonly line: JournalLine;
  /** Canonical JSON, without its newline. */
  readonly text: string;
  /** Lower-case hex SHA-256 of `text` in UTF-8: the next line's `prev`, or the journal's head. */
  readonly hash: string;
}

/** The line as RFC 8785 canonical JSON, without a newline. */
export function canonicalLine(line: JournalLine): string {
  const text = canonicalize(line);
  if (text === undefined) throw new TranscriptError('bad-line', 'A journal line must be JSON.');
  return text;
}

/**
 * The line that continues a journal after `last` (null: the first one), ready to be written.
 * Throws `TranscriptError` 'bad-event' where the data is not what the event records.
 */
export function nextLine<E extends EventName>(
  last: WrittenLine | null,
  origin: LineOrigin,
  event: E,
  data: EventData<E>,
): WrittenLine {
  const parsed = readLine({
    v: 1,
    n: (last?.line.n ?? 0) + 1,
    prev: last?.hash ?? NO_LINE,
    at: origin.at,
    station: origin.station,
    who: origin.who,
    ceremony: origin.ceremony,
    rehearsal: origin.rehearsal,
    event,
    data,
  });
  if ('problem' in parsed) {
    throw new TranscriptError('bad-event', `This event cannot be recorded as ${event}: ${parsed.problem}.`);
  }
  return writtenLine(parsed.line);
}

function writtenLine(line: JournalLine): WrittenLine {
  const text = canonicalLine(line);
  return { line, text, hash: hexSha256(text) };
}

const anyLine = lineHead.extend({ event: z.string(), data: z.unknown() });

/** The whole line of an event; made when its first line is read. */
const lineOf = new Map<EventName, z.ZodType<JournalLine>>();

function schemaOf(event: EventName): z.ZodType<JournalLine> {
  const known = lineOf.get(event);
  if (known !== undefined) return known;
  const fresh = lineHead.extend({ event: z.literal(event), data: events[event] });
  lineOf.set(event, fresh as unknown as z.ZodType<JournalLine>);
  return schemaOf(event);
}

function readLine(value: unknown): { line: JournalLine } | { problem: string } {
  const event = (value as { readonly event?: unknown } | null)?.event;
  if (typeof event === 'string' && isEventName(event)) {
    const { success, data, error } = schemaOf(event).safeParse(value);
    return success ? { line: data } : { problem: problemOf(error) };
  }
  const outer = anyLine.safeParse(value);
  return { problem: outer.success ? 'no such event' : problemOf(outer.error) };
}

/** A line out of a journal, which nobody else holds. */
function readWritten(value: unknown): ReturnType<typeof readLine> {
  const event = (value as { readonly event?: unknown } | null)?.event;
  return typeof event === 'string' && isEventName(event) && isAsWritten(event, value)
    ? { line: value as JournalLine }
    : readLine(value);
}

function problemOf(error: z.ZodError): string {
  const [first, ...rest] = error.issues[0]?.path ?? [];
  const path = first === 'data' ? rest : [first, ...rest];
  return `${path.join('.') || 'line'} is missing or not right`;
}

/**
 * A whole journal file, checked line by line: canonical JSON, numbered from 1, each line's `prev` the hash of
 * the line before, and a newline after the last one. Bytes rather than text, so that no decoding can hide a
 * change. `head`, where a checkpoint names it, helps to tell which of the last two lines was changed. Throws
 * `TranscriptError` with the first wrong `line`.
 */
export function parseJournal(file: Uint8Array | string, head?: string): WrittenLine[] {
  const bytes = typeof file === 'string' ? utf8.decode(file) : file;
  if (bytes.length === 0) throw new TranscriptError('empty', 'There is no journal, or it is empty.');
  const lines: WrittenLine[] = [];
  let wrongLink: WrittenLine | null = null;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, start);
    const n = lines.length + 1;
    if (end < 0) {
      throw wrongLink ? broken(wrongLink, undefined) : torn(n);
    }
    let line: WrittenLine;
    try {
      line = parseLine(bytes.subarray(start, end), n);
    } catch (error) {
      throw wrongLink ? broken(wrongLink, undefined) : error;
    }
    if (wrongLink) throw broken(wrongLink, line.line.prev);
    if (line.line.prev !== (lines.at(-1)?.hash ?? NO_LINE)) wrongLink = line;
    lines.push(line);
    start = end + 1;
  }
  if (wrongLink) throw broken(wrongLink, head);
  return lines;
}

const torn = (n: number): TranscriptError =>
  new TranscriptError('torn-line', `Line ${n} has no end: it was cut off or its last byte was changed.`, n);

/**
 * `line` does not continue the one before it. Where what follows (the next line's `prev`, or the head that
 * was signed) vouches for `line` as it is, it was the one before that was changed.
 */
function broken({ line: { n }, hash }: WrittenLine, following: string | undefined): TranscriptError {
  if (n === 1) {
    return new TranscriptError(
      'broken-chain',
      'Line 1 does not begin a journal: it was changed, or lines before it were taken away.',
      1,
    );
  }
  return following === hash
    ? new TranscriptError(
        'broken-chain',
        `Line ${n - 1} was changed: line ${n} follows from another line than this.`,
        n - 1,
      )
    : new TranscriptError(
        'broken-chain',
        `Line ${n} does not follow from line ${n - 1}: it was changed, or a line between them is gone.`,
        n,
      );
}

function parseLine(bytes: Uint8Array, n: number): WrittenLine {
  const wrong = (problem: string): TranscriptError =>
    new TranscriptError('bad-line', `Line ${n} is not as Airlock wrote it: ${problem}.`, n);
  let text: string;
  let value: unknown;
  try {
    text = utf8.encode(bytes);
    value = JSON.parse(text);
  } catch {
    throw wrong('it is not JSON');
  }
  const parsed = readWritten(value);
  if ('problem' in parsed) throw wrong(parsed.problem);
  const { line } = parsed;
  if (!isCanonical(text, value, line)) throw wrong('it is not in canonical form');
  if (line.n === n) return { line, text, hash: hexSha256(bytes) };
  throw new TranscriptError(
    'broken-chain',
    `Line ${n} calls itself line ${line.n}: it was changed, or a line was added or taken away.`,
    n,
  );
}

/** Whether `text`, which is `value`, is what `canonicalLine` makes of `line`. */
const isCanonical = (text: string, value: unknown, line: JournalLine): boolean =>
  // What was found to be as it is written has its names in their order, and the script engine writes texts
  // and numbers as RFC 8785 wants them.
  value === line ? JSON.stringify(value) === text : canonicalLine(line) === text;
