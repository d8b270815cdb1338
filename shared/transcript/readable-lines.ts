import type { JournalLine } from './event';
import { parseJournal } from './journal-line';
import { TranscriptError } from './transcript-error';

const NEWLINE = 0x0a;

/** The lines of a journal; of a damaged one those before the first wrong one. */
export function readableLines(journal: Uint8Array): JournalLine[] {
  if (journal.length === 0) return [];
  try {
    return parseJournal(journal).map(({ line }) => line);
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    return readableLines(journal.subarray(0, endOfLine(journal, (error.line ?? 1) - 1)));
  }
}

/** Where the first `count` lines end; before the last line at least, so that what is left gets shorter. */
function endOfLine(journal: Uint8Array, count: number): number {
  let end = 0;
  for (let n = 0; n < count; n++) {
    const newline = journal.indexOf(NEWLINE, end);
    if (newline < 0 || newline + 1 === journal.length) break;
    end = newline + 1;
  }
  return end;
}
