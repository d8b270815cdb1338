import type { Command } from 'commander';
import { MINIMUM_PASSPHRASE, refuseWeakPassphrase } from '../../store/passphrase';
import { CliError } from './cli-error';
import { secretLine } from './input-file';
import type { Terminal } from './terminal';

/** Adds `--passphrase-file`. `ofWhat`: what the passphrase opens. */
export const withPassphrase = (command: Command, ofWhat: 'identity' | 'key' = 'identity'): Command =>
  command.option(
    '--passphrase-file <file>',
    `file with the passphrase of the ${ofWhat}; - is standard input`,
  );

/**
 * A passphrase from a file, or from whoever sits at the terminal. It is never an argument, for every process on the machine
 * could read it there. Throws `CliError` 'no-passphrase' where nobody can be asked, and 'unreadable-file'.
 */
export async function passphrase(
  terminal: Terminal,
  file: string | undefined,
  question: string,
): Promise<string> {
  if (file !== undefined) return secretLine(terminal, file, 'passphrase');
  const answer = await terminal.askSecret(question);
  if (answer !== null && answer !== '') return answer;
  throw new CliError(
    'no-passphrase',
    'A passphrase is needed, and nobody can be asked for it here. Give it by --passphrase-file FILE (or - for standard input).',
  );
}

/**
 * The passphrase of a key that is about to be made: from a file, or asked for twice. Throws `CliError` 'no-passphrase',
 * 'unreadable-file' and 'not-confirmed', and `HomeError` 'weak-passphrase'.
 */
export async function newPassphrase(terminal: Terminal, file: string | undefined): Promise<string> {
  const secret = await passphrase(
    terminal,
    file,
    `New passphrase (${MINIMUM_PASSPHRASE} characters or more): `,
  );
  refuseWeakPassphrase(secret);
  if (file !== undefined || (await terminal.askSecret('The same again: ')) === secret) return secret;
  throw new CliError('not-confirmed', 'The two passphrases differ, so no key was made. Try again.');
}
