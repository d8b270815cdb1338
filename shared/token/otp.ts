import { asciiBytes, fromBase64, type RandomSource, toBase64, wipe } from '../bytes';
import { isBase62, randomBase62 } from './base62';
import { TokenError } from './token-error';

declare const brand: unique symbol;

/** A one-time password: the server hides the root token by XOR with it. Wipe `characters` after use. */
export interface Otp {
  /** ASCII, as the server is told: base62, or in the UUID era the padded base64 of 16 bytes. */
  readonly characters: Uint8Array;
  /** What the server calls `otp_length`; 0 in the UUID era, where it names none. */
  readonly otpLength: number;
  readonly [brand]: 'Otp';
}

const uuidBytes = 16;
const uuidOtpCharacters = 24;

const otp = (characters: Uint8Array, otpLength: number): Otp => ({ characters, otpLength }) as Otp;

function checkOtpLength(otpLength: number): void {
  if (Number.isInteger(otpLength) && otpLength >= 0 && otpLength <= 255) return;
  throw new TokenError(
    'otp-length',
    'The length that the server names for one-time passwords is not a whole number from 0 to 255, so none can be made for it. Check the server’s address and version.',
  );
}

/**
 * A new one-time password of as many base62 characters as the server's `otp_length` says
 * (docs/server-facts.md, "OTP length"), without modulo bias; for 0 the base64 of 16 random bytes. Throws
 * `TokenError` `otp-length` for another number than 0 to 255, `random-source` if `random` is broken.
 */
export function generateOtp(otpLength: number, random: RandomSource): Otp {
  checkOtpLength(otpLength);
  if (otpLength > 0) return otp(randomBase62(otpLength, random), otpLength);
  const bytes = random(uuidBytes);
  try {
    if (bytes.length !== uuidBytes || bytes.every((byte) => byte === bytes[0]))
      throw new TokenError(
        'random-source',
        'This computer’s random source does not work, so no secret can be made here. Use another computer.',
      );
    return otp(asciiBytes(toBase64(bytes)), 0);
  } finally {
    wipe(bytes);
  }
}

function parseUuidOtp(text: string): Otp {
  let bytes: Uint8Array | undefined;
  try {
    bytes = fromBase64(text);
  } catch {
    throw new TokenError(
      'otp-length',
      `The one-time password does not fit: this server is so old that it wants base64 of 16 bytes (${uuidOtpCharacters} characters, the last two “==”). Check that it belongs to this attempt and was copied whole.`,
    );
  }
  const { length } = bytes;
  wipe(bytes);
  if (length === uuidBytes) return otp(asciiBytes(text), 0);
  throw new TokenError(
    'otp-length',
    `The one-time password holds ${length} bytes and must hold ${uuidBytes}. Check that it belongs to this attempt and was copied whole.`,
  );
}

/**
 * The one-time password that was typed or pasted; white space around it is dropped. `otpLength` is what the
 * server named for the attempt. Without it, 24 characters that end in `==` are of the UUID era (base62 has no
 * `=`), and all else counts by its length. Throws `TokenError`: `empty`, `otp-length`, `alphabet`.
 */
export function parseOtp(text: string, otpLength?: number): Otp {
  if (otpLength !== undefined) checkOtpLength(otpLength);
  const trimmed = text.trim();
  if (trimmed === '')
    throw new TokenError(
      'empty',
      'There is no one-time password. Enter the one that this attempt began with.',
    );
  if (otpLength === 0 || (otpLength === undefined && trimmed.endsWith('='))) return parseUuidOtp(trimmed);
  if (otpLength !== undefined && trimmed.length !== otpLength)
    throw new TokenError(
      'otp-length',
      `The one-time password has ${trimmed.length} characters, and the server asks for ${otpLength}. Check that it belongs to this attempt and was copied whole.`,
    );
  for (let i = 0; i < trimmed.length; i++) {
    if (!isBase62(trimmed.charCodeAt(i)))
      throw new TokenError(
        'alphabet',
        `Character ${i + 1} of the one-time password is neither a digit nor a letter from A to Z. Check it against the original.`,
      );
  }
  if (trimmed.length > 255)
    throw new TokenError(
      'otp-length',
      'That is far too long for a one-time password. Check what was pasted.',
    );
  return otp(asciiBytes(trimmed), trimmed.length);
}
