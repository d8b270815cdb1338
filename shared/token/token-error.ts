import { AirlockError } from '../airlock-error';

/**
 * What did not fit when a token or one-time password was read:
 * - `empty`: nothing was given
 * - `otp-length`: the one-time password has another length than its attempt asks for
 * - `alphabet`: a character that cannot be there; after decoding, nearly always a wrong one-time password
 * - `prefix`: the token does not begin as a root token of its length begins
 * - `length`: too long, or no token has this length
 * - `truncated`: the end is missing
 * - `padded`: `=` at the end, where this era has none
 * - `not-padded`: no `=` at the end, where the UUID era has two
 * - `not-base64`: a character, or an ending, that base64 does not have
 * - `random-source`: the system's random source gives nothing usable
 */
export type TokenErrorCode =
  | 'empty'
  | 'otp-length'
  | 'alphabet'
  | 'prefix'
  | 'length'
  | 'truncated'
  | 'padded'
  | 'not-padded'
  | 'not-base64'
  | 'random-source';

/** A token or one-time password that cannot be what it should be. */
export class TokenError extends AirlockError<TokenErrorCode> {}
