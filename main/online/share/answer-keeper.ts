import type { OperatorAt } from '../../../shared/ceremony/operator';
import type { Journal } from '../../store/journal';
import { reasonOf, StoreError } from '../../store/store-error';
import { AttemptError } from '../attempt/attempt-error';
import type { RawAnswer } from '../server/client';
import type { AnswerFile } from './answer-file';
import type { ShareOutcome } from './outcome';
import { recordAnswer } from './record';
import { SubmitError } from './submit-error';

/**
 * The server's answer to a share, and whether this station's disk took it: the last one must not be lost
 * (docs/server-facts.md, "The last answer comes once").
 */
export class AnswerKeeper {
  private unkept: RawAnswer | null = null;
  /** What the disk said first: what comes after only follows from it. */
  private trouble: unknown = null;

  constructor(
    private readonly file: AnswerFile,
    private readonly journal: Journal,
    private readonly state: OperatorAt<'open'>,
    /** Digest of the share message. */
    private readonly share: string,
  ) {}

  /**
   * Puts it on the disk and its hash into the journal. Never throws: whatever the disk does, the answer has
   * come.
   */
  keep(answer: RawAnswer): void {
    try {
      this.file.keep(answer.body);
    } catch (error) {
      this.unkept = answer;
      this.trouble = error;
      this.tryToRecord(() =>
        this.journal.append('exception', {
          text: `The server's answer came, and could not be kept as a file (${reasonOf(error)}).`,
        }),
      );
      return;
    }
    this.tryToRecord(() => recordAnswer(this.journal, this.share, this.state.nonce, answer.body));
  }

  /**
   * Does what follows from the answer. Where the disk takes neither the answer nor the result, the answer
   * goes to the screen: it is nowhere else. Throws `SubmitError` 'answer-unrecorded', and what `settle`
   * throws.
   */
  async guard<T>(outcome: ShareOutcome, settle: () => Promise<T>): Promise<T> {
    try {
      return await settle();
    } catch (error) {
      if (outcome.kind === 'finished') throw this.lastResort(this.trouble ?? error);
      if (outcome.kind === 'lost' && this.unkept !== null && error instanceof AttemptError) {
        throw new AttemptError(
          error.code,
          `${error.message} What came in its place: ${shown(this.unkept.body)}`,
          error.typed,
        );
      }
      throw error;
    }
  }

  private lastResort(error: unknown): SubmitError {
    if (this.unkept === null) {
      const reason = error instanceof StoreError ? error.message : `The disk said ${reasonOf(error)}.`;
      return new SubmitError(
        'answer-unrecorded',
        `The attempt is finished, and the server's last answer is safe on this station's disk; only what follows could not be written. ${reason} Then let this station show the result again. Do not cancel, and do not start anew: a live root token exists.`,
        'The result is shown by airlock online submit, without a message.',
      );
    }
    const care =
      this.state.method === 'pgp'
        ? 'It is encrypted to the PGP key of the ceremony, so nobody else can read the token in it.'
        : 'Whoever also knows the one-time password can read the root token in it: let nobody photograph this screen, and clear it (and what it scrolls back to) when the officer has the value.';
    return new SubmitError(
      'answer-unrecorded',
      `The attempt is finished and a live root token exists, but this station's disk took neither the server's answer (${reasonOf(error)}) nor the result. The server gives that answer only once, so it stands here and nowhere else. Copy it before anything else, and carry the value of its encoded_token (or encoded_root_token) to the officer, who takes it in as a plain encoded token. ${care}\n\n${shown(this.unkept.body)}\n`,
    );
  }

  /** The journal that fails here fails again at the outcome, which is where that is said. */
  private tryToRecord(record: () => void): void {
    try {
      record();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.trouble ??= error;
    }
  }
}

/** Only what a server's JSON holds, so that nothing else reaches the terminal. */
const shown = (body: Uint8Array): string =>
  new TextDecoder()
    .decode(body)
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim();
