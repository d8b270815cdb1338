import { copySecret, wipe } from '../../../shared/bytes';

const ENTER: ReadonlySet<number> = new Set([0x0a, 0x0d]);
/** Ctrl-C and Ctrl-D. */
const END: ReadonlySet<number> = new Set([0x03, 0x04]);
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

  /** A byte that was typed; 'done' and 'given-up' end the question. */
  take(byte: number): 'more' | 'done' | 'given-up' {
    if (ENTER.has(byte)) return 'done';
    if (END.has(byte)) return 'given-up';
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

/** What somebody types at the terminal, in UTF-8 and for the caller to wipe; null where they give up. */
export function readHidden(
  input: NodeJS.ReadStream,
  say: (text: string) => void,
): Promise<Uint8Array | null> {
  const typed = new TypedSecret();
  input.setRawMode(true);
  return new Promise((resolve) => {
    const finish = (answer: Uint8Array | null): void => {
      input.off('data', take);
      input.off('end', giveUp);
      input.setRawMode(false);
      input.pause();
      say('\n');
      resolve(answer);
    };
    const giveUp = (): void => {
      wipe(typed.end());
      finish(null);
    };
    const take = (chunk: Buffer): void => {
      for (const [at, byte] of chunk.entries()) {
        // An arrow key or the like: the rest of what came with it.
        if (byte === ESCAPE) break;
        const next = typed.take(byte);
        if (next === 'more') continue;
        const rest = Buffer.from(chunk.subarray(at + 1));
        wipe(chunk);
        if (next === 'done') finish(typed.end());
        else giveUp();
        if (rest.length > 0) input.unshift(rest);
        return;
      }
      wipe(chunk);
    };
    input.on('data', take);
    input.once('end', giveUp);
    input.resume();
  });
}
