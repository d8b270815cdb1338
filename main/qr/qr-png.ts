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
  const png = new PNG({ width: side, height: side, colorType: 0 });
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const dark = matrix.dark(Math.floor(x / scale) - quietZone, Math.floor(y / scale) - quietZone);
      png.data.fill(dark ? 0 : 255, (y * side + x) * 4, (y * side + x) * 4 + 3);
      png.data[(y * side + x) * 4 + 3] = 255;
    }
  }
  return PNG.sync.write(png, { colorType: 0 });
}

/** Writes the QR code of a text as a PNG file. Only for what may lie on a disk: never a secret. */
export function writeQrPng(path: string, text: string, module: number = defaultModule): void {
  writeFileSync(path, qrPng(text, module));
}
