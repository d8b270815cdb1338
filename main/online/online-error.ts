import { AirlockError } from '../../shared/airlock-error';

/**
 * What went wrong at the online station: a sentence for the operator, without any secret. Each room has a
 * class of its own with a closed set of codes; this one is for whoever has to catch them all.
 */
export abstract class OnlineError<Code extends string = string> extends AirlockError<Code> {}
