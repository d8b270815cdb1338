import { AirlockError } from '../../../shared/airlock-error';

export type RehearseErrorCode =
  | 'shares-file'
  | 'out-not-empty'
  | 'out-unusable'
  | 'too-many'
  | 'bad-option'
  /** The server makes another kind of token than is wanted. */
  | 'other-kind'
  /** A token of this kind is not for handing over. */
  | 'no-handoff'
  | 'not-verified'
  /** A step came to something else than it must. The sentence says which. */
  | 'step-failed'
  /** A signal, such as that of Ctrl-C, ended the rehearsal. */
  | 'interrupted'
  /** It failed, and an attempt or a token of it may be on the server still. */
  | 'left-behind';

/** Why a rehearsal can't be played as asked. */
export class RehearseError extends AirlockError<RehearseErrorCode> {}

/**
 * A step of a rehearsal that came to something else than it must. `what`: half a sentence, "the server …".
 */
export const stepFailed = (what: string): RehearseError =>
  new RehearseError(
    'step-failed',
    `The rehearsal stopped: ${what}. Something is wrong with the server, this machine or Airlock: keep what was printed, and find out before a real ceremony.`,
  );
