import { AirlockError } from '../airlock-error';

export type TranscriptErrorCode =
  /** A line is not a journal line in its one canonical form. */
  | 'bad-line'
  /** A line's number or `prev` does not continue the chain. */
  | 'broken-chain'
  /** The file does not end with a whole line. */
  | 'torn-line'
  | 'empty'
  /** An event whose data is not what that event records. */
  | 'bad-event'
  | 'bad-checkpoint';

/**
 * A journal or checkpoint that is not what its station wrote. `line` counts from 1; null: not about a line.
 */
export class TranscriptError extends AirlockError<TranscriptErrorCode> {
  readonly line: number | null;

  constructor(code: TranscriptErrorCode, message: string, line: number | null = null) {
    super(code, message);
    this.line = line;
  }
}
