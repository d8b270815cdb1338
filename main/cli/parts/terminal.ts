import { createInterface } from 'node:readline';
import { ReadStream } from 'node:tty';
import { wipe } from '../../../shared/bytes';
import { forTerminal } from '../../../shared/plain-text';
import { endedQuestion, interruptedQuestion, readHidden } from './secret-prompt';

/** Everything outside the program that a command may touch; tests put their own in its place. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  now(): Date;
  /** Standard output: results only. */
  print(text: string): void;
  /** Standard error: everything a person reads besides. */
  say(text: string): void;
  /** All of standard input. */
  readStdin(): Promise<Uint8Array>;
  /**
   * Asks a question of whoever sits there; null where nobody does. Throws `CliError` 'interrupted' at Ctrl-C,
   * and 'no-answer' at Ctrl-D.
   */
  ask(question: string): Promise<string | null>;
  /** The same without echo: UTF-8, for the caller to wipe. */
  askSecret(question: string): Promise<Uint8Array | null>;
  setExitCode(code: number): void;
}

/** The terminal that the process runs in. */
export const processTerminal: Terminal = {
  env: process.env,
  now: () => new Date(),
  print: (text) => void process.stdout.write(forTerminal(text)),
  say: (text) => void process.stderr.write(forTerminal(text)),
  readStdin: allOfStdin,
  ask: (question) => askOnTerminal(forTerminal(question)),
  askSecret: async (question) => {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
    process.stderr.write(forTerminal(question));
    return readHidden(process.stdin, (text) => process.stderr.write(text));
  },
  setExitCode: (code) => {
    process.exitCode = code;
  },
};

/**
 * All of standard input, without a copy of it left. It is waited for, and not read at one go, so that Ctrl-C
 * ends the program meanwhile. Questions may still be asked afterwards, where it is the terminal.
 */
async function allOfStdin(): Promise<Uint8Array> {
  const { isTTY } = process.stdin;
  if (isTTY)
    process.stderr.write('Reading what you type or paste here; it does not show. End it with Ctrl-D.\n');
  const chunks: Uint8Array[] = [];
  // A stream of its own: the terminal's other one can't be used again after its end.
  for await (const chunk of (isTTY ? new ReadStream(0) : process.stdin) as AsyncIterable<Uint8Array>)
    chunks.push(chunk);
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
    wipe(chunk);
  }
  return whole;
}

/**
 * The answer to a question, or null where nobody sits at a terminal. The question goes to standard error, so
 * that standard output holds only what the command prints.
 */
function askOnTerminal(question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: true });
    // A promise is settled once: the close that follows an answer or Ctrl-C changes nothing any more.
    const end = (settle: () => void): void => {
      settle();
      lines.close();
    };
    lines.on('SIGINT', () => end(() => reject(interruptedQuestion())));
    // What the terminal makes of a Ctrl-D that was typed before the question.
    const endsEarly = (_text: unknown, key: { readonly sequence?: string }): void => {
      if (key.sequence === '\u0000') lines.close();
    };
    process.stdin.on('keypress', endsEarly);
    lines.on('close', () => {
      process.stdin.off('keypress', endsEarly);
      reject(endedQuestion());
    });
    lines.question(question, (answer) => end(() => resolve(answer)));
  });
}
