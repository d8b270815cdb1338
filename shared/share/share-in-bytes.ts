import { newSecret } from '../bytes';
import { longestShare, type Share, shareOfBytes, wholeKeyLength } from './share';

const base64Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** Of 32 and of 33 bytes alike. */
const base64Length = 44;

/**
 * A key share that was typed, as the server wrote it: 32 or 33 bytes in hex, or in padded base64. `text` is
 * ASCII, and the caller's to wipe; white space in it does not count. Nothing of it becomes a string, which
 * could not be overwritten. Null where it is anything else, and for what could be either (`parseShare` then
 * says what is wrong). `threshold` and errors as for `shareOfBytes`.
 */
export function shareInBytes(text: Uint8Array, threshold?: number): Share | null {
  let length = 0;
  let isHex = true;
  for (const byte of text) {
    if (isSpace(byte)) continue;
    length += 1;
    isHex &&= hexValue(byte) >= 0;
  }
  if (isHex && [2 * wholeKeyLength, 2 * longestShare].includes(length))
    return shareOfBytes(decode(text, length / 2, 4, hexValue), 'hex', threshold);
  if (isHex || length !== base64Length) return null;
  const bytes = base64Bytes(text);
  return bytes === null ? null : shareOfBytes(bytes, 'base64', threshold);
}

/** Space, tab and line ends. */
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

function hexValue(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const base64Value = (byte: number): number => base64Digits.indexOf(String.fromCharCode(byte));

const PADDING = 0x3d;

function base64Bytes(text: Uint8Array): Uint8Array | null {
  let seen = 0;
  let padded = false;
  let last = 0;
  for (const byte of text) {
    if (isSpace(byte)) continue;
    seen += 1;
    if (byte === PADDING && seen === base64Length) padded = true;
    else if (base64Value(byte) < 0) return null;
    else last = byte;
  }
  // Bits after the last byte have to be zeros.
  if (padded && (base64Value(last) & 3) !== 0) return null;
  return decode(text, padded ? wholeKeyLength : longestShare, 6, base64Value);
}

function decode(
  text: Uint8Array,
  length: number,
  bitsEach: number,
  valueIn: (byte: number) => number,
): Uint8Array {
  const bytes = newSecret(length);
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const byte of text) {
    const value = isSpace(byte) ? -1 : valueIn(byte);
    if (value < 0) continue;
    held = ((held << bitsEach) | value) & 0x3fff;
    bits += bitsEach;
    if (bits < 8) continue;
    bits -= 8;
    if (at < length) bytes[at++] = (held >> bits) & 0xff;
  }
  return bytes;
}
