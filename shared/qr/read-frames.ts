import type { LookAt } from './code-reader';
import type { Luma } from './luma';
import { unreadable } from './qr-error';
import { readFrame } from './read-frame';
import { patience, readPicture } from './read-picture';

/**
 * Texts of all codes in the pictures of one file, in the order found, each once. `frames`: how many there
 * are; of several, drawn one after the other, a quick look at each does, mostly. Takes seconds at most.
 * Throws `QrError` 'not-an-image' where there are more than can be looked at in that time, and says how many
 * were.
 */
export async function readFrames(
  look: LookAt,
  pictures: AsyncIterable<Luma> | Iterable<Luma>,
  frames: number,
): Promise<string[]> {
  const until = Date.now() + patience;
  const texts = new Set<string>();
  let last: Luma | null = null;
  let looked = 0;
  for await (const picture of pictures) {
    if (looked > 1 && Date.now() > until) {
      throw unreadable(
        `It is too long: of its ${frames} frames only ${looked} could be looked at in time. Save fewer frames of it, or save it smaller.`,
      );
    }
    looked++;
    // A code that stands still for a while.
    if (last !== null && sameGreys(last, picture)) continue;
    last = picture;
    const quick = frames > 1 ? readFrame(look, picture, 255).map((code) => code.text) : [];
    for (const text of quick.length > 0 ? quick : await readPicture(look, picture, until)) texts.add(text);
  }
  return [...texts];
}

function sameGreys(a: Luma, b: Luma): boolean {
  if (a.data.length !== b.data.length) return false;
  for (let at = 0; at < a.data.length; at++) if (a.data[at] !== b.data[at]) return false;
  return true;
}
