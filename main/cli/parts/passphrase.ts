import type { Command } from 'commander';
import { equalBytes, wipe } from '../../../shared/bytes';
import { MINIMUM_PASSPHRASE, refuseWeakPassphrase } from '../../store/passphrase';
import { CliError } from './cli-error';
import { secretLineBytes } from './input-file';
import type { Terminal } from './terminal';

/** Adds `--passphrase-file`. `ofWhat`: what the passphrase opens. */
export const withPassphrase = (command: Command, ofWhat: 'identity' | 'key' = 'identity'): Command =>
  command.option(
    '--passphrase-file <file>',
    `file with the passphrase of the ${ofWhat}; - is standard input (default: AIRLOCK_PASSPHRASE_FILE, else it is asked for)`,
  );

/**
 * A passphrase in UTF-8, from a file, or from whoever sits at the terminal. The caller wipes it. It is never
 * an argument, for every process on the machine could read it there. Throws `CliError` 'no-passphrase' where
 * nobody can be asked, 'unreadable-file', and 'usage' for standard input in AIRLOCK_PASSPHRASE_FILE.
 */
export async function passphrase(
  terminal: Terminal,
  file: string | undefined,
  question: string,
): Promise<Uint8Array> {
  const path = passphraseFile(terminal, file);
  if (path !== undefined) return secretLineBytes(terminal, path, 'passphrase');
  const answer = await terminal.askSecret(question);
  if (answer !== null && answer.length > 0) return answer;
  throw new CliError(
    'no-passphrase',
    'A passphrase is needed, and nobody can be asked for it here. Give it by --passphrase-file FILE (or - for standard input), or set AIRLOCK_PASSPHRASE_FILE.',
  );
}

/**
 * The file that the command line names, else the one that the environment names. The environment can't name
 * standard input: a command may read something else from there. Throws `CliError` 'usage'.
 */
function passphraseFile(terminal: Terminal, file: string | undefined): string | undefined {
  if (file !== undefined) return file;
  const named = terminal.env['AIRLOCK_PASSPHRASE_FILE'] || undefined;
  if (named !== '-') return named;
  throw new CliError(
    'usage',
    'AIRLOCK_PASSPHRASE_FILE names a file, and not standard input. For that, give --passphrase-file -.',
  );
}

/**
 * The passphrase of a key that is about to be made: from a file, or asked for twice. The caller wipes it.
 * Throws `CliError` 'no-passphrase', 'unreadable-file' and 'not-confirmed', and `HomeError`
 * 'weak-passphrase'.
 */
export async function newPassphrase(terminal: Terminal, file: string | undefined): Promise<Uint8Array> {
  const secret = await passphrase(
    terminal,
    file,
    `New passphrase (${MINIMUM_PASSPHRASE} characters or more): `,
  );
  try {
    refuseWeakPassphrase(secret);
    if (passphraseFile(terminal, file) !== undefined || (await isTypedAgain(terminal, secret))) return secret;
  } catch (error) {
    wipe(secret);
    throw error;
  }
  wipe(secret);
  throw new CliError('not-confirmed', 'The two passphrases differ, so no key was made. Try again.');
}

async function isTypedAgain(terminal: Terminal, secret: Uint8Array): Promise<boolean> {
  const again = await terminal.askSecret('The same again: ');
  const isSame = again !== null && equalBytes(again, secret);
  wipe(again ?? undefined);
  return isSame;
}
