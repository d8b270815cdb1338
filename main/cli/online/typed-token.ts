import { wipe } from '../../../shared/bytes';
import { InputError } from '../../../shared/input/input-error';
import { tokenIn } from '../../../shared/input/token-text';
import { CliError } from '../parts/cli-error';
import { tokenInput } from '../parts/input-file';
import type { Terminal } from '../parts/terminal';

/** The words around a token that a person is asked for. */
export interface AskedToken {
  readonly question: string;
  /** Which ways there are to name it. */
  readonly oneWay: string;
  /** What was not done. */
  readonly undone: string;
}

/**
 * The token's ASCII characters, from its file, or typed without echo. The caller wipes them. Throws
 * `CliError` 'usage' where nobody is there to type it, 'no-answer' where what was typed can be no token, and
 * 'unreadable-file', and `InputError` 'not-a-token'.
 */
export async function typedToken(
  terminal: Terminal,
  file: string | undefined,
  { question, oneWay, undone }: AskedToken,
): Promise<Uint8Array> {
  if (file !== undefined) return tokenInput(terminal, file);
  const typed = await terminal.askSecret(question);
  if (typed === null || typed.length === 0) throw new CliError('usage', oneWay);
  try {
    return tokenIn(typed, 'What is typed');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new CliError(
      'no-answer',
      `What was typed is no token: it has spaces in it, or characters that no token has. ${undone} Type it again.`,
    );
  } finally {
    wipe(typed);
  }
}
