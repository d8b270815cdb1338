import { AirlockError } from '../../shared/airlock-error';

export type RehearsalErrorCode = 'bad-listen' | 'bad-shares' | 'bad-token-format' | 'cannot-listen';

/** The rehearsal server cannot start as asked. */
export class RehearsalError extends AirlockError<RehearsalErrorCode> {}
