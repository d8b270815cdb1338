import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AirlockError } from '../../shared/airlock-error';
import { toHex } from '../../shared/bytes';
import { parseWire, type SignedMessage } from '../../shared/message/wire';
import { UrReader } from '../../shared/qr/ur';
import { verifyTranscript } from '../../shared/transcript/verify';
import { readQrImage } from '../qr/read-image';
import { readTranscriptFolder } from '../store/transcript-folder';
import type { ReportInput, ReportPicture } from './input';
import { reportStation } from './station';

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
