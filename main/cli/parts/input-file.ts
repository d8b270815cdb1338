import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { asciiText, copySecret, wipe } from '../../../shared/bytes';
import { reasonOf } from '../../store/store-error';
import { CliError } from './cli-error';
import type { Terminal } from './terminal';

/** What a person names a file by, in a sentence: `-` is standard input. */
export const inputName = (path: string): string => (path === '-' ? 'standard input' : path);

/** Bytes of a file that a person named; `-` is standard input. Throws `CliError` 'unreadable-file'. */
export async function readInput(terminal: Terminal, path: string): Promise<Uint8Array> {
  if (path === '-') return terminal.readStdin();
  try {
    // This is Node's own memory and no copy: whoever wipes what comes back leaves nothing behind.
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

/** Standard input can be read only once. Throws `CliError` 'stdin-twice' where two of the paths name it. */
export function refuseTwoReaders(paths: readonly (string | undefined)[]): void {
  if (paths.filter((path) => path === '-').length > 1) {
    throw new CliError('stdin-twice', 'Standard input (-) can be read only once. Give the other by file.');
  }
}

/** As `secretLineBytes`, for what is used as text anyway. */
export async function secretLine(terminal: Terminal, path: string, what: string): Promise<string> {
  const bytes = await secretLineBytes(terminal, path, what);
  try {
    return new TextDecoder().decode(bytes);
  } finally {
    wipe(bytes);
  }
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * The only line of a file with a secret, in UTF-8, without the line's end. The caller wipes it. `what`: the
 * secret's name, for the sentence. Throws `CliError` 'unreadable-file', also where the file holds no text in
 * UTF-8, or more than one line of it.
 */
export async function secretLineBytes(terminal: Terminal, path: string, what: string): Promise<Uint8Array> {
  const bytes = await readInput(terminal, path);
  try {
    const newline = bytes.indexOf(NEWLINE);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.subarray(0, bytes[end - 1] === RETURN ? end - 1 : end);
    const restIsBlank = bytes
      .subarray(end)
      .every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= RETURN));
    if (line.length > 0 && restIsBlank && isUtf8(line)) return copySecret(line);
  } finally {
    wipe(bytes);
  }
  throw unfit(path, `the ${what} as its only line of text`);
}

/**
 * A secret of ASCII characters as bytes, without the white space around it. The caller wipes the bytes.
 * `what`: the secret's name, for the sentence. Throws `CliError` 'unreadable-file', also where the file holds
 * anything else.
 */
export async function secretBytes(terminal: Terminal, path: string, what: string): Promise<Uint8Array> {
  const bytes = await readInput(terminal, path);
  try {
    const text = asciiText(bytes).trim();
    if (text !== '' && !/\s/.test(text)) return Uint8Array.from(text, (character) => character.charCodeAt(0));
  } catch {
    // What isn't text is refused below.
  } finally {
    wipe(bytes);
  }
  throw unfit(path, `the ${what} and nothing else`);
}

const unfit = (path: string, content: string): CliError =>
  new CliError(
    'unreadable-file',
    `${path === '-' ? 'Standard input' : `The file ${path}`} must hold ${content}.`,
  );
