import { beforeAll, expect, test } from 'vitest';
import { codeReader } from '../../../main/qr/read-image';
import type { LookAt } from '../../../shared/qr/code-reader';
import { drawQr } from '../../../shared/qr/draw';
import { readFrame } from '../../../shared/qr/read-frame';
import { makeOutgoing } from '../../../shared/qr/ur';
import { photograph, type Shot, straightShot } from '../../bench/camera';
import { randomFrom } from '../../bench/random';

const text = makeOutgoing(new Uint8Array(900).map((_, i) => i * 11)).part(0);
let look: LookAt;

beforeAll(async () => {
  look = await codeReader();
});

const shots: [string, Partial<Shot>][] = [
  ['straight on', {}],
  ['tilted and turned', { turn: 40, size: 0.7, tilt: { x: 0.25, y: -0.2 } }],
  ['blurred', { blur: 1.3 }],
  ['noisy', { noise: 30 }],
  ['hardly lit', { black: 4, white: 26, noise: 1.5 }],
  ['washed out', { black: 180, white: 250 }],
  ['inverted', { black: 225, white: 25 }],
  ['in shade on one side', { shade: 0.35 }],
  ['small', { size: 0.4 }],
];

test.each(shots)('a part’s code is read from a camera frame of 1280 × 720: %s', (_, shot) => {
  const frame = photograph(drawQr(text), { ...straightShot, ...shot }, randomFrom(1));
  const [code] = readFrame(look, frame);
  expect(code?.text).toBe(text);
  const middle = { x: 640, y: 360 };
  const xs = (code?.corners ?? []).map((corner) => corner.x);
  const ys = (code?.corners ?? []).map((corner) => corner.y);
  expect(Math.min(...xs) < middle.x && Math.max(...xs) > middle.x).toBe(true);
  expect(Math.min(...ys) < middle.y && Math.max(...ys) > middle.y).toBe(true);
});

test('a part’s code is read at 640 × 480', () => {
  const shot = { ...straightShot, width: 640, height: 480, size: 0.85, blur: 0.8, turn: 5 };
  expect(readFrame(look, photograph(drawQr(text), shot, randomFrom(2))).map((code) => code.text)).toEqual([
    text,
  ]);
});

test('nothing is read where there is no code, nor in pictures of no size', () => {
  for (let seed = 0; seed < 5; seed++) {
    expect(readFrame(look, photograph(null, straightShot, randomFrom(seed)))).toEqual([]);
  }
  expect(readFrame(look, { data: new Uint8Array(), width: 0, height: 0 })).toEqual([]);
  expect(readFrame(look, { data: new Uint8Array(2), width: 1, height: 2 })).toEqual([]);
});
