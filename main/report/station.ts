import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import { toHex } from '../../shared/bytes';
import { readableLines } from '../../shared/transcript/readable-lines';
import type { ArchivedStation } from '../../shared/transcript/verdict';
import { verifyTranscript } from '../../shared/transcript/verify';
import { digestWords } from '../../shared/words';
import { asArchived, type StationTranscript } from '../store/station-transcript';
import type { ReportInput, ReportStation } from './input';

/** Stations' transcripts as an archive of them would be shown, without a folder and without pictures. */
export async function readStations(transcripts: readonly StationTranscript[]): Promise<ReportInput> {
  const folder = asArchived(transcripts);
  return {
    stations: folder.stations.map(reportStation),
    verification: await verifyTranscript(folder),
    pictures: [],
  };
}

/**
 * What the report page shows of one station of an archive. Of a damaged journal these are the lines before
 * the first wrong one.
 */
export const reportStation = ({ name, journal, checkpoint, signatures }: ArchivedStation): ReportStation => ({
  folder: name,
  lines: readableLines(journal),
  signers: signatures.map((signature) => signature.name),
  checkpointWords: checkpoint === null ? '' : digestWords(sha256(utf8.decode(checkpoint))),
  journalSha256: journal.length === 0 ? '' : toHex(sha256(journal)),
});
