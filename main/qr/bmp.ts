import type { Luma } from '../../shared/qr/luma';
import { unreadable } from '../../shared/qr/qr-error';

interface Header {
  readonly width: number;
  /** Negative where the rows stand from the top down. */
  readonly rows: number;
  readonly bits: number;
  readonly compression: number;
  /** Bytes of a palette's entry. */
  readonly entry: number;
}

/**
 * The usual header, or that of OS/2, which some tools still write: shorter fields, and no fourth byte a
 * colour.
 */
function headerOf(view: DataView): Header {
  if (view.getUint32(14, true) === 12)
    return {
      width: view.getUint16(18, true),
      rows: view.getUint16(20, true),
      bits: view.getUint16(24, true),
      compression: 0,
      entry: 3,
    };
  return {
    width: view.getInt32(18, true),
    rows: view.getInt32(22, true),
    bits: view.getUint16(28, true),
    compression: view.getUint32(30, true),
    entry: 4,
  };
}

const viewOf = (file: Uint8Array): DataView => new DataView(file.buffer, file.byteOffset, file.byteLength);

const depths: readonly number[] = [1, 4, 8, 16, 24, 32];
const uncompressed = 0;
const withMasks = 3;

/**
 * The grey pixels of an uncompressed BMP of 1, 4, 8, 16, 24 or 32 bits a pixel: what screenshot tools and
 * cameras write. Throws `QrError` `not-an-image` for a compressed one, `RangeError` for one that is cut off.
 */
export function decodeBmp(file: Uint8Array): Luma {
  const view = viewOf(file);
  const { width, rows, bits, compression, entry } = headerOf(view);
  if (!depths.includes(bits) || (compression !== uncompressed && compression !== withMasks)) {
    throw unreadable('It is a compressed BMP. Save it as PNG.');
  }
  const height = Math.abs(rows);
  const pixels = view.getUint32(10, true);
  const palette = 14 + view.getUint32(14, true);
  const stride = (((bits * width + 31) >> 5) << 2) >>> 0;
  // Of 16 bits, five a colour, but green has six where the mask says so.
  const green = bits === 16 && compression === withMasks && view.getUint32(58, true) === 0x7e0 ? 6 : 5;
  const greyAt = (at: number): number =>
    greyOf(view.getUint8(at + 2), view.getUint8(at + 1), view.getUint8(at));
  const greyOfPixel = (row: number, x: number): number => {
    if (bits >= 24) return greyAt(row + (x * bits) / 8);
    if (bits === 16) return greyOfWord(view.getUint16(row + 2 * x, true), green);
    const byte = view.getUint8(row + ((x * bits) >> 3));
    return greyAt(palette + entry * ((byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1)));
  };
  // A header alone must not make anyone walk over millions of pixels.
  if (pixels + stride * height > view.byteLength) throw new RangeError('cut off');
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = pixels + stride * (rows < 0 ? y : height - 1 - y);
    for (let x = 0; x < width; x++) data[y * width + x] = greyOfPixel(row, x);
  }
  return { data, width, height };
}

const greyOf = (red: number, green: number, blue: number): number =>
  (306 * red + 601 * green + 117 * blue + 512) >> 10;

function greyOfWord(word: number, green: number): number {
  const scaled = (from: number, size: number): number =>
    (((word >> from) & ((1 << size) - 1)) * 255) / ((1 << size) - 1);
  return greyOf(scaled(5 + green, 5), scaled(5, green), scaled(0, 5));
}
