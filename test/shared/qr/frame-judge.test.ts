import { describe, expect, test } from 'vitest';
import { drawQr } from '../../../shared/qr/draw';
import { findFinderPatterns } from '../../../shared/qr/finder-patterns';
import { judgeFrame } from '../../../shared/qr/frame-judge';
import { photograph, type Shot, straightShot } from '../../bench/camera';

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const code = drawQr('UR:AIRLOCK/'.padEnd(300, 'LFLSFDRKSAHH'));
const vga: Shot = { ...straightShot, width: 640, height: 480 };
const frame = (shot: Partial<Shot>, seed = 1) => photograph(code, { ...vga, ...shot }, random(seed));
const verdicts = (shot: Partial<Shot>) => [1, 2, 3, 4].map((seed) => judgeFrame(frame(shot, seed)));
const four = <T>(value: T): T[] => [value, value, value, value];

describe('The coach says why a code was not read', () => {
  test('finds the three eyes of a code, upright, turned and tilted', () => {
    for (const shot of [{}, { turn: 30, size: 0.6 }, { tilt: { x: 0.25, y: 0.1 } }]) {
      expect(findFinderPatterns(frame(shot)).length, JSON.stringify(shot)).toBeGreaterThanOrEqual(3);
    }
  });

  test('too dark', () => {
    expect(verdicts({ black: 4, white: 40 })).toEqual(four('too-dark'));
  });

  test('too bright', () => {
    expect(verdicts({ black: 225, white: 290 })).toEqual(four('too-bright'));
  });

  test('blurred, whether it is out of focus or moves', () => {
    expect(verdicts({ blur: 6 })).toEqual(four('blurred'));
    expect(verdicts({ blur: 9 })).toEqual(four('blurred'));
  });

  test('too small', () => {
    expect(verdicts({ size: 0.22, blur: 0.3 })).toEqual(four('too-small'));
  });

  test('cut off at a side', () => {
    expect(verdicts({ offset: { x: 0.62, y: 0 } })).toEqual(four('cut-off'));
    expect(verdicts({ offset: { x: 0, y: 0.45 } })).toEqual(four('cut-off'));
  });

  test('a whole code that is sharp and large is no code that is cut off, dark or blurred', () => {
    expect(verdicts({})).toEqual(four('unclear'));
    expect(verdicts({ blur: 1.2, noise: 6 })).toEqual(four('unclear'));
  });

  test('nothing there to read', () => {
    const seen = Array.from({ length: 16 }, (_, seed) => judgeFrame(photograph(null, vga, random(seed))));
    expect(seen).toEqual(seen.map(() => 'nothing'));
  });

  test('takes pictures of any size, down to none', () => {
    expect(judgeFrame({ data: new Uint8Array(0), width: 0, height: 0 })).toBeDefined();
    expect(judgeFrame({ data: new Uint8Array(6).fill(128), width: 3, height: 2 })).toBe('nothing');
  });
});
