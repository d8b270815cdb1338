import { drawQr, type QrMatrix } from '../../shared/qr/draw';
import type { Luma } from '../../shared/qr/luma';
import { photograph, type Shot, straightShot } from './camera';
import { randomFrom } from './random';

/** One frame of the corpus. */
export interface Frame {
  readonly condition: string;
  /** 0 where there is no code. */
  readonly version: number;
  readonly text: string | null;
  readonly picture: Luma;
}

type Random = () => number;

const between = (random: Random, low: number, high: number): number => low + (high - low) * random();
const either = (random: Random, size: number): number => (random() < 0.5 ? -size : size);

/** How each condition differs from a straight shot; hardness grows from 0 to 1. */
const conditions: Record<string, (random: Random, hardness: number) => Partial<Shot>> = {
  clean: (random) => ({ size: between(random, 0.7, 0.95), turn: either(random, between(random, 0, 5)) }),
  tilted: (random, hardness) => ({
    turn: between(random, 0, 360),
    size: 0.68,
    tilt: { x: either(random, 0.15 + 0.4 * hardness), y: either(random, 0.3 * hardness) },
  }),
  blurred: (_, hardness) => ({ blur: 1.2 + 2.6 * hardness }),
  noisy: (random, hardness) => ({ noise: 15 + 55 * hardness, turn: either(random, between(random, 0, 8)) }),
  dark: (random, hardness) => ({
    black: 4,
    white: 40 - 26 * hardness,
    noise: 2,
    shade: between(random, 0.5, 1),
  }),
  bright: (random, hardness) => ({
    black: 130 + 95 * hardness,
    white: 275,
    noise: 3,
    shade: between(random, 0.7, 1),
  }),
  inverted: (random) => ({ black: 225, white: 25, turn: either(random, between(random, 0, 10)) }),
  small: (random, hardness) => ({
    size: 0.5 - 0.22 * hardness,
    offset: { x: between(random, -0.4, 0.4), y: 0 },
    blur: 0.7,
  }),
};

export const conditionNames = Object.keys(conditions);

/** A code of exactly this version, error correction M, and its text: as much of ours as fits. */
export function codeOf(version: number, random: Random): { readonly text: string; readonly code: QrMatrix } {
  const size = 17 + 4 * version;
  let [fits, tooLong] = [1, 4296];
  while (tooLong - fits > 1) {
    const middle = (fits + tooLong) >> 1;
    if (sizeOf('A'.repeat(middle)) <= size) fits = middle;
    else tooLong = middle;
  }
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const body = Array.from({ length: fits - 11 }, () => letters[Math.floor(random() * 26)]).join('');
  const text = `UR:AIRLOCK/${body}`;
  return { text, code: drawQr(text) };
}

function sizeOf(text: string): number {
  try {
    return drawQr(text).size;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Codes of versions 3–25, so many of each under every condition, ever harder, at 1280 × 720. */
export function* framesWithCode(perVersion: number): Generator<Frame> {
  for (const [index, [condition, shotOf]] of Object.entries(conditions).entries()) {
    for (let version = 3; version <= 25; version++) {
      for (let n = 0; n < perVersion; n++) {
        const random = randomFrom(1_000_000 * index + 1000 * version + n);
        const { text, code } = codeOf(version, random);
        const hardness = perVersion === 1 ? 0.5 : n / (perVersion - 1);
        const picture = photograph(code, { ...straightShot, ...shotOf(random, hardness) }, random);
        yield { condition, version, text, picture };
      }
    }
  }
}

/** Frames with no code in them, under the same conditions. */
export function* framesWithout(perCondition: number): Generator<Frame> {
  for (const [index, [condition, shotOf]] of Object.entries(conditions).entries()) {
    for (let n = 0; n < perCondition; n++) {
      const random = randomFrom(77_000_000 + 1000 * index + n);
      const shot = { ...straightShot, ...shotOf(random, n / perCondition) };
      yield { condition, version: 0, text: null, picture: photograph(null, shot, random) };
    }
  }
}
