import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';

type Environment = Readonly<Record<string, string | undefined>>;

/** What can be done where the output goes. */
export interface Look {
  /** Whether there is a terminal at all. */
  readonly isTerminal: boolean;
  /** Whether colours may be used. */
  readonly hasColour: boolean;
  /** Whether what was drawn can be cleared and drawn over. */
  readonly canClear: boolean;
}

/** Variables that take colours away, when they are set to anything: no-color.org, and the servers' own. */
export const colourVariables = ['NO_COLOR', 'VAULT_CLI_NO_COLOR', 'BAO_CLI_NO_COLOR'] as const;

/** Colours are for a terminal that has them, and for people who haven't said that they want none. */
export function lookOf(output: { readonly isTTY?: boolean }, env: Environment): Look {
  const isTerminal = output.isTTY === true;
  const canClear = isTerminal && env['TERM'] !== 'dumb';
  return { isTerminal, canClear, hasColour: canClear && colourVariables.every((name) => !env[name]) };
}

/**
 * Enters the terminal's other screen, which no scroll-back keeps, and returns what leaves it again. However
 * the process ends, the screen is left. `enter`, `leave`: what is written for it.
 */
export function onOtherScreen(write: (text: string) => void, enter: string, leave: string): () => void {
  const left = (): void => {
    process.removeListener('exit', left);
    write(leave);
  };
  process.once('exit', left);
  write(enter);
  return left;
}

/** The keyboard of the terminal, also where standard input is something else; null where there is none. */
export function keyboard(): ReadStream | null {
  if (process.stdin.isTTY) return process.stdin;
  try {
    return new ReadStream(openSync('/dev/tty', 'r'));
  } catch {
    return null;
  }
}
