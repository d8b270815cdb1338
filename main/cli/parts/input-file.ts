import { readFileSync } from 'node:fs';
import { copySecret, wipe } from '../../../shared/bytes';
import { plainBytes, plainText } from '../../../shared/input/plain-bytes';
import { tokenIn } from '../../../shared/input/token-text';
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
    throw new CliError('unreadable-file', unreadableFile(path, error));
  }
}

/** What every command says of a file that the system wouldn't give. */
export function unreadableFile(path: string, error: unknown): string {
  if (path === '') return 'The name of a file is empty here. Name the file.';
  return reasonOf(error) === 'EISDIR'
    ? `${path} is a folder, and a file is needed here. Name the file.`
    : `The file ${path} can't be read (${reasonOf(error)}). Check its name and your rights to it.`;
}

/** Standard input can be read only once. Throws `CliError` 'stdin-twice' where two of the paths name it. */
export function refuseTwoReaders(paths: readonly (string | undefined)[]): void {
  if (paths.filter((path) => path === '-').length > 1) {
    throw new CliError('stdin-twice', 'Standard input (-) can be read only once. Give the other by file.');
  }
}

/**
 * The text of a file, whatever its encoding (shared/input), for what is used as text anyway. `what`: the
 * value's name, for the sentence. Throws `CliError` 'unreadable-file', also where it holds no text.
 */
export async function textInput(terminal: Terminal, path: string, what: string): Promise<string> {
  const bytes = await readInput(terminal, path);
  try {
    const text = plainText(bytes);
    if (text !== null) return text;
  } finally {
    wipe(bytes);
  }
  throw unfit(path, `the ${what} as text`);
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * The only line of a file with a passphrase, in UTF-8 whatever the file's encoding is, without the line's
 * end. The caller wipes it. `what`: the secret's name, for the sentence. Throws `CliError` 'unreadable-file',
 * also where the file holds no text, or more than one line of it.
 */
export async function secretLineBytes(terminal: Terminal, path: string, what: string): Promise<Uint8Array> {
  const bytes = await readInput(terminal, path);
  const text = plainBytes(bytes);
  wipe(bytes);
  try {
    if (text !== null) {
      const newline = text.indexOf(NEWLINE);
      const end = newline < 0 ? text.length : newline;
      const line = text.subarray(0, text[end - 1] === RETURN ? end - 1 : end);
      const restIsBlank = text
        .subarray(end)
        .every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= RETURN));
      if (line.length > 0 && restIsBlank) return copySecret(line);
    }
  } finally {
    wipe(text ?? undefined);
  }
  throw unfit(path, `the ${what} as its only line of text`);
}

/**
 * The token in a file, as bytes for the caller to wipe. Throws `CliError` 'unreadable-file', and `InputError`
 * 'not-a-token' where the file holds anything else than one token: it is then sent nowhere.
 */
export async function tokenInput(terminal: Terminal, path: string): Promise<Uint8Array> {
  const bytes = await readInput(terminal, path);
  const text = plainBytes(bytes);
  wipe(bytes);
  if (text === null) throw unfit(path, 'the token as text');
  try {
    return tokenIn(text, path === '-' ? 'Standard input' : `The file ${path}`);
  } finally {
    wipe(text);
  }
}

const unfit = (path: string, content: string): CliError =>
  new CliError(
    'unreadable-file',
    `${path === '-' ? 'Standard input' : `The file ${path}`} must hold ${content}.`,
  );
