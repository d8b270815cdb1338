import { isUtf8 } from 'node:buffer';
import type { Command } from 'commander';
import { asciiText, equalBytes, fromHex, wipe } from '../../shared/bytes';
import { ceremonyWords } from '../../shared/words';
import { defaultHomePath, type Home, HomeError, openHome } from '../store/home';
import { readIdentity, type UnlockedIdentity, unlockIdentity } from '../store/identity';
import { MINIMUM_PASSPHRASE, refuseWeakPassphrase } from '../store/passphrase';
import { readInput } from './files';
import { CliError, type Terminal } from './terminal';

/** Options that every command has which works in a home. */
export interface HomeFlags {
  readonly home?: string;
  readonly passphraseFile?: string;
  readonly json?: boolean;
}

export const withHome = (command: Command): Command =>
  command
    .option(
      '--home <dir>',
      'folder of this person on this machine (default: AIRLOCK_HOME, else the data folder)',
    )
    .option('--json', 'one JSON object on standard output');

export const withPassphrase = (command: Command): Command =>
  command.option('--passphrase-file <file>', 'file with the passphrase of the identity; - is standard input');

export const homeOf = (terminal: Terminal, flags: HomeFlags): Home =>
  openHome(flags.home ?? defaultHomePath(terminal.env));

/** The home's identity, unlocked by file or prompt. Throws `HomeError`, `OpenPgpError`, `CliError` 'no-passphrase'. */
export async function unlock(terminal: Terminal, home: Home, flags: HomeFlags): Promise<UnlockedIdentity> {
  const identity = readIdentity(home);
  if (identity === null) {
    throw new HomeError(
      'identity-missing',
      `There is no identity in ${home.dir} yet. Make one: airlock identity create --name NAME --role ROLE`,
    );
  }
  const secret = await passphrase(terminal, flags.passphraseFile, `Passphrase of ${identity.name}: `);
  try {
    return await unlockIdentity(home, secret, () => terminal.now());
  } finally {
    wipe(secret);
  }
}

/**
 * A passphrase (UTF-8, the caller's to wipe) from a file or whoever sits there; never from an argument, where every process
 * could read it.
 */
export async function passphrase(
  terminal: Terminal,
  file: string | undefined,
  question: string,
): Promise<Uint8Array> {
  if (file !== undefined) return secretLineBytes(terminal, file, 'passphrase');
  const answer = await terminal.askSecret(question);
  if (answer !== null && answer.length > 0) return answer;
  throw new CliError(
    'no-passphrase',
    'A passphrase is needed, and nobody can be asked for it here. Give it by --passphrase-file FILE (or - for standard input).',
  );
}

/**
 * The passphrase of a key that is about to be made: from a file, or asked for twice. Throws `CliError`, and `HomeError`
 * 'weak-passphrase'. The caller wipes it.
 */
export async function newPassphrase(terminal: Terminal, file: string | undefined): Promise<Uint8Array> {
  const secret = await passphrase(
    terminal,
    file,
    `New passphrase (${MINIMUM_PASSPHRASE} characters or more): `,
  );
  refuseWeakPassphrase(secret);
  if (file !== undefined) return secret;
  const again = await terminal.askSecret('The same again: ');
  const same = again !== null && equalBytes(again, secret);
  wipe(again ?? undefined);
  if (same) return secret;
  wipe(secret);
  throw new CliError('not-confirmed', 'The two passphrases differ, so no key was made. Try again.');
}

/** Words as someone typed them who heard them: case, commas and dashes don't matter. */
export const heardWords = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .split(/[\s,-]+/)
    .join(' ');

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

/** The first line of a file with a secret, in UTF-8, for the caller to wipe; the line's end isn't part of it. Throws `CliError`. */
export async function secretLineBytes(terminal: Terminal, path: string, what: string): Promise<Uint8Array> {
  const bytes = await readInput(terminal, path);
  try {
    const newline = bytes.indexOf(NEWLINE);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.subarray(0, bytes[end - 1] === RETURN ? end - 1 : end);
    const restIsBlank = bytes
      .subarray(end)
      .every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= RETURN));
    if (line.length > 0 && restIsBlank && isUtf8(line)) return Uint8Array.from(line);
  } finally {
    wipe(bytes);
  }
  throw new CliError(
    'unreadable-file',
    `${path === '-' ? 'Standard input' : `The file ${path}`} must hold the ${what} as its only line of text.`,
  );
}

/** A secret of ASCII characters as bytes, white space around it dropped; the caller wipes it. */
export async function secretBytes(terminal: Terminal, path: string, what: string): Promise<Uint8Array> {
  const bytes = await readInput(terminal, path);
  try {
    const text = asciiText(bytes).trim();
    if (text !== '' && !/\s/.test(text)) return Uint8Array.from(text, (character) => character.charCodeAt(0));
  } catch {
    // Said below.
  } finally {
    wipe(bytes);
  }
  throw new CliError(
    'unreadable-file',
    `${path === '-' ? 'Standard input' : `The file ${path}`} must hold the ${what} and nothing else.`,
  );
}

/** A ceremony of this home by its two words or its id in hex. Throws `CliError` 'ambiguous', 'usage'. */
export function ceremonyNamed(home: Home, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const wanted = text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, ' ');
  const all = home.listCeremonies();
  const matches = all.filter(
    (id) => id.startsWith(wanted.replace(/ /g, '')) || ceremonyWords(fromHex(id)) === wanted,
  );
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  const list = all.map((id) => `“${ceremonyWords(fromHex(id))}”`).join(', ');
  throw new CliError(
    matches.length > 1 ? 'ambiguous' : 'usage',
    matches.length > 1
      ? `“${text}” fits several ceremonies of this home. Give more of its id.`
      : `This home has no ceremony “${text}”. ${list === '' ? 'It has none yet.' : `It has ${list}.`}`,
  );
}
