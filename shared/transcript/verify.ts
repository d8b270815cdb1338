import type { Finding, Report, TranscriptFolder } from './report';
import { crossFindings, notesOf } from './verify-ceremony';
import { verifyStation } from './verify-station';

export type { Report, TranscriptFolder } from './report';

/**
 * Checks an archive folder as `verify.sh` does: each journal's chain, that its checkpoint covers the whole file and
 * is signed by the station's own person and with keys of the folder only; then, across stations, that the ceremony
 * and rehearsal mark are one, every message that was sent was received and the other way round, nonces agree,
 * intents came before effects, and a quorum of custodians gave their shares. Never throws: what does not fit is a
 * finding that names station and line.
 */
export async function verifyTranscript(folder: TranscriptFolder): Promise<Report> {
  const stations = await Promise.all(folder.stations.map((station) => verifyStation(station, folder.keys)));
  const findings: Finding[] = stations.flatMap((station) => station.findings);
  if (stations.length === 0) {
    findings.push({
      station: '',
      line: null,
      code: 'no-station',
      message:
        'There is no journal here: a transcript has a folder for each station, with a journal.jsonl in it.',
    });
  }
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
