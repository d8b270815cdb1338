import type { FoundCode, LookAt } from './code-reader';
import { doubled, type Luma, levelled, sharpened, shrunk, smoothed } from './luma';
import { isOnlyCode } from './only-code';
import { drawnOut, enlarged, legible } from './read-frame';
import { secondReading } from './second-reader';

/** Everything the reader has. */
const thorough = {
  harder: true,
  rotated: true,
  inverted: true,
  downscaled: true,
  most: 255,
} as const;
/** Larger sides than this are not enlarged further. */
const largestDoubled = 2400;
/**
 * Above this many pixels a picture is made smaller first: a code in it that needs more of them needs a closer
 * look.
 */
const mostRead = 30_000_000;
/**
 * How long a picture is looked at, in milliseconds, where nothing is found: one of noise could take minutes.
 */
export const patience = 6000;

/**
 * Texts of all codes in a still picture, each once. Takes its time, but for a picture with one code on an
 * empty page: the usual looks together and a second reader, and where they find nothing, ever stranger looks.
 * Micro QR is looked for last: the modules of a
 * large code that is seen small pass for one now and then (its smallest version has but two check symbols),
 * and its text is then wrong. After `until` (of `Date.now()`) no
 * further look is begun.
 */
export async function readPicture(
  look: LookAt,
  picture: Luma,
  until = Date.now() + patience,
): Promise<string[]> {
  const over = (): boolean => Date.now() > until;
  const texts = new Set<string>();
  const plain = legible(atMost(picture, mostRead));
  for (const codes of usualLooks(look, plain)) {
    for (const { text } of codes) texts.add(text);
    const [code, another] = codes;
    if (code !== undefined && another === undefined && isOnlyCode(plain, code)) return [code.text];
    if (over()) return [...texts];
  }
  for (const text of await secondReading(plain, until - Date.now())) texts.add(text);
  if (texts.size > 0) return [...texts];
  for (const found of strangeLooks(look, plain)) {
    if (found.length > 0) return [...new Set(found.map((code) => code.text))];
    if (over()) return [];
  }
  for (const binarizer of ['LocalAverage', 'GlobalHistogram'] as const) {
    const found = look(plain, { ...thorough, binarizer, allKinds: true });
    if (found.length > 0) return [...new Set(found.map((code) => code.text))];
  }
  return [];
}

const atMost = (picture: Luma, pixels: number): Luma => {
  const by = Math.ceil(Math.sqrt((picture.width * picture.height) / pixels));
  return by === 1 ? picture : shrunk(picture, by);
};

/**
 * What finds nearly every code, with corners in pixels of the picture. The quickest come first: nothing found
 * in them may use up the time.
 */
function* usualLooks(look: LookAt, picture: Luma): Generator<FoundCode[]> {
  for (const by of scales(picture).reverse()) {
    const found = look(shrunk(picture, by), { ...thorough, binarizer: 'LocalAverage' });
    yield found.map((code) => enlarged(code, by));
  }
  yield look(picture, { ...thorough, binarizer: 'LocalAverage' });
  yield look(picture, { ...thorough, binarizer: 'GlobalHistogram' });
}

/** How far the picture can be shrunk until a code in it could no longer be told: 2, 3, 4, 6, 8 … */
function scales({ width, height }: Luma): number[] {
  const side = Math.min(width, height);
  return [2, 3, 4, 6, 8, 12].filter((by) => side / by >= 160);
}

/** Reads again and again in a picture changed this way and that, the likeliest first. */
function* strangeLooks(look: LookAt, picture: Luma): Generator<FoundCode[]> {
  const pale = drawnOut(picture);
  if (pale !== null) yield look(pale, { ...thorough, binarizer: 'LocalAverage' });
  yield look(picture, { ...thorough, binarizer: 'LocalAverage', denoised: true });
  yield look(picture, { ...thorough, binarizer: 'GlobalHistogram', denoised: true });
  yield look(picture, { ...thorough, binarizer: 'FixedThreshold' });
  // Under hard shadows and glare: a threshold of its own for every pixel, from the few modules around it.
  const level = levelled(picture, levelRadius(picture));
  yield look(level, { ...thorough, binarizer: 'FixedThreshold' });
  yield look(level, { ...thorough, binarizer: 'LocalAverage' });
  for (const by of [1, ...scales(picture)]) {
    for (const changed of changes(by === 1 ? picture : shrunk(picture, by))) {
      for (const binarizer of ['LocalAverage', 'GlobalHistogram'] as const) {
        yield look(changed, { ...thorough, binarizer });
      }
    }
  }
}

/** Some modules of a code that fills the picture, at most what the sums of `smoothed` hold. */
const levelRadius = ({ width, height }: Luma): number =>
  Math.max(4, Math.min(128, Math.round(Math.min(width, height) / 80)));

function* changes(picture: Luma): Generator<Luma> {
  yield sharpened(picture, 3, 2);
  yield sharpened(picture, 5, 5);
  yield smoothed(picture, 1);
  yield smoothed(picture, 2);
  if (Math.max(picture.width, picture.height) > largestDoubled) return;
  const large = doubled(picture);
  yield large;
  yield sharpened(large, 6, 3);
  yield smoothed(large, 2);
}
