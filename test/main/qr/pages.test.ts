import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { readQrImage } from '../../../main/qr/read-image';
import { drawQr } from '../../../shared/qr/draw';
import { makeOutgoing } from '../../../shared/qr/ur';

interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Pixels a module; a scan has no whole number of them. */
  readonly module: number;
}

/** A page with codes on it, in black and white. */
function page(width: number, height: number, codes: readonly Placed[], ground = 255): Uint8Array {
  const png = new PNG({ width, height });
  png.data.fill(ground);
  const set = (x: number, y: number, grey: number) =>
    png.data.fill(grey, 4 * (y * width + x), 4 * (y * width + x) + 3);
  for (const { text, x, y, module } of codes) {
    const code = drawQr(text);
    const side = Math.round((code.size + 8) * module);
    for (let j = 0; j < side; j++)
      for (let i = 0; i < side; i++)
        set(x + i, y + j, code.dark(Math.floor(i / module) - 4, Math.floor(j / module) - 4) ? 0 : 255);
  }
  for (let at = 3; at < png.data.length; at += 4) png.data[at] = 255;
  return PNG.sync.write(png);
}

const share = 'A526BBD52429658FDEE5B38D8C5EB64C579306E339BD3BD73D24D22711CB8881B5';

test.each([
  [255, 'white'],
  [0, 'black'],
])('one small code on a large page of grey %d (%s) is read', async (ground) => {
  const file = page(2400, 2400, [{ text: share, x: 1500, y: 300, module: 5 }], ground);
  expect(await readQrImage(file)).toEqual([share]);
});

test.each([100, 150, 200, 300])('a page scanned in black and white at %d dpi is read', async (dpi) => {
  // A4, with a code of 56 mm on it, as a share card has.
  const pixels = (millimetres: number): number => Math.round((millimetres * dpi) / 25.4);
  const module = pixels(56) / (drawQr(share).size + 8);
  const file = page(pixels(210), pixels(297), [{ text: share, x: pixels(20), y: pixels(50), module }]);
  expect(await readQrImage(file)).toEqual([share]);
});

test('a screenshot with several codes gives all of them', async () => {
  const out = makeOutgoing(
    Uint8Array.from({ length: 500 }, (_, i) => (i * 89) % 256),
    200,
  );
  const texts = [
    ...Array.from({ length: out.partCount }, (_, i) => out.part(i)).slice(0, 5),
    'https://example.org',
  ];
  const codes = texts.map((text, i) => ({
    text,
    x: 40 + (i % 3) * 600,
    y: 30 + Math.floor(i / 3) * 520,
    module: 7,
  }));
  expect((await readQrImage(page(1920, 1080, codes))).sort()).toEqual([...texts].sort());
});
