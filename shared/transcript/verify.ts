import { isOwnScript } from './script/releases';
import { type Finding, type Note, type Report, type TranscriptFolder, worstOf } from './verdict';
import { intentFindings, nonceFindings } from './verify/attempt';
import { type Entry, folderFinding, ownersOf } from './verify/entry';
import { pinFindings, readKeys } from './verify/keys';
import { receivedFindings, sentFindings } from './verify/messages';
import { notesOf } from './verify/notes';
import { originFindings } from './verify/origin';
import { missingFindings, missingPeople, type Plan, planFindings, planOf } from './verify/plan';
import { quorumFindings } from './verify/quorum';
import { revocationFindings } from './verify/revocation';
import { rosterFindings, shareFindings } from './verify/share';
import { verifySignatures } from './verify/signatures';
import { verifyStation } from './verify/station';
import { statementFindings, witnessedFindings } from './verify/witnessed';

/**
 * Checks an archive folder as `verify.sh` does. First each station by itself: its journal's chain and its
 * checkpoint. Then the keys and signatures, by the plan in the officer's journal. Then, where all journals
 * are as they were signed, the lines of all stations (`crossFindings`). Never throws: what is missing or
 * doesn't fit is a finding. `pinned`: fingerprints (upper-case hex) of those whom the auditor knows to be the
 * people; null: the keys in the folder are taken for theirs.
 */
export async function verifyTranscript(
  folder: TranscriptFolder,
  pinned: ReadonlySet<string> | null = null,
): Promise<Report> {
  const stations = folder.stations.map(verifyStation);
  const entries = stations.flatMap(({ station, lines }) =>
    lines.map((line) => ({ station: station.name, line })),
  );
  const plan = planOf(entries);
  const keys = await readKeys(folder.keys, plan);
  const signed = await Promise.all(
    stations.map(({ station, who, label }) => verifySignatures(station, who, label, keys.keys, plan)),
  );
  // Messages, nonces and statements of a journal that was tampered with say nothing.
  const sound = stations.length > 0 && stations.every((station) => station.sound);
  const findings: Finding[] = [
    ...folderFindings(folder),
    ...keys.findings,
    ...(pinned === null ? [] : pinFindings(plan, ownersOf(entries), pinned)),
    ...stations.flatMap((station, i) => [...station.findings, ...(signed[i]?.findings ?? [])]),
    ...(sound ? crossFindings(entries, plan) : []),
    ...(sound ? await statementFindings(entries, keys.keys, plan) : []),
  ];
  return {
    verdict: worstOf(findings.map(({ verdict }) => verdict)),
    by: pinned === null ? 'folder' : 'people',
    findings: inOrder(findings),
    notes: [...notesOf(entries), ...(folder.hasDrawings ? [DRAWINGS] : [])],
    stations: stations.map(({ station, label, lines, head }, i) => ({
      name: station.name,
      label,
      lines: lines.length,
      head,
      signers: signed[i]?.signers ?? [],
    })),
    ceremony: entries.find(({ line }) => line.ceremony !== '')?.line.ceremony ?? '',
    rehearsal: entries.some(({ line }) => line.rehearsal),
  };
}

/**
 * What does not fit between the lines of one station or of several. `entries`: every line of the folder,
 * station by station, each journal in its own order.
 */
export function crossFindings(entries: readonly Entry[], plan: Plan | null = planOf(entries)): Finding[] {
  const missing = missingPeople(entries, plan);
  const gaps = plan === null || missing.length > 0;
  return [
    ...revocationFindings(entries),
    ...planFindings(entries, plan),
    ...missingFindings(missing),
    ...originFindings(entries),
    ...sentFindings(entries),
    ...receivedFindings(entries, new Set(missing.map(({ fingerprint }) => fingerprint))),
    ...nonceFindings(entries, gaps),
    ...intentFindings(entries),
    ...shareFindings(entries),
    ...quorumFindings(entries, plan, gaps),
    ...rosterFindings(entries, plan),
    ...witnessedFindings(entries),
  ];
}

/** What lies in the folder besides transcripts. */
function folderFindings({ stations, strays = [], script }: TranscriptFolder): Finding[] {
  const findings = strays.map(({ path, kind }) =>
    kind === 'unknown'
      ? folderFinding('', 'unknown-file', `${path} is no part of a transcript: nothing accounts for it.`)
      : folderFinding(
          '',
          'special-file',
          `${path} is ${kind === 'link' ? 'a symbolic link' : 'a pipe, a device or a socket'}, and was not opened.`,
        ),
  );
  if (stations.length === 0) findings.push(folderFinding('', 'no-station', NO_STATION));
  if (script === null) findings.push(folderFinding('', 'no-script', 'There is no verify.sh in the folder.'));
  else if (script !== undefined && !isOwnScript(script)) {
    findings.push(
      folderFinding(
        '',
        'foreign-script',
        `verify.sh is not the script of any version of Airlock that this one knows: SHA-256 ${script}.`,
      ),
    );
  }
  return findings;
}

/** First that a token may be alive, then what contradicts, then what is missing. */
const inOrder = (findings: readonly Finding[]): Finding[] => {
  const rank = ({ code, verdict }: Finding): number =>
    code === 'not-revoked' ? 0 : verdict === 'broken' ? 1 : 2;
  return [...findings].sort((a, b) => rank(a) - rank(b));
};

const NO_STATION =
  'There is no journal here: a transcript has a folder for each station, with a journal.jsonl in it.';

const DRAWINGS: Note = {
  station: '',
  line: null,
  message: 'report.html and qr/ are drawings, no evidence: nobody has signed them',
};
