import { crc32 } from './crc32';
import { FountainSolver } from './fountain-solver';
import { fragmentsOf } from './fragment-choice';
import { QrError, type QrErrorCode } from './qr-error';
import { parseUr, sequenceKey, type UrPart } from './ur-part';
import { airlockType } from './ur-type';

/** What the text of one code did. */
export type Received =
  | {
      readonly status: 'complete';
      readonly type: string;
      /** The message whole. Its signature is not checked here. */
      readonly bytes: Uint8Array;
      /** False when the same message was complete before: its codes go on being shown. */
      readonly fresh: boolean;
    }
  | {
      readonly status: 'part';
      /** Independent parts in; complete at `of`. */
      readonly have: number;
      readonly of: number;
      /** Which fragments are known on their own, in order: for a part map. */
      readonly seen: readonly boolean[];
      /** False for a part that says nothing new. */
      readonly fresh: boolean;
      /** Only parts of this other message have come for a while: from here on it is the one being read. */
      readonly switched: boolean;
    }
  | { readonly status: 'refused'; readonly code: QrErrorCode; readonly message: string };

interface Sequence {
  readonly key: string;
  readonly type: string;
  readonly part: Pick<UrPart, 'fragmentCount' | 'messageLength' | 'checksum'>;
  readonly solver: FountainSolver;
  done: Uint8Array | null;
}

/** Parts of another message in a row, until it is the one being read. */
const partsUntilSwitch = 6;
/** Messages whose parts are kept side by side, the one being read among them. */
const keptSequences = 3;

/**
 * Puts codes together, in whatever order, number and company they come.
 *
 * Parts of different messages are kept apart by type, checksum, length and count, so that a foreign code
 * costs nothing that was read before; memory is bounded by three messages of 64 KiB. Never throws.
 */
export class UrReader {
  private current: Sequence | null = null;
  /** Most recently fed first. */
  private kept: Sequence[] = [];
  private foreignInARow = 0;
  private lastWhole: Uint8Array | null = null;
  private readonly types: readonly string[] | null;

  /** `types`: UR types taken, lower-case; `'any'` takes all. */
  constructor(types: readonly string[] | 'any' = [airlockType]) {
    this.types = types === 'any' ? null : types;
  }

  /** Takes in the text of one code, or a pasted UR. */
  receive(text: string): Received {
    try {
      const ur = parseUr(text);
      if (this.types && !this.types.includes(ur.type)) {
        throw new QrError(
          'other-type',
          `This code is a UR of type “${ur.type}”, made by another program. Show the code from the other station.`,
        );
      }
      return ur.kind === 'whole' ? this.receiveWhole(ur.type, ur.bytes) : this.receivePart(ur.type, ur.part);
    } catch (error) {
      if (error instanceof QrError) return { status: 'refused', code: error.code, message: error.message };
      throw error;
    }
  }

  /** How far the message being read is, or the last one that isn't whole; null where there is none. */
  get progress(): { readonly have: number; readonly of: number; readonly seen: readonly boolean[] } | null {
    const reading = this.current?.done === null ? this.current : this.kept.find(({ done }) => done === null);
    if (!reading) return null;
    const { solver, part } = reading;
    return { have: solver.rank, of: part.fragmentCount, seen: solver.solved };
  }

  /** Forgets everything read. */
  reset(): void {
    this.current = null;
    this.kept = [];
    this.foreignInARow = 0;
    this.lastWhole = null;
  }

  private receiveWhole(type: string, bytes: Uint8Array): Received {
    const fresh = this.lastWhole === null || !sameBytes(this.lastWhole, bytes);
    this.lastWhole = bytes;
    return { status: 'complete', type, bytes, fresh };
  }

  private receivePart(type: string, part: UrPart): Received {
    const sequence = this.sequenceOf(type, part);
    const before = this.current;
    if (before && before.key !== sequence.key && !before.done) {
      const absorbed = this.feed(sequence, part);
      this.foreignInARow++;
      if (!sequence.done && this.foreignInARow < partsUntilSwitch) {
        throw new QrError(
          'other-sequence',
          `This part belongs to another message. The ${before.solver.rank} of ${before.part.fragmentCount} parts already read are kept: show the first message again, or hold on to this one to read it instead.`,
        );
      }
      this.current = sequence;
      this.foreignInARow = 0;
      return this.report(sequence, absorbed, true);
    }
    this.foreignInARow = 0;
    this.current = sequence;
    return this.report(sequence, this.feed(sequence, part), false);
  }

  private report(sequence: Sequence, fresh: boolean, switched: boolean): Received {
    const { solver, part, done, type } = sequence;
    if (done) return { status: 'complete', type, bytes: done.slice(), fresh };
    return {
      status: 'part',
      have: solver.rank,
      of: part.fragmentCount,
      seen: solver.solved,
      fresh,
      switched,
    };
  }

  /** Whether the part brought anything. Throws `QrError` `corrupt`, and forgets the sequence then. */
  private feed(sequence: Sequence, part: UrPart): boolean {
    if (sequence.done) return false;
    const absorbed = sequence.solver.absorb(fragmentsOf(part), part.data);
    if (absorbed === 'contradiction') throw this.corrupt(sequence);
    if (!sequence.solver.complete) return absorbed === 'fresh';
    const message = sequence.solver.message(part.messageLength);
    if (crc32(message) !== part.checksum) throw this.corrupt(sequence);
    sequence.done = message;
    return true;
  }

  private corrupt(sequence: Sequence): QrError {
    this.kept = this.kept.filter((other) => other !== sequence);
    if (this.current === sequence) this.current = null;
    return new QrError(
      'corrupt',
      'The parts read do not fit together: one of them is false. They are dropped; scan the moving code again from any point.',
    );
  }

  private sequenceOf(type: string, part: UrPart): Sequence {
    const { fragmentCount, messageLength, checksum, data } = part;
    const key = sequenceKey(type, part);
    const found = this.kept.find((sequence) => sequence.key === key);
    const sequence = found ?? {
      key,
      type,
      part: { fragmentCount, messageLength, checksum },
      solver: new FountainSolver(fragmentCount, data.length),
      done: null,
    };
    const others = this.kept.filter((other) => other !== sequence);
    // The message being read is never the one that makes room.
    const spare = others.filter((other) => other !== this.current).slice(0, keptSequences - 2);
    this.kept = [sequence, ...others.filter((other) => other === this.current || spare.includes(other))];
    return sequence;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
