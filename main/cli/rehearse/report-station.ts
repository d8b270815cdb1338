import { sha256 } from '@noble/hashes/sha2.js';
import { parseJournal } from '../../../shared/transcript/journal-line';
import type { ArchivedStation } from '../../../shared/transcript/report';
import { digestWords } from '../../../shared/words';
import type { ReportInput } from './report-page';

/** What the report page shows of one station of an archive. Throws `TranscriptError` where its journal is damaged. */
export function reportStation(station: ArchivedStation): ReportInput['stations'][number] {
  return {
    folder: station.name,
    lines: parseJournal(station.journal).map(({ line }) => line),
    signers: station.signatures.map(({ name }) => name),
    checkpointWords:
      station.checkpoint === null ? '' : digestWords(sha256(new TextEncoder().encode(station.checkpoint))),
  };
}
