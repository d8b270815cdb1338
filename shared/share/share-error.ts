import { AirlockError } from '../airlock-error';

/**
 * Why a text is no key share:
 * - `empty`: nothing was given
 * - `not-a-share`: it is something else of a ceremony: a token, a nonce
 * - `pgp-encrypted`: it is a share encrypted to a PGP key
 * - `alphabet`: a character that neither hex nor base64 has, or that cannot be where it is
 * - `length`: too short or too long, or not as long as a share for this threshold
 * - `ambiguous`: part of a share in hex, or a whole one in base64, and the threshold is not known
 * - `x-coordinate`: its last byte cannot be a share's
 * - `encoded-twice`: a share in base64 of its text
 * - `card-group`: groups of a typed share card that are wrong, missing, doubled or in another's place; the
 *   message says which
 * - `card-checksum`: each group fits by itself, but together they make no share
 * - `card-version`: a card of a form this version does not know
 */
export type ShareErrorCode =
  | 'empty'
  | 'not-a-share'
  | 'pgp-encrypted'
  | 'alphabet'
  | 'length'
  | 'ambiguous'
  | 'x-coordinate'
  | 'encoded-twice'
  | 'card-group'
  | 'card-checksum'
  | 'card-version';

/** A text that cannot be a key share. Never holds the text. */
export class ShareError extends AirlockError<ShareErrorCode> {}
