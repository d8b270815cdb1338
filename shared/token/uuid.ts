import { asciiBytes, toHex } from '../bytes';

/** Characters of a UUID's text. */
export const uuidLength = 36;

/**
 * The text of 16 bytes as a UUID, in ASCII: lower-case hex in groups of 8-4-4-4-12. Version bits are left as
 * they are.
 */
export function formatUuid(bytes: Uint8Array): Uint8Array {
  return asciiBytes(toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
}

const hexValue = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57;
  return -1;
};

/** The 16 bytes of a UUID in ASCII, lower-case, as servers write them; `null` if it is none. */
export function parseUuid(text: Uint8Array): Uint8Array | null {
  if (text.length !== uuidLength) return null;
  const bytes = new Uint8Array(16);
  let digits = 0;
  for (const [i, byte] of text.entries()) {
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (byte !== 0x2d) return null;
      continue;
    }
    const value = hexValue(byte);
    if (value < 0) return null;
    bytes[digits >> 1] = ((bytes[digits >> 1] ?? 0) << 4) | value;
    digits++;
  }
  return bytes;
}
