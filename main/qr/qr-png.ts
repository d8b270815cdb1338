import { writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { drawQr, quietZone } from '../../shared/qr/draw';

/** Pixels a module, by default: crisp on paper and screen, and read from any distance. */
const defaultModule = 8;

/**
 * PNG file of the QR code of a text, black on white with its quiet zone; `module`: pixels a module, at least
 * 6.
 */
export function qrPng(text: string, module: number = defaultModule): Uint8Array {
  const matrix = drawQr(text);
  const scale = Math.max(6, Math.round(module));
  const side = (matrix.size + 2 * quietZone) * scale;
  const png = new PNG({ width: side, height: side });
  png.data = Buffer.alloc(side * side, 255);
  for (let y = 0; y < matrix.size; y++) {
    const row = (y + quietZone) * scale * side;
    for (let x = 0; x < matrix.size; x++) {
      const at = row + (x + quietZone) * scale;
      if (matrix.dark(x, y)) png.data.fill(0, at, at + scale);
    }
    // A module is square: its other lines are as the first.
    for (let line = 1; line < scale; line++) png.data.copyWithin(row + line * side, row, row + side);
  }
  // Unfiltered: lines that repeat pack best as they are, and the other filters cost most of the time.
  return PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false, filterType: 0 });
}

/** Writes the QR code of a text as a PNG file. Only for what may lie on a disk: never a secret. */
export function writeQrPng(path: string, text: string, module: number = defaultModule): void {
  writeFileSync(path, qrPng(text, module));
}
