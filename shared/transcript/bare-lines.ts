import { utf8 } from '@scure/base';
import { type EventData, isEventName, lineHead } from './event';
import { nextLine, parseJournal, type WrittenLine } from './journal-line';
import { TranscriptError } from './transcript-error';

/**
 * A journal without what follows from the rest of it: a line's number, and the hash of the line before. Of a
 * journal that crosses as a code these are a third of what is left of it once it is packed. Throws
 * `TranscriptError` where the journal is empty or damaged.
 */
export function bareLines(journal: Uint8Array): string {
  return parseJournal(journal)
    .map(({ line: { n: _, prev: __, ...bare } }) => `${JSON.stringify(bare)}\n`)
    .join('');
}

/**
 * The journal whose bare lines these are, byte for byte. Throws `TranscriptError` 'bad-line' where a line is
 * none.
 */
export function journalOf(bare: string): Uint8Array {
  const lines: WrittenLine[] = [];
  for (const text of bare.split('\n').slice(0, -1)) {
    lines.push(lineOf(text, lines.at(-1) ?? null));
  }
  return utf8.decode(lines.map(({ text }) => `${text}\n`).join(''));
}

function lineOf(text: string, last: WrittenLine | null): WrittenLine {
  const n = (last?.line.n ?? 0) + 1;
  try {
    const { event, data, ...head } = JSON.parse(text);
    const origin = lineHead.omit({ n: true, prev: true }).parse(head);
    if (isEventName(event)) return nextLine(last, origin, event, data as EventData<typeof event>);
  } catch {
    // Said below.
  }
  throw new TranscriptError('bad-line', `Line ${n} is not as Airlock wrote it.`, n);
}
