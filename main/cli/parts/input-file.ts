import { readFileSync } from 'node:fs';
import { asciiText, wipe } from '../../../shared/bytes';
import { reasonOf } from '../../store/store-error';
import { CliError } from './cli-error';
import type { Terminal } from './terminal';

/** What a person names a file by, in a sentence: `-` is standard input. */
export const inputName = (path: string): string => (path === '-' ? 'standard input' : path);

/** Bytes of a file that a person named; `-` is standard input. Throws `CliError` 'unreadable-file'. */
export async function readInput(terminal: Terminal, path: string): Promise<Uint8Array> {
  if (path === '-') return terminal.readStdin();
  try {
    return new Uint8Array(readFileSync(path));
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

/**
 * The only line of a file with a secret, without the line's end. `what`: the secret's name, for the sentence. Throws
 * `CliError` 'unreadable-file', also where the file holds no text in UTF-8, or more than one line of it.
 */
export async function secretLine(terminal: Terminal, path: string, what: string): Promise<string> {
  const bytes = await readInput(terminal, path);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const [line = '', ...rest] = text.split(/\r?\n/);
    if (line !== '' && rest.every((other) => other.trim() === '')) return line;
  } catch {
    // What isn't text is refused below.
  } finally {
    wipe(bytes);
  }
  throw unfit(path, `the ${what} as its only line of text`);
}

/**
 * A secret of ASCII characters as bytes, without the white space around it. The caller wipes the bytes. `what`: the
 * secret's name, for the sentence. Throws `CliError` 'unreadable-file', also where the file holds anything else.
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
