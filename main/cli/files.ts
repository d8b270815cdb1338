import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { equalBytes, wipe } from '../../shared/bytes';
import { MessageError } from '../../shared/message/message-error';
import { parseWire, type SignedMessage, wireBytes } from '../../shared/message/wire';
import { QrError } from '../../shared/qr/qr-error';
import { UrReader, urText } from '../../shared/qr/ur';
import { mayBeShareText } from '../../shared/share/entered-share';
import { writeQrFiles } from '../qr/qr-files';
import { readQrImage } from '../qr/read-image';
import { fileSafeName } from '../store/file-name';
import { makeFolders } from '../store/folder';
import { reasonOf } from '../store/store-error';
import { filesNamedBy, messageKinds } from './named-files';
import { CliError, type Terminal } from './terminal';

/** Bytes of a file that a person named; `-` is standard input. Throws `CliError` 'unreadable-file'. */
export async function readInput(terminal: Terminal, path: string): Promise<Uint8Array> {
  if (path === '-') return terminal.readStdin();
  try {
    // Node's own memory, not a copy: whoever wipes what comes back leaves nothing behind.
    const { buffer, byteOffset, byteLength } = readFileSync(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    if (reasonOf(error) === 'EISDIR')
      throw new CliError('unreadable-file', `${path} is a folder, and a file is needed here. Name the file.`);
    throw new CliError(
      'unreadable-file',
      `The file ${path} can't be read (${reasonOf(error)}). Check its name and your rights to it.`,
    );
  }
}

/** Writes a file that others may not read. Throws `CliError` 'unwritable-file'. */
export function writeOutput(path: string, bytes: Uint8Array | string): void {
  try {
    writeFileAtomic.sync(path, typeof bytes === 'string' ? bytes : Buffer.from(bytes), {
      mode: 0o600,
      fsync: true,
    });
  } catch (error) {
    throw new CliError(
      'unwritable-file',
      `The file ${path} can't be written (${reasonOf(error)}). Choose another place.`,
    );
  }
}

/**
 * The messages in the files, each once, in the order in which they became whole. A file holds the bytes of a message, UR text
 * (one part a line), or a picture of QR codes; parts may come from several files, and all of them from a folder. Throws
 * `CliError` 'unreadable-file', 'no-message', 'parts-missing', 'plain-share', and `MessageError`.
 */
export async function readMessages(terminal: Terminal, paths: readonly string[]): Promise<SignedMessage[]> {
  if (paths.filter((path) => path === '-').length > 1) {
    throw new CliError('stdin-twice', 'Standard input (-) can be read only once.');
  }
  const reader = new UrReader();
  const found: SignedMessage[] = [];
  let open: { readonly have: number; readonly of: number; readonly path: string } | null = null;
  const take = (bytes: Uint8Array): void => {
    const message = parseWire(bytes);
    if (!found.some((other) => equalBytes(other.digest, message.digest))) found.push(message);
  };
  for (const path of paths.flatMap(messageFiles)) {
    const bytes = await readInput(terminal, path);
    const texts = await textsOf(bytes, path);
    if (texts === null) {
      take(bytes);
      continue;
    }
    let refusal = '';
    let understood = 0;
    for (const text of texts) {
      const received = reader.receive(text);
      if (received.status === 'refused') {
        refusal ||= received.message;
        continue;
      }
      understood++;
      if (received.status === 'complete') {
        take(received.bytes);
        open = null;
      } else {
        open = { have: received.have, of: received.of, path };
      }
    }
    if (understood === 0) {
      if (mayBeShareText(texts.join(' '))) {
        wipe(bytes);
        throw plainShare(path);
      }
      throw new CliError(
        'no-message',
        `There is no Airlock message in ${nameOf(path)}${texts.length === 0 ? ': no QR code could be read in the picture. Take it again, sharper and straight on' : refusal === '' ? '' : `: ${lowered(refusal)}`}`.replace(
          /\.?$/,
          '.',
        ),
      );
    }
  }
  if (open !== null) {
    throw new CliError(
      'parts-missing',
      `This message has ${open.of} parts, and only ${open.have} of them ${open.have === 1 ? 'is' : 'are'} here. Give all of them: several files, or one with a part on each line.`,
    );
  }
  return found;
}

/** As `readMessages`, for a step that takes exactly one. Throws `CliError` 'ambiguous' on several. */
export async function readOneMessage(terminal: Terminal, paths: readonly string[]): Promise<SignedMessage> {
  const [message, ...others] = await readMessages(terminal, paths);
  if (message === undefined)
    throw new CliError('usage', 'No message was given. Name its file with --message FILE.');
  if (others.length > 0)
    throw new CliError(
      'ambiguous',
      'These files hold several messages, and this step takes one. Give only that one.',
    );
  return message;
}

/** UR texts of a text or picture; null: the bytes are a message as they are. */
async function textsOf(bytes: Uint8Array, path: string): Promise<string[] | null> {
  if (isPicture(bytes)) return textsInPicture(bytes, path);
  if (isText(bytes)) {
    if (bytes.every((byte) => byte <= 0x20))
      throw new CliError(
        'no-message',
        `There is no Airlock message in ${nameOf(path)}: it is empty. Look whether the step that was to write it went well, or whether another file is meant.`,
      );
    return new TextDecoder()
      .decode(bytes)
      .split(/\s+/)
      .filter((line) => line !== '');
  }
  try {
    parseWire(bytes);
  } catch (error) {
    if (!(error instanceof MessageError) || error.code !== 'not-a-message') throw error;
    throw new CliError(
      'no-message',
      `There is no Airlock message in ${nameOf(path)}, or it was damaged on the way. Get it again from the other station.`,
    );
  }
  return null;
}

async function textsInPicture(bytes: Uint8Array, path: string): Promise<string[]> {
  try {
    return await readQrImage(bytes);
  } catch (error) {
    if (!(error instanceof QrError)) throw error;
    throw new CliError(
      'no-message',
      `There is no Airlock message in ${nameOf(path)}: ${lowered(error.message)} Copy the file again, or take the picture anew.`,
    );
  }
}

/** The files that a person named, or all of the folder that they named. Throws `CliError` 'no-message' of an empty one. */
function messageFiles(path: string): string[] {
  const files = filesNamedBy(path, messageKinds);
  if (files.length > 0) return files;
  throw new CliError(
    'no-message',
    `In the folder ${path} there is nothing that may hold a message: no picture, and no file whose name ends in .ur or .airlock. Name the file itself.`,
  );
}

/** What to say of a share that nobody sealed. */
const plainShare = (path: string): CliError =>
  new CliError(
    'plain-share',
    `In ${nameOf(path)} there is what looks like a key share in the clear, and no message: nothing was taken in, and nothing was sent. A share crosses the gap sealed only: enter it on its custodian's own laptop, and take the share message that this makes. Whoever could read this here may know the share: delete it, and tell its custodian.`,
  );

const PICTURES: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x52, 0x49, 0x46, 0x46],
  [0x42, 0x4d],
];
const isPicture = (bytes: Uint8Array): boolean =>
  PICTURES.some((magic) => magic.every((byte, i) => bytes[i] === byte));

const isText = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09);

const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);
const lowered = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** Where an outgoing message goes: `--out` and `--qr`. */
export interface Destination {
  readonly out?: string | undefined;
  readonly qr?: string | undefined;
}

/** What was written. */
export interface Written {
  readonly files: readonly string[];
  /** The whole message as one line of UR text. */
  readonly ur: string;
}

/** Writes a message as UR text and as QR pictures (one PNG a part), as asked. Throws `CliError` 'unwritable-file'. */
export function writeMessage(message: SignedMessage, destination: Destination, label: string): Written {
  const bytes = wireBytes(message);
  const ur = urText(bytes);
  const files: string[] = [];
  if (destination.out !== undefined) {
    writeOutput(destination.out, `${ur}\n`);
    files.push(destination.out);
  }
  if (destination.qr !== undefined) {
    const folder = destination.qr;
    try {
      makeFolders(folder);
      const names = writeQrFiles(folder, `${message.envelope.type}-${fileSafeName(label)}`, bytes);
      files.push(...names.map((name) => join(folder, name)));
    } catch (error) {
      throw new CliError(
        'unwritable-file',
        `The QR pictures can't be written to ${destination.qr} (${reasonOf(error)}). Choose another folder.`,
      );
    }
  }
  return { files, ur };
}
