import { base64, base64nopad, hex } from '@scure/base';

/**
 * Fills and returns `length` bytes from the system's random source. Passed in, so that `shared/` has no I/O.
 */
export type RandomSource = (length: number) => Uint8Array;

/** Lower-case hex of the bytes. */
export const toHex = (bytes: Uint8Array): string => hex.encode(bytes);

/** Bytes of a hex string of either case. Throws `Error` on an odd length or another character. */
export const fromHex = (text: string): Uint8Array => hex.decode(text.toLowerCase());

/** Padded standard base64. */
export const toBase64 = (bytes: Uint8Array): string => base64.encode(bytes);

/** Bytes of padded standard base64, strictly: no white space, canonical padding. Throws `Error` otherwise. */
export const fromBase64 = (text: string): Uint8Array => base64.decode(text);

/** Unpadded standard base64. */
export const toBase64NoPad = (bytes: Uint8Array): string => base64nopad.encode(bytes);

/** Bytes of unpadded standard base64, strictly. Throws `Error` otherwise. */
export const fromBase64NoPad = (text: string): Uint8Array => base64nopad.decode(text);

/** Overwrites the arrays with zeros: call it as soon as a secret has served. */
export function wipe(...arrays: readonly (Uint8Array | undefined)[]): void {
  for (const array of arrays) array?.fill(0);
}

/**
 * A copy of a secret that can be wiped for good. An array of 64 bytes or fewer that is made in any other way
 * lies in the engine's own heap: the garbage collector moves it about, and leaves the bytes behind where it
 * lay.
 */
export function copySecret(secret: Uint8Array): Uint8Array {
  const copy = newSecret(secret.length);
  copy.set(secret);
  return copy;
}

/** Zeros, for a secret of so many bytes to be written into: see `copySecret`. */
export const newSecret = (length: number): Uint8Array => new Uint8Array(new ArrayBuffer(length));

/** Whether both arrays hold the same bytes; takes the same time wherever they differ. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}

/** Bytes of an ASCII string, without leaving a copy elsewhere. Throws `RangeError` on any other character. */
export function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0x7f) throw new RangeError('not ASCII');
    bytes[i] = code;
  }
  return bytes;
}

/** The ASCII string of the bytes. Throws `RangeError` on a byte over 0x7f. */
export function asciiText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    if (byte > 0x7f) throw new RangeError('not ASCII');
    text += String.fromCharCode(byte);
  }
  return text;
}
