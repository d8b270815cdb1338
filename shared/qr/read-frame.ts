import type { FoundCode, LookAt } from './code-reader';
import { greyRange, type Luma, shrunk, stretched } from './luma';

/**
 * Below this range of greys, the reader takes a code's modules for shades of one colour: zxing-cpp wants 24 a
 * block.
 */
const lowContrast = 100;
/** Below this one there is nothing but noise to draw out. */
const leastContrast = 12;

/** The part of a picture that a small code on a large page may be dark in, a hundredth of a percent. */
const smallCode = 0.0001;

/**
 * A picture as the looks want it: its greys drawn out where they are close together. A code on a large page
 * takes less than the hundredth that a range leaves out for noise: such a picture has its contrast, and is
 * left alone.
 */
export function legible(picture: Luma): Luma {
  const range = greyRange(picture);
  if (range.brightest - range.darkest >= lowContrast) return picture;
  const all = greyRange(picture, smallCode);
  return all.brightest - all.darkest >= lowContrast ? picture : stretched(picture, range);
}

/**
 * The picture with its greys drawn out after all, where few pixels are much darker or brighter than the
 * others: those may be glare, and the code be pale. Null where that changes nothing.
 */
export function drawnOut(picture: Luma): Luma | null {
  const range = greyRange(picture);
  const width = range.brightest - range.darkest;
  return width >= leastContrast && width < lowContrast ? stretched(picture, range) : null;
}

/**
 * Codes in a frame of a camera: the looks that find most for their time, in that order, until one finds
 * something. `most`: how many codes are looked for at once.
 */
export function readFrame(look: LookAt, frame: Luma, most = 1): FoundCode[] {
  const picture = legible(frame);
  const looks = [
    // At half size noise averages out and it takes a third of the time; small codes need every pixel.
    () => (Math.min(frame.width, frame.height) >= 480 ? lookShrunk(look, picture, 2, most) : []),
    () => look(picture, { binarizer: 'LocalAverage', inverted: true, downscaled: true, most }),
    // Sees more at a slant, where the size of modules differs across the code.
    () => look(picture, { binarizer: 'GlobalHistogram', most }),
    () => {
      const pale = picture === frame ? drawnOut(frame) : null;
      return pale === null ? [] : look(pale, { binarizer: 'LocalAverage', inverted: true, most });
    },
  ];
  for (const next of looks) {
    const found = next();
    if (found.length > 0) return found;
  }
  return [];
}

/** Codes in the picture at 1/`by` of its size, their corners in pixels of the picture itself. */
function lookShrunk(look: LookAt, picture: Luma, by: number, most: number): FoundCode[] {
  const found = look(shrunk(picture, by), { binarizer: 'LocalAverage', inverted: true, most });
  return found.map((code) => enlarged(code, by));
}

/** The code with its corners at `by` times their position. */
export function enlarged({ text, corners: [a, b, c, d] }: FoundCode, by: number): FoundCode {
  const at = ({ x, y }: { x: number; y: number }) => ({ x: x * by, y: y * by });
  return { text, corners: [at(a), at(b), at(c), at(d)] };
}
