import type { Finding, Report, TranscriptFolder } from './report';
import { intentFindings, nonceFindings } from './verify/attempt';
import type { Entry } from './verify/entry';
import { receivedFindings, sentFindings } from './verify/messages';
import { notesOf } from './verify/notes';
import { originFindings } from './verify/origin';
import { quorumFindings } from './verify/quorum';
import { rosterFindings, shareFindings } from './verify/share';
import { verifyStation } from './verify/station';

/**
 * Checks an archive folder as `verify.sh` does. First each station by itself (`verifyStation`): its journal's
 * chain, its checkpoint, the signatures over it. Then, where all of these hold, the lines of all stations
 * (`crossFindings`). Never throws: what does not fit is a finding that names station and line.
 */
export async function verifyTranscript(folder: TranscriptFolder): Promise<Report> {
  const stations = await Promise.all(folder.stations.map((station) => verifyStation(station, folder.keys)));
  const findings: Finding[] = stations.flatMap((station) => station.findings);
  if (stations.length === 0) findings.push(NO_STATION);
  const entries = stations.flatMap(({ report, lines }) =>
    lines.map((line) => ({ station: report.name, line })),
  );
  // Messages and nonces of a journal that was tampered with say nothing.
  if (stations.every(({ sound }) => sound)) findings.push(...crossFindings(entries));
  return {
    ok: findings.length === 0,
    findings,
    notes: notesOf(entries),
    stations: stations.map(({ report }) => report),
    ceremony: entries.find(({ line }) => line.ceremony !== '')?.line.ceremony ?? '',
    rehearsal: entries.some(({ line }) => line.rehearsal),
  };
}

/**
 * What does not fit between the lines of one station or of several. `entries`: every line of the folder,
 * station by station, each journal in its own order.
 */
export const crossFindings = (entries: readonly Entry[]): Finding[] => [
  ...originFindings(entries),
  ...sentFindings(entries),
  ...receivedFindings(entries),
  ...nonceFindings(entries),
  ...intentFindings(entries),
  ...shareFindings(entries),
  ...quorumFindings(entries),
  ...rosterFindings(entries),
];

const NO_STATION: Finding = {
  station: '',
  line: null,
  code: 'no-station',
  message:
    'There is no journal here: a transcript has a folder for each station, with a journal.jsonl in it.',
};
