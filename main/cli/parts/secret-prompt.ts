import { copySecret, wipe } from '../../../shared/bytes';
import { CliError } from './cli-error';

const ENTER: ReadonlySet<number> = new Set([0x0a, 0x0d]);
const CTRL_C = 0x03;
/** Ctrl-D, and what the terminal makes of one that was typed before the question. */
const ENDS: ReadonlySet<number> = new Set([0x04, 0x00]);
const ERASE: ReadonlySet<number> = new Set([0x08, 0x7f]);
const ERASE_ALL = 0x15;
const ESCAPE = 0x1b;
const LONGEST = 4096;

/**
 * What is typed without echo, byte by byte: a string of it would stay in memory, and Node's readline makes
 * one a keystroke.
 */
class TypedSecret {
  private readonly bytes = new Uint8Array(LONGEST);
  private length = 0;

  /** A byte that was typed; all but 'more' ends the question. */
  take(byte: number): 'more' | 'done' | 'interrupted' | 'ended' {
    if (ENTER.has(byte)) return 'done';
    if (byte === CTRL_C) return 'interrupted';
    if (ENDS.has(byte)) return 'ended';
    if (ERASE.has(byte)) this.erase();
    else if (byte === ERASE_ALL) this.clear();
    else if (byte >= 0x20 && this.length < LONGEST) this.bytes[this.length++] = byte;
    return 'more';
  }

  /** The bytes, for the caller to wipe; nothing is left here. */
  end(): Uint8Array {
    const typed = copySecret(this.bytes.subarray(0, this.length));
    this.clear();
    return typed;
  }

  /** One character of UTF-8: its first byte, and those that continue it. */
  private erase(): void {
    while (this.length > 0) {
      const byte = this.bytes[--this.length] ?? 0;
      this.bytes[this.length] = 0;
      if ((byte & 0xc0) !== 0x80) return;
    }
  }

  private clear(): void {
    wipe(this.bytes);
    this.length = 0;
  }
}

/** What to say where Ctrl-C answers a question. */
export const interruptedQuestion = (): CliError =>
  new CliError('interrupted', 'Stopped by Ctrl-C at a question. What was recorded so far is kept.');

/** What to say where Ctrl-D answers a question, or the terminal goes away. */
export const endedQuestion = (): CliError =>
  new CliError(
    'no-answer',
    'The question was ended without an answer (Ctrl-D), so nothing was done with it. Give the command again.',
  );

/**
 * What somebody types at the terminal, in UTF-8 and for the caller to wipe. Throws `CliError` 'interrupted'
 * at Ctrl-C, and 'no-answer' at Ctrl-D or where the terminal goes away.
 */
export function readHidden(input: NodeJS.ReadStream, say: (text: string) => void): Promise<Uint8Array> {
  const typed = new TypedSecret();
  input.setRawMode(true);
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      input.off('data', take);
      input.off('end', ended);
      input.setRawMode(false);
      input.pause();
      say('\n');
    };
    const giveUp = (error: CliError): void => {
      wipe(typed.end());
      stop();
      reject(error);
    };
    const ended = (): void => giveUp(endedQuestion());
    const take = (chunk: Buffer): void => {
      for (const [at, byte] of chunk.entries()) {
        // An arrow key or the like: the rest of what came with it.
        if (byte === ESCAPE) break;
        const next = typed.take(byte);
        if (next === 'more') continue;
        const rest = Buffer.from(chunk.subarray(at + 1));
        wipe(chunk);
        if (next === 'interrupted') giveUp(interruptedQuestion());
        else if (next === 'ended') giveUp(endedQuestion());
        else {
          stop();
          resolve(typed.end());
        }
        if (rest.length > 0) input.unshift(rest);
        return;
      }
      wipe(chunk);
    };
    input.on('data', take);
    input.once('end', ended);
    input.resume();
  });
}
