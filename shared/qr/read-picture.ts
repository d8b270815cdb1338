import type { FoundCode, LookAt } from './code-reader';
import type { Luma } from './luma';

/** All codes in a still picture, looking ever harder until one is found. */
export function readPicture(look: LookAt, picture: Luma): FoundCode[] {
  const common = {
    harder: true,
    rotated: true,
    inverted: true,
    downscaled: true,
    most: 255,
    allKinds: true,
  } as const;
  for (const binarizer of ['LocalAverage', 'GlobalHistogram'] as const) {
    for (const denoised of [false, true]) {
      const found = look(picture, { ...common, binarizer, denoised });
      if (found.length > 0) return found;
    }
  }
  return [];
}
