import { hexSha256 } from '../../sha256';
import { type Checkpoint, parseCheckpoint, writtenCheckpoint } from '../checkpoint';
import type { JournalLine } from '../event';
import { parseJournal, type WrittenLine } from '../journal-line';
import { summaryOf } from '../summary';
import { TranscriptError } from '../transcript-error';
import { type ArchivedStation, codeOfError, type Finding, type FindingCode, VERDICTS } from '../verdict';

/** One station's journal and checkpoint, checked by themselves. */
export interface VerifiedStation {
  readonly station: ArchivedStation;
  /** Label of the station, '' where the journal can't be read. */
  readonly label: string;
  /** Hash of the last line, '' where the journal can't be read. */
  readonly head: string;
  /** Fingerprint on the last line; null where the journal can't be read. */
  readonly who: string | null;
  /** Whether the chain holds and, where there is a checkpoint, is what that says. */
  readonly sound: boolean;
  readonly lines: readonly JournalLine[];
  readonly findings: readonly Finding[];
}

/**
 * Checks what one station left, by itself: the chain of its journal, and that the checkpoint is of exactly
 * that journal. Throws nothing for what the folder holds: what is wrong there is a finding.
 */
export function verifyStation(station: ArchivedStation): VerifiedStation {
  const known = verified.get(station);
  if (known !== undefined) return known;
  const fresh = verifiedAnew(station);
  verified.set(station, fresh);
  return fresh;
}

/** Several questions are asked of one folder, and its journals are read for the first of them. */
const verified = new WeakMap<ArchivedStation, VerifiedStation>();

function verifiedAnew(station: ArchivedStation): VerifiedStation {
  const findings: Finding[] = [];
  const add: Add = (code, message, line = null) => {
    findings.push({ station: station.name, line, code, verdict: VERDICTS[code], message });
  };
  const checkpoint = readCheckpoint(station, add);
  const lines = readJournal(station, checkpoint, add);
  const last = lines.at(-1);
  if (checkpoint && last) compareCheckpoint(station, lines, checkpoint, last, add);
  return {
    station,
    label: last?.line.station ?? '',
    head: last?.hash ?? '',
    who: last?.line.who ?? null,
    sound: last !== undefined && findings.every(({ code }) => code === 'no-checkpoint'),
    lines: lines.map(({ line }) => line),
    findings,
  };
}

type Add = (code: FindingCode, message: string, line?: number | null) => void;

function readCheckpoint({ checkpoint }: ArchivedStation, add: Add): Checkpoint | null {
  if (checkpoint === null) {
    add('no-checkpoint', 'There is no checkpoint.txt: nobody has vouched for this journal.');
    return null;
  }
  try {
    return parseCheckpoint(checkpoint);
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    add(codeOfError(error.code), error.message);
    return null;
  }
}

function readJournal({ journal }: ArchivedStation, checkpoint: Checkpoint | null, add: Add): WrittenLine[] {
  try {
    return parseJournal(journal, checkpoint?.head);
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    add(codeOfError(error.code), error.message, error.line);
    return [];
  }
}

function compareCheckpoint(
  station: ArchivedStation,
  lines: readonly WrittenLine[],
  checkpoint: Checkpoint,
  last: WrittenLine,
  add: Add,
): void {
  const { line, hash } = last;
  const actual: Checkpoint = {
    ceremony: line.ceremony,
    station: line.station,
    lines: line.n,
    head: hash,
    fileSha256: hexSha256(station.journal),
    rehearsal: line.rehearsal,
    // A checkpoint of an older version has no summary.
    summary: checkpoint.summary === null ? null : summaryOf(lines.map((written) => written.line)),
  };
  if (writtenCheckpoint(actual) === station.checkpoint) return;
  if (checkpoint.lines !== actual.lines) {
    add(
      'checkpoint-differs',
      `The checkpoint covers ${checkpoint.lines} lines, and the journal has ${actual.lines}: lines were added or taken away after it was signed.`,
      Math.min(checkpoint.lines, actual.lines) + 1,
    );
  } else if (checkpoint.head !== actual.head) {
    add('changed-line', `Line ${line.n} is not the one that the checkpoint was made of.`, line.n);
  } else {
    add('checkpoint-differs', 'The checkpoint says other things than the journal that it lies beside.');
  }
}
