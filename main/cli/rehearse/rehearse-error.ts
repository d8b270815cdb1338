import { AirlockError } from '../../../shared/airlock-error';

export type RehearseErrorCode = 'shares-file' | 'out-not-empty' | 'too-many' | 'bad-option' | 'not-verified';

/** Why a rehearsal can't be played as asked. */
export class RehearseError extends AirlockError<RehearseErrorCode> {}
