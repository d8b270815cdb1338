import { AirlockError } from '../airlock-error';

/**
 * Why a text is no key share:
 * - `empty`: nothing was given
 * - `not-a-share`: it is something else of a ceremony: a token, a nonce
 * - `pgp-encrypted`: it is a share encrypted to a PGP key
 * - `alphabet`: a character that neither hex nor base64 has
 * - `length`: too short or too long, or not as long as a share for this threshold
 * - `ambiguous`: hex and base64 would both make a share of it
 * - `x-coordinate`: its last byte cannot be a share's
 */
export type ShareErrorCode =
  | 'empty'
  | 'not-a-share'
  | 'pgp-encrypted'
  | 'alphabet'
  | 'length'
  | 'ambiguous'
  | 'x-coordinate';

/** A text that cannot be a key share. Never holds the text. */
export class ShareError extends AirlockError<ShareErrorCode> {}
