import { asciiText, fromBase64, fromBase64NoPad, toBase64, toBase64NoPad, wipe } from '../bytes';
import type { Otp } from './otp';
import { parseRootToken, type RootToken } from './root-token';
import { TokenError } from './token-error';
import type { TokenKind } from './token-kind';
import { formatUuid, parseUuid } from './uuid';

/**
 * Lengths of tokens that servers are known to make: one of these, decoded whole, points at the wrong OTP
 * instead.
 */
const knownLengths: readonly number[] = [24, 26, 28, 33, 35];
const uuidBytes = 16;

function xor(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((byte, i) => byte ^ (b[i] ?? 0));
}

/** The 16 bytes that a UUID-era one-time password stands for. Wipe them. */
const uuidPad = (otp: Otp): Uint8Array => fromBase64(asciiText(otp.characters));

/**
 * What a server answers as `encoded_token`: base64 of token XOR one-time password, unpadded; in the UUID era
 * padded, of the UUID's 16 bytes. `token` is ASCII as in `RootToken`. Throws `TokenError` `otp-length` if the
 * lengths differ, `alphabet` if a UUID is needed and `token` is none.
 */
export function encodeToken(token: Uint8Array, otp: Otp): string {
  if (otp.otpLength === 0) {
    const bytes = parseUuid(token);
    if (bytes === null)
      throw new TokenError('alphabet', 'Only a UUID can be encoded with a password of the UUID age.');
    const pad = uuidPad(otp);
    const encoded = toBase64(xor(bytes, pad));
    wipe(bytes, pad);
    return encoded;
  }
  if (token.length !== otp.characters.length)
    throw new TokenError('otp-length', 'Token and one-time password differ in length.');
  return toBase64NoPad(xor(token, otp.characters));
}

function refuseCharacters(text: string): void {
  const at = text.search(/[^A-Za-z0-9+/=]/);
  if (at < 0) return;
  throw new TokenError(
    'not-base64',
    `Character ${at + 1} of the encoded token cannot be there: it is made of letters, digits, “+” and “/” only. Copy it again, without line breaks.`,
  );
}

/** Characters of base64 without padding, for a token of so many. */
const unpaddedLength = (bytes: number): number => Math.ceil((bytes * 4) / 3);

function refuseLength(text: string, otpLength: number): void {
  const expected = unpaddedLength(otpLength);
  const found = text.length;
  if (found === expected) return;
  if (knownLengths.some((length) => length !== otpLength && unpaddedLength(length) === found))
    throw new TokenError(
      'otp-length',
      `The one-time password has ${otpLength} characters, but the encoded token is for one of ${Math.floor((found * 3) / 4)}. They belong to different attempts, or the password was not copied whole.`,
    );
  if (found < expected)
    throw new TokenError(
      'truncated',
      `The encoded token is cut off: it has ${found} characters of ${expected}. Copy it again, whole. If it is whole, the one-time password is not its own.`,
    );
  throw new TokenError(
    'length',
    found > 200
      ? 'That is far too long for this way of encoding. It looks like an answer that is encrypted to a PGP key: open it with that key instead.'
      : `The encoded token is too long: ${found} characters instead of ${expected}. Copy it again. If it is right, the one-time password is not its own.`,
  );
}

function uuidEraBytes(text: string): Uint8Array {
  const whole = 24;
  if (text.length < whole && !text.includes('=')) {
    const unpadded = unpaddedLength(uuidBytes);
    throw text.length === unpadded
      ? new TokenError('not-padded', 'The encoded token lacks the “==” at its end. Copy it again, whole.')
      : new TokenError(
          'truncated',
          `The encoded token is cut off: it has ${text.length} characters of ${whole}. Copy it again, whole.`,
        );
  }
  let bytes: Uint8Array;
  try {
    bytes = fromBase64(text);
  } catch {
    if (text.length < whole)
      throw new TokenError(
        'truncated',
        `The encoded token is cut off: it has ${text.length} characters of ${whole}. Copy it again, whole.`,
      );
    throw new TokenError(
      'not-base64',
      'The encoded token is not base64: its end does not fit. Copy it again, whole.',
    );
  }
  if (bytes.length !== uuidBytes)
    throw bytes.length < uuidBytes
      ? new TokenError(
          'truncated',
          `The encoded token holds ${bytes.length} bytes of ${uuidBytes}. Copy it again, whole.`,
        )
      : new TokenError(
          'length',
          `The encoded token holds ${bytes.length} bytes, and one of this server’s age holds ${uuidBytes}. It belongs to another server or attempt.`,
        );
  return bytes;
}

function decodeUuid(text: string, otp: Otp): Uint8Array {
  const bytes = uuidEraBytes(text);
  const pad = uuidPad(otp);
  const plain = xor(bytes, pad);
  const token = formatUuid(plain);
  wipe(pad, plain);
  return token;
}

function base62EraBytes(text: string, otpLength: number): Uint8Array {
  if (text.includes('='))
    throw new TokenError(
      'padded',
      'The encoded token has “=” in it, and servers of this age never write one. It was changed on its way, or is of another kind: copy it again from the server’s own answer.',
    );
  refuseLength(text, otpLength);
  try {
    return fromBase64NoPad(text);
  } catch {
    throw new TokenError(
      'not-base64',
      'The encoded token is not base64: its last character cannot be an end. Copy it again, whole.',
    );
  }
}

function characters(encoded: string): string {
  const text = encoded.trim();
  if (text === '')
    throw new TokenError(
      'empty',
      'There is no encoded token. Enter what the server answered to the last share.',
    );
  refuseCharacters(text);
  return text;
}

/**
 * Checks that `encoded` has the form of a server's `encoded_token` for an attempt with a one-time password of
 * `otpLength` characters (0: the UUID era). Throws `TokenError` as `decodeToken` does, but for what only the
 * one-time password can tell.
 */
export function checkEncodedToken(encoded: string, otpLength: number): void {
  const text = characters(encoded);
  if (otpLength === 0) uuidEraBytes(text);
  else base62EraBytes(text, otpLength);
}

/**
 * The root token in `encoded`, a server's `encoded_token` for an attempt with a one-time password; white
 * space around it is dropped. A result that is no plausible token is never returned: `TokenError` names what
 * did not fit (`empty`, `not-base64`, `padded`, `not-padded`, `truncated`, `length`, `otp-length`; `prefix`
 * or `alphabet` for a wrong one-time password). In the UUID era a wrong one-time password cannot be noticed:
 * see `uuidTokenCaveat`. `wanted`: as `parseRootToken` takes it.
 */
export function decodeToken(encoded: string, otp: Otp, wanted: TokenKind | 'any' = 'root'): RootToken {
  const text = characters(encoded);
  const bytes =
    otp.otpLength === 0
      ? decodeUuid(text, otp)
      : xor(base62EraBytes(text, otp.characters.length), otp.characters);
  try {
    return parseRootToken(bytes, otp.otpLength, wanted);
  } catch (error) {
    wipe(bytes);
    throw error;
  }
}
