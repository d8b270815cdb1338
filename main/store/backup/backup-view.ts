import { toHex } from '../../../shared/bytes';
import type { Role } from '../../../shared/message/body';
import type { JournalLine } from '../../../shared/transcript/event';
import { parseJournal } from '../../../shared/transcript/journal-line';
import { TranscriptError } from '../../../shared/transcript/transcript-error';
import { fingerprintWords } from '../../../shared/words';
import type { BackupContent } from './backup-content';
import type { OpenedBackup } from './opened-backup';

/** A ceremony in a backup. */
export interface BackupCeremony {
  /** Hex. */
  readonly id: string;
  /** As the plan calls it; '' where no plan was known yet. */
  readonly title: string;
  readonly rehearsal: boolean;
  /** Whether its transcript was closed on this station when the backup was made. */
  readonly isClosed: boolean;
  readonly lines: number;
  /** Whether a key of it lived here and was left out. */
  readonly lacksKey: boolean;
}

/** Whose home a backup is of, when it was made, and what is in it and what is not. */
export interface BackupView {
  readonly name: string;
  readonly role: Role;
  readonly station: string;
  /** Hex. */
  readonly fingerprint: string;
  readonly words: string;
  /** ISO 8601 UTC, by the clock of the machine that made it. */
  readonly madeAt: string;
  /** Of the Airlock that made it. */
  readonly version: string;
  readonly files: number;
  readonly ceremonies: readonly BackupCeremony[];
  /** Keys that live for one ceremony, and that no backup holds. */
  readonly leftOut: number;
  /** Files that were not as the home's own program had left them. */
  readonly findings: readonly string[];
}

export function viewOf(opened: OpenedBackup): BackupView {
  const { identity, madeAt, version, files, leftOut, findings } = opened;
  return {
    name: identity.name,
    role: identity.role,
    station: identity.station,
    fingerprint: toHex(identity.fingerprint),
    words: fingerprintWords(identity.fingerprint),
    madeAt,
    version,
    files: files.length,
    ceremonies: ceremoniesIn(opened),
    leftOut: leftOut.length,
    findings,
  };
}

function ceremoniesIn(content: BackupContent): BackupCeremony[] {
  const paths = new Map(content.files.map(({ path, bytes }) => [path, bytes]));
  const ids = content.files.flatMap(({ path }) => /^ceremonies\/([0-9a-f]{32})\//.exec(path)?.[1] ?? []);
  return [...new Set(ids)].sort().map((id) => {
    const folder = `ceremonies/${id}/`;
    const lines = linesIn(paths.get(`${folder}journal.jsonl`));
    return {
      id,
      title: titleIn(lines),
      rehearsal: lines.at(-1)?.rehearsal ?? false,
      isClosed: paths.has(`${folder}checkpoint.txt`),
      lines: lines.length,
      lacksKey: content.leftOut.some((path) => path.startsWith(folder)),
    };
  });
}

/** None where the journal was broken already when the backup was made. */
function linesIn(journal: Uint8Array | undefined): readonly JournalLine[] {
  const whole = journal?.subarray(0, journal.lastIndexOf(0x0a) + 1) ?? new Uint8Array();
  try {
    return whole.length === 0 ? [] : parseJournal(whole).map(({ line }) => line);
  } catch (error) {
    if (error instanceof TranscriptError) return [];
    throw error;
  }
}

function titleIn(lines: readonly JournalLine[]): string {
  for (const line of lines.toReversed())
    if (line.event === 'plan-agreed' || line.event === 'plan-taken') return line.data.title;
  return '';
}
