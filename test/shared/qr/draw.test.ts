import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultDensity } from '../../../shared/qr/density';
import { drawQr, quietZone, svgPath, svgSide } from '../../../shared/qr/draw';
import { makeOutgoing } from '../../../shared/qr/ur';

/** Modules a side of a QR code of this version (ISO/IEC 18004). */
const sideOf = (version: number): number => 17 + 4 * version;

test('a message is one code up to version 20, and parts beyond', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 700 }), (bytes) => {
      const { static: whole } = makeOutgoing(bytes);
      expect(whole === null).toBe(bytes.length > 475);
      if (whole !== null) expect(drawQr(whole).size).toBeLessThanOrEqual(sideOf(20));
    }),
  );
});

test('a part’s code is as dense as asked and no denser, at every number', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 600, maxLength: 6000 }),
      fc.integer({ min: 150, max: 970 }),
      fc.oneof(fc.nat(5000), fc.nat(2 ** 31)),
      (bytes, density, index) => {
        expect(makeOutgoing(bytes, density).part(index).length).toBeLessThanOrEqual(density);
      },
    ),
  );
  const bytes = new Uint8Array(3000).fill(1);
  expect(drawQr(makeOutgoing(bytes, defaultDensity).part(0)).size).toBe(sideOf(10));
});

test('the SVG path covers the dark modules and nothing else, inside a quiet zone of 4', () => {
  const matrix = drawQr('UR:AIRLOCK/LSADAOAXJYGONESW');
  const dark = new Set<string>();
  for (const [, x, y, width] of svgPath(matrix).matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(width); i++) dark.add(`${Number(x) + i},${y}`);
  }
  for (let y = 0; y < svgSide(matrix); y++) {
    for (let x = 0; x < svgSide(matrix); x++) {
      expect(dark.has(`${x},${y}`)).toBe(matrix.dark(x - quietZone, y - quietZone));
    }
  }
});

test('a text too long for any code is refused by name', () => {
  expect(() => drawQr('A'.repeat(5000))).toThrow(/does not fit a QR code/);
});
