import { toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { QrError } from '../../../shared/qr/qr-error';
import { digestWords } from '../../../shared/words';
import { CliError } from '../parts/cli-error';
import { drawMessage, drawsCode } from '../parts/drawn-message';
import type { FormatFlags } from '../parts/format';
import { type Destination, isOnScreen, type Written, writeMessage } from '../parts/message-output';
import { columns, fileRows } from '../parts/table';
import type { Terminal } from '../parts/terminal';

/** A message as people name it: its type, and the words of its digest. */
export const messageName = ({ envelope, digest }: SignedMessage): string =>
  `${envelope.type} · ${digestWords(digest)}`;

/** What `--json` prints of a message that was made here. */
export const messageJson = (message: SignedMessage, written: Written) => ({
  message: {
    type: message.envelope.type,
    digest: toHex(message.digest),
    words: digestWords(message.digest),
    ur: written.ur,
    files: written.files,
  },
});

/**
 * Says what was written, and `next`, what to do with it. Without a place to write to, the message itself goes
 * to standard output.
 */
export function announce(
  terminal: Terminal,
  message: SignedMessage,
  written: Written,
  next: string,
  destination: Destination,
): void {
  terminal.print('\n');
  terminal.print(columns([['Message', messageName(message)], ...fileRows(written.files)]));
  terminal.say(`${next}\n`);
  if (isOnScreen(destination)) terminal.print(`\n${written.ur}\n`);
}

/**
 * Writes the message of a step that can't be taken back. Throws `CliError` 'unwritable-file', whose sentence
 * ends in `then`: what stands, and how to go on.
 */
export function writeAfterStep(
  message: SignedMessage,
  destination: Destination,
  label: string,
  then: string,
): Written {
  try {
    return writeMessage(message, destination, label);
  } catch (error) {
    if (error instanceof CliError && error.code === 'unwritable-file')
      throw new CliError(error.code, `${error.message} ${then}`, error.typed);
    throw error;
  }
}

/**
 * Draws the code of what a step has made, where it goes to a terminal and nowhere else; call it once the
 * person's key is locked again, for a code may move for minutes. Throws `QrError` 'no-room', whose sentence
 * ends in `then`: what stands, and how to go on.
 */
export async function drawAfterStep(
  message: SignedMessage,
  flags: Destination & FormatFlags,
  then: string,
): Promise<void> {
  if (flags.json || !drawsCode(flags)) return;
  try {
    await drawMessage(message);
  } catch (error) {
    if (error instanceof QrError && error.code === 'no-room')
      throw new QrError(error.code, `${error.message} ${then}`, error.typed);
    throw error;
  }
}
