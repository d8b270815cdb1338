import type { JournalLine } from '../../shared/transcript/event';
import { parseJournal } from '../../shared/transcript/journal-line';
import { readSealedJournal } from './seal/sealed-file';

/** What a journal says, as it lies on the disk. */
export interface JournalOnDisk {
  /** Its whole lines; none where there is no journal. */
  readonly lines: readonly JournalLine[];
  /** Whether a part of one more line follows, as a power cut leaves it: that is the journal's own matter. */
  readonly torn: boolean;
}

/**
 * Reads a journal without opening it for writing: nothing is written, and the home may be locked. In an
 * unlocked one it is checked against its seals. Throws `HomeFinding`, `TranscriptError` where its chain is
 * broken, and what the system throws.
 */
export function readJournal(path: string): JournalOnDisk {
  const bytes = readSealedJournal(path) ?? new Uint8Array();
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1);
  return {
    lines: whole.length === 0 ? [] : parseJournal(whole).map(({ line }) => line),
    torn: whole.length < bytes.length,
  };
}
