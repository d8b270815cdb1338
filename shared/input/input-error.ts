import { AirlockError } from '../airlock-error';

/**
 * Why nothing was taken out of a text:
 * - `not-text`: the bytes are no text
 * - `several-values`: it holds several values of the kind that was asked for, and one is wanted
 * - `shares-in-clear`: key shares lie in it in the clear that nobody asked for
 * - `token-in-clear`: a token lies in it in the clear
 * - `not-a-token`: it has not the form of a token, and is sent to no server
 */
export type InputErrorCode =
  | 'not-text'
  | 'several-values'
  | 'shares-in-clear'
  | 'token-in-clear'
  | 'not-a-token';

/** A text that people have, in which there is not the one value that was asked for. Never holds the text. */
export class InputError extends AirlockError<InputErrorCode> {}
