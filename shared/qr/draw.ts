import { encodeQR } from 'qr';
import { QrError } from './qr-error';

/** A drawn QR code, without its quiet zone. */
export interface QrMatrix {
  /** Modules a side: 17 + 4 × version. */
  readonly size: number;
  /** Whether the module at column `x`, row `y` is dark; light outside. */
  dark(x: number, y: number): boolean;
}

/** Light modules around a code, on every side (ISO/IEC 18004). */
export const quietZone = 4;

/**
 * The QR code of a text, error correction M, in the smallest version and the densest mode that holds it.
 * Throws `QrError` `too-long-for-code`.
 */
export function drawQr(text: string): QrMatrix {
  let rows: boolean[][];
  try {
    rows = encodeQR(text, 'raw', { ecc: 'medium', border: 1 });
  } catch {
    throw new QrError('too-long-for-code', `A text of ${text.length} characters does not fit a QR code.`);
  }
  // The library draws no code without a border.
  return { size: rows.length - 2, dark: (x, y) => rows[y + 1]?.[x + 1] ?? false };
}

/**
 * `d` of an SVG path of the dark modules, in a viewBox of `0 0 side side`, side = size + 2 × quiet zone. Draw
 * it black on a white rectangle, whatever the theme: many readers find no inverted code.
 */
export function svgPath(matrix: QrMatrix): string {
  let path = '';
  for (let y = 0; y < matrix.size; y++) {
    for (let x = 0; x < matrix.size; x++) {
      if (!matrix.dark(x, y)) continue;
      let end = x + 1;
      while (matrix.dark(end, y)) end++;
      path += `M${x + quietZone} ${y + quietZone}h${end - x}v1h${x - end}z`;
      x = end;
    }
  }
  return path;
}

/** Sides of the viewBox of `svgPath`. */
export const svgSide = (matrix: QrMatrix): number => matrix.size + 2 * quietZone;
