import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import { toHex } from '../../bytes';
import { parsePublicKey } from '../../openpgp/public-key';
import { verifyDetached } from '../../openpgp/signature';
import { type Checkpoint, checkpointText, parseCheckpoint } from '../checkpoint';
import type { JournalLine } from '../event';
import { parseJournal, type WrittenLine } from '../journal-line';
import type { ArchivedStation, Finding, FindingCode, StationReport, TranscriptFolder } from '../report';
import { TranscriptError } from '../transcript-error';

/** One station, checked by itself. */
export interface VerifiedStation {
  readonly report: StationReport;
  /** Whether the chain holds and, where there is a checkpoint, is what that says. */
  readonly sound: boolean;
  readonly lines: readonly JournalLine[];
  readonly findings: readonly Finding[];
}

/**
 * Checks what one station left, by itself: the chain of its journal, that the checkpoint is of exactly that
 * journal, and that the signatures over the checkpoint are by keys of the folder, one of them by the
 * station's own person. `keys`: all of the folder's. Throws nothing for what the folder holds: what is wrong
 * there is a finding.
 */
export async function verifyStation(
  station: ArchivedStation,
  keys: TranscriptFolder['keys'],
): Promise<VerifiedStation> {
  const findings: Finding[] = [];
  const add = (code: FindingCode, message: string, line: number | null = null): void => {
    findings.push({ station: station.name, line, code, message });
  };
  const checkpoint = readCheckpoint(station, add);
  const lines = readJournal(station, checkpoint, add);
  const last = lines.at(-1);
  if (checkpoint && last) compareCheckpoint(station, checkpoint, last, add);
  const signers =
    station.checkpoint === null ? [] : await verifySignatures(station, keys, last?.line.who ?? null, add);
  return {
    report: {
      name: station.name,
      label: last?.line.station ?? '',
      lines: lines.length,
      head: last?.hash ?? '',
      signers,
    },
    sound:
      last !== undefined &&
      !findings.some(({ code }) => code === 'checkpoint-differs' || code === 'bad-checkpoint'),
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
    add(error.code, error.message);
    return null;
  }
}

function readJournal({ journal }: ArchivedStation, checkpoint: Checkpoint | null, add: Add): WrittenLine[] {
  try {
    return parseJournal(journal, checkpoint?.head);
  } catch (error) {
    if (!(error instanceof TranscriptError)) throw error;
    add(error.code, error.message, error.line);
    return [];
  }
}

function compareCheckpoint(
  station: ArchivedStation,
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
    fileSha256: toHex(sha256(station.journal)),
    rehearsal: line.rehearsal,
  };
  if (checkpointText(actual) === station.checkpoint) return;
  if (checkpoint.lines !== actual.lines) {
    add(
      'checkpoint-differs',
      `The checkpoint covers ${checkpoint.lines} lines, and the journal has ${actual.lines}: lines were added or taken away after it was signed.`,
      Math.min(checkpoint.lines, actual.lines) + 1,
    );
  } else if (checkpoint.head !== actual.head) {
    add('checkpoint-differs', `Line ${line.n} is not the one that the checkpoint was made of.`, line.n);
  } else {
    add('checkpoint-differs', 'The checkpoint says other things than the journal that it lies beside.');
  }
}

/**
 * Names of the keys whose signatures fit. `who`: fingerprint of the person whose station it is; null where
 * the journal can't be read, which is a finding already.
 */
async function verifySignatures(
  { checkpoint, signatures }: ArchivedStation,
  keys: TranscriptFolder['keys'],
  who: string | null,
  add: Add,
): Promise<string[]> {
  const signers: string[] = [];
  let own = who === null;
  for (const { name, armored } of signatures) {
    const key = keys.find((candidate) => candidate.name === name);
    if (!key) {
      add('no-key', `There is a signature by ${name}, and no key of that name in keys/.`);
      continue;
    }
    try {
      const { binary, fingerprint } = await parsePublicKey(key.armored);
      await verifyDetached(utf8.decode(checkpoint ?? ''), armored, binary);
      signers.push(name);
      own ||= toHex(fingerprint).toUpperCase() === who;
    } catch {
      add('bad-signature', `The signature of ${name} does not fit this checkpoint and the key in keys/.`);
    }
  }
  if (signatures.length === 0) add('no-signature', 'Nobody has signed the checkpoint.');
  else if (!own) {
    add(
      'own-signature-missing',
      who === ''
        ? 'The journal does not say whose station it is, so nobody can have signed its checkpoint as theirs.'
        : `The checkpoint is not signed by the person whose station it is (${who}).`,
    );
  }
  return signers;
}
