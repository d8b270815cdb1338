import type { Command } from 'commander';
import { equalBytes, wipe } from '../../../shared/bytes';
import { inTheClear, tokensIn } from '../../../shared/input/in-the-clear';
import { hasTextMark, plainText } from '../../../shared/input/plain-bytes';
import { isOtherLayout, otherLayout, urTexts } from '../../../shared/input/ur-texts';
import { MessageError } from '../../../shared/message/message-error';
import { parseWire, type SignedMessage } from '../../../shared/message/wire';
import { fileKind } from '../../../shared/qr/picture-kind';
import { QrError } from '../../../shared/qr/qr-error';
import { UrReader } from '../../../shared/qr/ur';
import { holdsShare } from '../../../shared/share/entered-share';
import { readQrImage } from '../../qr/read-image';
import { CliError } from './cli-error';
import { inputName, readInput } from './input-file';
import { filesNamedBy, messageKinds } from './message-files';
import type { Terminal } from './terminal';

/** Adds `--message`. `what`: which messages they are. */
export const withMessages = (command: Command, what: string): Command =>
  command.option(
    '--message <file...>',
    `${what}: message file, UR text (- is standard input), picture of a QR code, or a folder of these`,
  );

/**
 * The messages in the files, each once, in the order in which they became whole. A file holds the bytes of a
 * message, UR text (one part a line), or a picture of QR codes. The parts of one message may come from
 * several files, and a folder stands for all of its files. Throws `CliError` 'stdin-twice',
 * 'unreadable-file', 'no-message', 'parts-missing' and 'plain-share', and `MessageError`.
 */
export async function readMessages(terminal: Terminal, paths: readonly string[]): Promise<SignedMessage[]> {
  if (paths.filter((path) => path === '-').length > 1) {
    throw new CliError('stdin-twice', 'Standard input (-) can be read only once.');
  }
  const heap = new MessageHeap();
  for (const path of paths.flatMap(messageFiles)) {
    const bytes = await readInput(terminal, path);
    const texts = await textsOf(bytes, path);
    if (texts === null) heap.takeBytes(bytes);
    else heap.takeTexts(texts, path, bytes);
  }
  return heap.whole();
}

/**
 * As `readMessages`, for a step that takes one message. Throws besides `CliError` 'usage' on none,
 * 'ambiguous' on several.
 */
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

/** Messages that are put together from what several files hold. */
class MessageHeap {
  private readonly reader = new UrReader();
  private readonly found: SignedMessage[] = [];
  /** The message of which only some parts have come yet. */
  private open: { readonly have: number; readonly of: number } | null = null;

  takeBytes(bytes: Uint8Array): void {
    const message = parseWire(bytes);
    if (!this.found.some((other) => equalBytes(other.digest, message.digest))) this.found.push(message);
  }

  /** `bytes`: what the texts were read from. They are wiped where they hold a share. */
  takeTexts(texts: readonly string[], path: string, bytes: Uint8Array): void {
    let refusal: string | null = null;
    let understood = 0;
    for (const text of texts) {
      const received = this.reader.receive(text);
      if (received.status === 'refused') {
        refusal ??= received.message;
        continue;
      }
      understood++;
      if (received.status === 'complete') {
        this.takeBytes(received.bytes);
        this.open = null;
      } else {
        this.open = { have: received.have, of: received.of };
      }
    }
    if (understood > 0) return;
    // What a picture holds stands in several codes; what a text holds is one.
    if (texts.some(holdsShare)) {
      wipe(bytes);
      throw plainShare(path);
    }
    const tokens = texts.flatMap(tokensIn);
    if (tokens.length > 0) {
      wipe(bytes);
      throw inTheClear(texts.join(' '), 0, tokens.length, 'No message is in it.');
    }
    if (texts.some(isOtherLayout)) throw noMessage(path, otherLayout);
    if (texts.length === 0) {
      throw noMessage(
        path,
        'no QR code could be read in the picture. Take it again, sharper and straight on.',
      );
    }
    throw noMessage(path, refusal);
  }

  /** Throws `CliError` 'parts-missing' where a message isn't whole. */
  whole(): SignedMessage[] {
    if (this.open === null) return this.found;
    const { have, of } = this.open;
    throw new CliError(
      'parts-missing',
      `This message has ${of} parts, and only ${have} of them ${have === 1 ? 'is' : 'are'} here. Give all of them: several files, or one with a part on each line.`,
    );
  }
}

/** The UR texts of a text or of a picture. Null where the bytes are a message themselves. */
async function textsOf(bytes: Uint8Array, path: string): Promise<string[] | null> {
  if (fileKind(bytes) !== null) return textsInPicture(bytes, path);
  const text = plainText(bytes);
  if (text !== null || hasTextMark(bytes)) {
    const texts = urTexts(text ?? '');
    if (texts.length > 0) return texts;
    throw noMessage(
      path,
      'it is empty. Look whether the step that was to write it went well, or whether another file is meant.',
    );
  }
  try {
    parseWire(bytes);
  } catch (error) {
    if (!(error instanceof MessageError) || error.code !== 'not-a-message') throw error;
    throw new CliError(
      'no-message',
      `There is no Airlock message in ${inputName(path)}, or it was damaged on the way. Get it again from the other station.`,
    );
  }
  return null;
}

async function textsInPicture(bytes: Uint8Array, path: string): Promise<string[]> {
  try {
    return await readQrImage(bytes);
  } catch (error) {
    if (!(error instanceof QrError)) throw error;
    throw noMessage(path, `${error.message} Nothing was taken in.`);
  }
}

/**
 * The file that a person named, or all files of the folder. Throws `CliError` 'no-message' where the folder
 * has none.
 */
function messageFiles(path: string): string[] {
  const files = filesNamedBy(path, messageKinds);
  if (files.length > 0) return files;
  throw new CliError(
    'no-message',
    `In the folder ${path} there is nothing that may hold a message: no picture, and no file whose name ends in .ur or .airlock. Name the file itself.`,
  );
}

const noMessage = (path: string, why: string | null): CliError =>
  new CliError(
    'no-message',
    `There is no Airlock message in ${inputName(path)}${why === null ? '' : `: ${why.charAt(0).toLowerCase()}${why.slice(1)}`}`.replace(
      /\.?$/,
      '.',
    ),
  );

/** What to say of a share that nobody sealed. */
const plainShare = (path: string): CliError =>
  new CliError(
    'plain-share',
    `In ${inputName(path)} there is what looks like a key share in the clear, and no message: nothing was taken in, and nothing was sent. A share crosses the gap sealed only: enter it on its custodian's own laptop, and take the share message that this makes. Whoever could read this here may know the share: delete it, and tell its custodian.`,
  );
