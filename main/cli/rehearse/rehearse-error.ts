import { AirlockError } from '../../../shared/airlock-error';

export type RehearseErrorCode =
  | 'shares-file'
  | 'out-not-empty'
  | 'out-unusable'
  | 'too-many'
  | 'bad-option'
  | 'not-verified'
  /** By a signal. */
  | 'interrupted'
  /** It failed, and an attempt or a token of it may be on the server still. */
  | 'left-behind';

/** Why a rehearsal can't be played as asked. */
export class RehearseError extends AirlockError<RehearseErrorCode> {}
