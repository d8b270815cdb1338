import { wordsIn } from '../../../shared/input/short-values';
import { CliError } from './cli-error';
import type { Terminal } from './terminal';

/**
 * Asks for a plain yes. `flag`: the option that says so beforehand. Throws `CliError` 'no-answer' where
 * nobody can be asked, and 'not-confirmed' on any other answer.
 */
export async function askYes(terminal: Terminal, question: string, flag: string): Promise<void> {
  const said = await terminal.ask(`${question} Type yes: `);
  if (said === null) {
    throw new CliError('no-answer', `${question} Nobody can be asked here. Say so with ${flag}.`);
  }
  if (said.trim().toLowerCase() === 'yes') return;
  throw new CliError('not-confirmed', 'That was no yes, so nothing was done.');
}

/**
 * Compares words that somebody reads out by voice. They aren't shown first: whoever copies them from this
 * screen has compared nothing. `given`: as the command line has them. Throws `CliError` 'no-answer' where
 * nobody can be asked, and 'not-confirmed' where they differ. Both sentences go on with `otherwise`.
 */
export async function askWords(
  terminal: Terminal,
  wanted: string,
  given: string | undefined,
  ask: { readonly question: string; readonly otherwise: string },
): Promise<void> {
  const heard = given ?? (await terminal.ask(ask.question));
  if (heard === null || heard.trim() === '') {
    throw new CliError(
      'no-answer',
      `The words must be compared by voice first. Give them as they are read out: --words "THE WORDS". ${ask.otherwise}`,
    );
  }
  if (wordsIn(heard) === wanted) return;
  throw new CliError(
    'not-confirmed',
    `The words don't match: another attempt is meant, or a word was misheard. Compare again before you go on. ${ask.otherwise}`,
  );
}
