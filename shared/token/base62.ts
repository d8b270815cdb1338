import { type RandomSource, wipe } from '../bytes';
import { TokenError } from './token-error';

const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/**
 * The highest multiple of 62 in a byte: bytes from here on are thrown away, as `% 62` would favour the first
 * eight.
 */
const unbiasedLimit = 248;
/** 3 % of bytes are thrown away; a source that gives nothing else for so long is broken. */
const maxRounds = 64;

/** Whether the byte is an ASCII digit or letter. */
export const isBase62 = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);

/**
 * `length` ASCII digits and letters, each of the 62 equally likely.
 * Throws `TokenError` `random-source` if the source never gives a usable byte.
 */
export function randomBase62(length: number, random: RandomSource): Uint8Array {
  const result = new Uint8Array(length);
  let filled = 0;
  for (let round = 0; filled < length; round++) {
    if (round === maxRounds)
      throw new TokenError(
        'random-source',
        'This computer’s random source does not work, so no secret can be made here. Use another computer.',
      );
    const bytes = random(length - filled);
    for (const byte of bytes) {
      if (byte < unbiasedLimit && filled < length) result[filled++] = characters.charCodeAt(byte % 62);
    }
    wipe(bytes);
  }
  return result;
}
