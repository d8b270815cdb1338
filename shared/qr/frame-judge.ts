import { type FinderPattern, findFinderPatterns } from './finder-patterns';
import type { Luma } from './luma';

/** Why no code was read in a picture, as far as the picture tells. */
export type Verdict =
  /** Little light: even the brightest places are dark. */
  | 'too-dark'
  /** Washed out: even the darkest places are bright. */
  | 'too-bright'
  /** No sharp edge anywhere. */
  | 'blurred'
  /** A code whose modules are hardly larger than pixels. */
  | 'too-small'
  /** Some of a code, the rest outside the picture. */
  | 'cut-off'
  /** A whole code, large enough: it should have been read. */
  | 'unclear'
  /** Nothing that looks like a code. */
  | 'nothing';

/** Greys (0 to 255) that tell; see the tests for frames on either side of each. */
const darkest = 62;
const brightest = 165;
/** Pixels a module that a reader needs. */
const leastModule = 2.2;
/** Edges that need this share more than two pixels to change are blurred. */
const sharp = 0.34;
/** Least difference of grey that counts as an edge at all. */
const edge = 36;

/** Why a frame in which no code was read was not: 10 ms or so for 1280 × 720. */
export function judgeFrame(picture: Luma): Verdict {
  const { low, high } = greys(picture);
  if (high < darkest) return 'too-dark';
  if (low > brightest) return 'too-bright';
  const eyes = findFinderPatterns(picture);
  const code = eyesOfOne(eyes);
  const blurred = isBlurred(picture);
  if (code !== null) {
    if (code.module < leastModule) return 'too-small';
    return blurred ? 'blurred' : 'unclear';
  }
  if (blurred) return 'blurred';
  if (eyes.some((eye) => isAtBorder(eye, eyes, picture))) return 'cut-off';
  return 'nothing';
}

/** The grey that 3 % of the pixels are darker than, and the one that 3 % are brighter than. */
function greys({ data }: Luma): { readonly low: number; readonly high: number } {
  const counts = new Uint32Array(256);
  let total = 0;
  for (let i = 0; i < data.length; i += 7) {
    counts[data[i] ?? 0] = (counts[data[i] ?? 0] ?? 0) + 1;
    total++;
  }
  const share = 0.03 * total;
  let low = 0;
  for (let sum = 0; low < 255; low++) {
    sum += counts[low] ?? 0;
    if (sum > share) break;
  }
  let high = 255;
  for (let sum = 0; high > 0; high--) {
    sum += counts[high] ?? 0;
    if (sum > share) break;
  }
  return { low, high };
}

/** Three eyes of one size, at the corners of a square seen from any side. */
function eyesOfOne(eyes: readonly FinderPattern[]): { readonly module: number } | null {
  for (const [i, a] of eyes.entries()) {
    for (const [j, b] of eyes.entries()) {
      if (j <= i || !alike(a, b)) continue;
      for (const c of eyes.slice(j + 1)) {
        if (!alike(a, c) || !alike(b, c)) continue;
        const sides = [distance(a, b), distance(b, c), distance(a, c)].sort((p, q) => p - q);
        const [short = 0, middle = 0, long = 0] = sides;
        const squareLike = short > 0.6 * middle && long > 1.15 * middle && long < 1.75 * middle;
        const module = (a.module + b.module + c.module) / 3;
        // The eyes of the smallest code (version 1) are 14 modules apart, those of the largest 170.
        if (squareLike && short > 9 * module && middle < 200 * module) return { module };
      }
    }
  }
  return null;
}

const alike = (a: FinderPattern, b: FinderPattern): boolean =>
  a.module < 1.6 * b.module && b.module < 1.6 * a.module;

const distance = (a: FinderPattern, b: FinderPattern): number => Math.hypot(a.x - b.x, a.y - b.y);

/**
 * Whether the rest of an eye's code is likely to be outside: another eye is there, and the corner that is
 * missing would be outside; or it is alone and close to a border.
 */
function isAtBorder(eye: FinderPattern, eyes: readonly FinderPattern[], { width, height }: Luma): boolean {
  if (eye.module < 1.5) return false;
  const outside = (x: number, y: number): boolean =>
    x < 4 * eye.module || y < 4 * eye.module || x > width - 4 * eye.module || y > height - 4 * eye.module;
  const other = eyes.find((one) => one !== eye && alike(one, eye) && distance(one, eye) > 9 * eye.module);
  if (other === undefined) {
    if (!eye.sure) return false;
    const near = 8 * eye.module;
    return eye.x < near || eye.y < near || eye.x > width - near || eye.y > height - near;
  }
  const [dx, dy] = [other.x - eye.x, other.y - eye.y];
  // Two eyes lie on a side or on the diagonal: the third is then at one of these places.
  const third: readonly (readonly [number, number])[] = [
    [eye.x - dy, eye.y + dx],
    [eye.x + dy, eye.y - dx],
    [other.x - dy, other.y + dx],
    [other.x + dy, other.y - dx],
    [eye.x + (dx - dy) / 2, eye.y + (dy + dx) / 2],
    [eye.x + (dx + dy) / 2, eye.y + (dy - dx) / 2],
  ];
  return third.some(([x, y]) => outside(x, y));
}

/**
 * Whether even the sharpest edges of a picture take many pixels. Across and down each on their own, as a hand
 * that moves blurs in one direction only.
 */
function isBlurred(picture: Luma): boolean {
  return [1, picture.width].some((step) => {
    const { near, far } = steepest(picture, step);
    return far >= edge && near < sharp * far;
  });
}

/**
 * The steepest differences of grey, two pixels and sixteen pixels apart. A sharp edge is seen by eight times
 * as many of the latter, so that eight times fewer of the former are looked for.
 */
function steepest({ data, width, height }: Luma, step: number): { near: number; far: number } {
  const near = new Uint32Array(256);
  const far = new Uint32Array(256);
  let places = 0;
  for (let y = 8; y < height - 8; y += 3) {
    for (let x = 8; x < width - 8; x += 3) {
      const at = y * width + x;
      const d1 = Math.abs((data[at + step] ?? 0) - (data[at - step] ?? 0));
      const d8 = Math.abs((data[at + 8 * step] ?? 0) - (data[at - 8 * step] ?? 0));
      near[d1] = (near[d1] ?? 0) + 1;
      far[d8] = (far[d8] ?? 0) + 1;
      places++;
    }
  }
  const exceeded = (counts: Uint32Array, share: number): number => {
    let grey = 255;
    for (let sum = 0; grey > 0; grey--) {
      sum += counts[grey] ?? 0;
      if (sum > share * places) break;
    }
    return grey;
  };
  return { near: exceeded(near, 0.01 / 8), far: exceeded(far, 0.01) };
}
