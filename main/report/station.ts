import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import { parseJournal } from '../../shared/transcript/journal-line';
import type { ArchivedStation } from '../../shared/transcript/report';
import { TranscriptError } from '../../shared/transcript/transcript-error';
import { digestWords } from '../../shared/words';
import type { ReportStation } from './input';

/** What the report page shows of one station of an archive: of a damaged journal, the lines before the first wrong one. */
export const reportStation = ({ name, journal, checkpoint, signatures }: ArchivedStation): ReportStation => ({
  folder: name,
  lines: linesOf(journal),
  signers: signatures.map((signature) => signature.name),
  checkpointWords: checkpoint === null ? '' : digestWords(sha256(utf8.decode(checkpoint))),
});

const NEWLINE = 0x0a;

function linesOf(journal: Uint8Array): ReportStation['lines'] {
  if (journal.length === 0) return [];
  try {
    return parseJournal(journal).map(({ line }) => line);
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    return linesOf(journal.subarray(0, endOfLine(journal, (error.line ?? 1) - 1)));
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
