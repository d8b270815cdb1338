import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8 } from '@scure/base';
import { AirlockError } from '../../shared/airlock-error';
import { toHex } from '../../shared/bytes';
import { parseWire, type SignedMessage } from '../../shared/message/wire';
import { UrReader } from '../../shared/qr/ur';
import { readableLines } from '../../shared/transcript/readable-lines';
import type { ArchivedStation } from '../../shared/transcript/verdict';
import { verifyTranscript } from '../../shared/transcript/verify';
import { digestWords } from '../../shared/words';
import { readQrImage } from '../qr/read-image';
import { readTranscriptFolder } from '../store/transcript-folder';
import type { ReportInput, ReportPicture, ReportStation } from './input';

/**
 * Reads an archive folder and verifies it, for its report page. Pictures of codes are looked for in its `qr`
 * folder. Throws `StoreError` 'folder-unreadable'.
 */
export async function readArchive(folder: string): Promise<ReportInput> {
  const transcript = readTranscriptFolder(folder);
  return {
    stations: transcript.stations.map(reportStation),
    verification: await verifyTranscript(transcript),
    pictures: await readPictures(folder),
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

/** The QR pictures of the folder, by the message that is in their pixels. Others are left out. */
async function readPictures(folder: string): Promise<ReportPicture[]> {
  const qr = join(folder, 'qr');
  // A link or a pipe of that name is never opened.
  if (!lstatSync(qr, { throwIfNoEntry: false })?.isDirectory()) return [];
  const groups = new Map<string, string[]>();
  const files = readdirSync(qr, { withFileTypes: true }).filter((entry) => entry.isFile());
  for (const file of files.map(({ name }) => name).sort(inOrder)) {
    const stem = /^(.*?)(?:-\d+-of-\d+)?\.png$/.exec(file)?.[1];
    if (stem !== undefined) groups.set(stem, [...(groups.get(stem) ?? []), `qr/${file}`]);
  }
  const pictures: ReportPicture[] = [];
  for (const files of groups.values()) {
    const message = await messageIn(files.map((file) => join(folder, file)));
    if (message === null) continue;
    const { type, from } = message.envelope;
    pictures.push({ digest: toHex(message.digest), type, from: toHex(from).toUpperCase(), files });
  }
  return pictures;
}

const inOrder = new Intl.Collator('en', { numeric: true }).compare;

async function messageIn(paths: readonly string[]): Promise<SignedMessage | null> {
  const reader = new UrReader();
  try {
    for (const path of paths) {
      for (const text of await readQrImage(new Uint8Array(readFileSync(path)))) {
        const received = reader.receive(text);
        if (received.status === 'complete') return parseWire(received.bytes);
      }
    }
  } catch (error) {
    if (!(error instanceof AirlockError)) throw error;
  }
  return null;
}
