import { GifWriter } from 'omggif';
import { drawQr, quietZone } from '../../shared/qr/draw';
import { QrError } from '../../shared/qr/qr-error';

/** Pixels a module in an animation: enough for a screen, and small files. */
const module = 6;

/** Endless GIF of the QR codes of some texts, black on white, `framesPerSecond` of them a second (1–50). */
export function qrGif(texts: readonly string[], framesPerSecond: number): Uint8Array {
  const codes = texts.map(drawQr);
  const side = (Math.max(...codes.map((code) => code.size)) + 2 * quietZone) * module;
  const file = new Uint8Array(1024 + codes.length * (side * side + 1024));
  const gif = new GifWriter(Buffer.from(file.buffer), side, side, { loop: 0, palette: [0xffffff, 0x000000] });
  const delay = Math.max(2, Math.round(100 / framesPerSecond));
  for (const code of codes) {
    const pixels = new Array<number>(side * side);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const dark = code.dark(Math.floor(x / module) - quietZone, Math.floor(y / module) - quietZone);
        pixels[y * side + x] = dark ? 1 : 0;
      }
    }
    gif.addFrame(0, 0, side, side, pixels, { delay });
  }
  const length = gif.end();
  if (length >= file.length) throw new QrError('too-big', 'This message has too many parts for one GIF.');
  return file.slice(0, length);
}
