import { join } from 'node:path';
import type { Command } from 'commander';
import { type SignedMessage, wireBytes } from '../../../shared/message/wire';
import { urText } from '../../../shared/qr/ur';
import { writeQrFiles } from '../../qr/qr-files';
import { fileSafeName } from '../../store/file-name';
import { makeFolders } from '../../store/folder';
import { reasonOf } from '../../store/store-error';
import { CliError } from './cli-error';
import { writeOutput } from './output-file';

/** Where an outgoing message goes: `--out` and `--qr`. */
export interface Destination {
  readonly out?: string | undefined;
  readonly qr?: string | undefined;
}

/** Adds `--out` and `--qr`. `what`: which message they are for. */
export const withDestination = (command: Command, what = 'outgoing'): Command =>
  command
    .option('--out <file>', `write the ${what} message there, as UR text`)
    .option('--qr <dir>', `write the ${what} message there, as QR pictures`);

/** Whether the message goes nowhere but to the screen. */
export const isOnScreen = ({ out, qr }: Destination): boolean => out === undefined && qr === undefined;

/** By which way the message goes out, for the transcript. */
export const outgoingCarrier = ({ out, qr }: Destination): 'qr' | 'file' | 'paste' =>
  qr !== undefined ? 'qr' : out !== undefined ? 'file' : 'paste';

/** What was written. */
export interface Written {
  readonly files: readonly string[];
  /** The whole message as one line of UR text. */
  readonly ur: string;
}

/**
 * Writes a message as UR text and as QR pictures (one PNG a part), as asked. `label`: whose message it is, for the pictures'
 * names. Throws `CliError` 'unwritable-file'.
 */
export function writeMessage(message: SignedMessage, destination: Destination, label: string): Written {
  const bytes = wireBytes(message);
  const ur = urText(bytes);
  const files: string[] = [];
  if (destination.out !== undefined) {
    writeOutput(destination.out, `${ur}\n`);
    files.push(destination.out);
  }
  if (destination.qr !== undefined) {
    const stem = `${message.envelope.type}-${fileSafeName(label)}`;
    files.push(...writePictures(destination.qr, stem, bytes));
  }
  return { files, ur };
}

function writePictures(folder: string, stem: string, bytes: Uint8Array): string[] {
  try {
    makeFolders(folder);
    return writeQrFiles(folder, stem, bytes).map((name) => join(folder, name));
  } catch (error) {
    throw new CliError(
      'unwritable-file',
      `The QR pictures can't be written to ${folder} (${reasonOf(error)}). Choose another folder.`,
    );
  }
}
