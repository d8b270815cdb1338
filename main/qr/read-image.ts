import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url&inline';
import { type LookAt, openCodeReader } from '../../shared/qr/code-reader';
import type { Luma } from '../../shared/qr/luma';
import { pictureSize } from '../../shared/qr/picture-size';
import { unreadable } from '../../shared/qr/qr-error';
import { readFrame } from '../../shared/qr/read-frame';
import { patience, readPicture } from '../../shared/qr/read-picture';
import { bytesOfDataUrl } from './data-url';
import { picturesOf } from './picture';

let reader: Promise<LookAt> | undefined;

/** The QR reader, opened once. */
export function codeReader(): Promise<LookAt> {
  reader ??= openCodeReader(bytesOfDataUrl(wasm));
  return reader;
}

/**
 * Texts of all QR codes in a picture file (PNG, JPEG, WebP, BMP, every frame of a GIF), in the order found,
 * each once; none where there is none. Takes seconds at most, whatever the picture. Throws `QrError`
 * `not-an-image`, also where it has more frames than can be looked at in that time.
 */
export async function readQrImage(file: Uint8Array): Promise<string[]> {
  const until = Date.now() + patience;
  const { frames } = pictureSize(file);
  const look = await codeReader();
  const texts = new Set<string>();
  let last: Luma | null = null;
  let looked = 0;
  for await (const picture of picturesOf(file)) {
    if (looked > 1 && Date.now() > until) {
      throw unreadable(
        `It is too long: of its ${frames} frames only ${looked} could be looked at in time. Save fewer frames of it, or save it smaller.`,
      );
    }
    looked++;
    // A code that stands still for a while.
    if (last && sameGreys(last, picture)) continue;
    last = picture;
    // The frames of an animation are drawn, not photographed: a quick look does, mostly.
    const quick = frames > 1 ? readFrame(look, picture, 255).map((code) => code.text) : [];
    for (const text of quick.length > 0 ? quick : await readPicture(look, picture, until)) texts.add(text);
  }
  return [...texts];
}

const sameGreys = (a: Luma, b: Luma): boolean => Buffer.compare(a.data, b.data) === 0;
