import type { FoundCode } from './code-reader';
import type { Luma } from './luma';

/** Greys of one colour differ by this much at most. In photographs they differ by more. */
const oneColour = 8;
/** How far a corner of an upright code may be off, in parts of its side. */
const slant = 0.02;

/**
 * Whether a picture holds one upright code and else nothing at all, by a look at every pixel around it: then
 * there is nothing left to look for. `code`: the only one that was found, its corners in pixels of the
 * picture.
 */
export function isOnlyCode(picture: Luma, code: FoundCode): boolean {
  const xs = code.corners.map(({ x }) => x);
  const ys = code.corners.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const side = Math.max(right - left, bottom - top);
  const isUpright = code.corners.every(
    ({ x, y }) =>
      Math.min(x - left, right - x) <= side * slant && Math.min(y - top, bottom - y) <= side * slant,
  );
  // The reader's corners may be a module off, and a code has 21 modules a side at least.
  const margin = Math.ceil(side / 21);
  return (
    isUpright &&
    isOneColourAround(picture, {
      left: Math.floor(left) - margin,
      right: Math.ceil(right) + margin,
      top: Math.floor(top) - margin,
      bottom: Math.ceil(bottom) + margin,
    })
  );
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function isOneColourAround({ data, width, height }: Luma, { left, right, top, bottom }: Box): boolean {
  let darkest = 255;
  let brightest = 0;
  const take = (from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      const grey = data[at] ?? 0;
      if (grey < darkest) darkest = grey;
      if (grey > brightest) brightest = grey;
    }
  };
  for (let y = 0; y < height; y++) {
    const row = y * width;
    if (y < top || y > bottom) take(row, row + width);
    else {
      take(row, row + Math.max(0, left));
      take(row + Math.min(width, right), row + width);
    }
    if (brightest - darkest > oneColour) return false;
  }
  return true;
}
