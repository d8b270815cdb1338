import { expect, test } from 'vitest';
import { codeReader } from '../../../main/qr/read-image';
import type { FoundCode } from '../../../shared/qr/code-reader';
import { drawQr } from '../../../shared/qr/draw';
import type { Luma } from '../../../shared/qr/luma';
import { isOnlyCode } from '../../../shared/qr/only-code';
import { readPicture } from '../../../shared/qr/read-picture';

/** A light page, on which codes are drawn at these places, eight pixels a module. */
function page(side: number, codes: readonly { text: string; x: number; y: number }[]): Luma {
  const data = new Uint8Array(side * side).fill(250);
  for (const { text, x, y } of codes) {
    const matrix = drawQr(text);
    for (let row = 0; row < matrix.size * 8; row++) {
      for (let column = 0; column < matrix.size * 8; column++) {
        if (matrix.dark(column >> 3, row >> 3)) data[(y + row) * side + x + column] = 5;
      }
    }
  }
  return { data, width: side, height: side };
}

const one = page(700, [{ text: 'AIRLOCK', x: 200, y: 300 }]);
const corners = (left: number, top: number, side: number): FoundCode['corners'] => [
  { x: left, y: top },
  { x: left + side, y: top },
  { x: left + side, y: top + side },
  { x: left, y: top + side },
];
const found: FoundCode = { text: 'AIRLOCK', corners: corners(200, 300, 168) };

test('a code on an empty page stands alone', () => {
  expect(isOnlyCode(one, found)).toBe(true);
});

test.each([
  ['above it', 250, 20],
  ['below it', 250, 680],
  ['left of it', 30, 380],
  ['right of it', 660, 380],
])('a speck %s is something else to look at', (_, x, y) => {
  const data = one.data.slice();
  data[y * one.width + x] = 200;
  expect(isOnlyCode({ ...one, data }, found)).toBe(false);
});

test('a code that is turned leaves room beside it that was not looked at', () => {
  const turned: FoundCode['corners'] = [
    { x: 284, y: 270 },
    { x: 398, y: 384 },
    { x: 284, y: 498 },
    { x: 170, y: 384 },
  ];
  expect(isOnlyCode(one, { text: 'AIRLOCK', corners: turned })).toBe(false);
});

test('a code at the edge of its picture is judged by what there is', () => {
  const edge = page(168, [{ text: 'AIRLOCK', x: 0, y: 0 }]);
  expect(isOnlyCode(edge, { text: 'AIRLOCK', corners: corners(0, 0, 167) })).toBe(true);
});

test('one code on an empty page is found by few looks, and two are both found', async () => {
  const reader = await codeReader();
  let looks = 0;
  const counting: typeof reader = (picture, look) => {
    looks++;
    return reader(picture, look);
  };
  expect(await readPicture(counting, one)).toEqual(['AIRLOCK']);
  expect(looks).toBeLessThanOrEqual(3);
  const two = page(900, [
    { text: 'FIRST', x: 80, y: 80 },
    { text: 'SECOND', x: 500, y: 600 },
  ]);
  expect((await readPicture(reader, two)).toSorted()).toEqual(['FIRST', 'SECOND']);
});
