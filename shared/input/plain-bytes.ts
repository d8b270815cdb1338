import { utf8 } from '@scure/base';
import { copySecret, newSecret, wipe } from '../bytes';

/**
 * Text that people have, as bytes in UTF-8 without a byte order mark: from UTF-8 with and without one, and
 * from UTF-16 as PowerShell and some editors write it. Null where it is no text. Always a copy, for secrets
 * too: whoever asked wipes it.
 */
export function plainBytes(file: Uint8Array): Uint8Array | null {
  const wide = wideOrder(file);
  if (wide !== null) return fromWide(file, wide);
  const body = startsWith(file, utf8Mark) ? file.subarray(utf8Mark.length) : file;
  return isUtf8(body) ? copySecret(body) : null;
}

/** The same as a string; for what is used as text anyway. Null where it is no text. */
export function plainText(file: Uint8Array): string | null {
  const bytes = plainBytes(file);
  if (bytes === null) return null;
  try {
    return utf8.encode(bytes);
  } finally {
    wipe(bytes);
  }
}

/** Whether the bytes may be OpenPGP's own: they are no text, and begin as its packets do. */
export const isPgpBinary = (file: Uint8Array): boolean => ((file[0] ?? 0) & 0x80) !== 0 && !hasTextMark(file);

/** Whether the bytes begin as a text does that carries a mark of its encoding. */
export const hasTextMark = (file: Uint8Array): boolean =>
  startsWith(file, utf8Mark) || wideOrder(file) !== null;

type Order = 'little' | 'big';

const utf8Mark: readonly number[] = [0xef, 0xbb, 0xbf];

const startsWith = (file: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => file[at] === byte);

/** Characters that are looked at where no mark says which way round UTF-16 is. */
const looked = 64;

/** The order of the bytes in UTF-16: by its mark, or as only ASCII text in UTF-16 has zeros. */
function wideOrder(file: Uint8Array): Order | null {
  if (file[0] === 0xff && file[1] === 0xfe) return 'little';
  if (file[0] === 0xfe && file[1] === 0xff) return 'big';
  if (file.length < 8 || file.length % 2 !== 0) return null;
  const head = file.subarray(0, 2 * looked);
  const isZero = (byte: number): boolean => byte === 0;
  const even = head.filter((_, at) => at % 2 === 0);
  const odd = head.filter((_, at) => at % 2 === 1);
  if (odd.every(isZero) && !even.some(isZero)) return 'little';
  if (even.every(isZero) && !odd.some(isZero)) return 'big';
  return null;
}

function fromWide(file: Uint8Array, order: Order): Uint8Array | null {
  if (file.length % 2 !== 0) return null;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const unit = (at: number): number => (at + 2 > file.length ? 0 : view.getUint16(at, order === 'little'));
  const longest = newSecret((file.length / 2) * 3);
  let length = 0;
  for (let at = 0; at < file.length; at += 2) {
    let code = unit(at);
    if (at === 0 && code === 0xfeff) continue;
    if (code >= 0xd800 && code < 0xdc00) {
      const low = unit(at + 2);
      if (low < 0xdc00 || low > 0xdfff) return null;
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      at += 2;
    } else if (code >= 0xdc00 && code < 0xe000) return null;
    length = writeUtf8(longest, length, code);
  }
  const text = copySecret(longest.subarray(0, length));
  wipe(longest);
  return text;
}

/** Writes a character, and returns where the next one goes. */
function writeUtf8(to: Uint8Array, at: number, code: number): number {
  const rest = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  const bytes =
    code < 0x80
      ? [code]
      : code < 0x800
        ? [0xc0 | (code >> 6), rest(0)]
        : code < 0x10000
          ? [0xe0 | (code >> 12), rest(6), rest(0)]
          : [0xf0 | (code >> 18), rest(12), rest(6), rest(0)];
  to.set(bytes, at);
  return at + bytes.length;
}

/** Whether the bytes are UTF-8 without control characters that no text has (RFC 3629). */
function isUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    if (first === 0) return false;
    const more =
      first < 0x80 ? 0 : first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
    if (more < 0 || at + more >= bytes.length) return false;
    for (let i = 1; i <= more; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return false;
    const second = bytes[at + 1] ?? 0;
    if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return false;
    if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return false;
    at += 1 + more;
  }
  return true;
}
