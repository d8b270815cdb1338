import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { openCodeReader } from '../../../shared/qr/code-reader';
import { gifFrames } from '../../../shared/qr/gif-frames';
import { type Luma, lumasOf } from '../../../shared/qr/luma';
import { pictureSize } from '../../../shared/qr/picture-size';
import { QrError } from '../../../shared/qr/qr-error';
import { readFrames } from '../../../shared/qr/read-frames';
import { cardTextIn } from '../../../shared/share/card-pdf';
import { movingFrames } from './moving-frames';

/**
 * A picture to read, and the answer: texts of its codes; where the picture itself could not be opened, a
 * sentence why, or null where none is known.
 */
export interface PictureRequest {
  readonly id: number;
  readonly picture: Blob;
}
export interface PictureAnswer {
  readonly id: number;
  readonly texts: string[] | string | null;
}

/** More pixels than this on a side help no reader and cost memory. */
const longestSide = 4000;

/** The reader's code comes from our own assets; without this it would ask a server on the Internet for it. */
const ready = fetch(wasmAddress)
  .then((response) => response.arrayBuffer())
  .then(openCodeReader);

/** Throws `QrError`, and what the browser throws of a picture that it can't open: `read` answers null. */
async function pixels(picture: Blob): Promise<Luma[]> {
  const bitmap = await createImageBitmap(picture);
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
  const width = Math.max(1, Math.round(bitmap.width * scale));
  const height = Math.max(1, Math.round(bitmap.height * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('no canvas');
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return lumasOf(context.getImageData(0, 0, width, height).data, width, height);
}

async function read(picture: Blob): Promise<string[]> {
  const file = new Uint8Array(await picture.arrayBuffer());
  const card = cardTextIn(file);
  if (card !== null) return [card];
  // Before Chromium's decoders see it: a few bytes can ask them for gigabytes.
  const size = pictureSize(file);
  const pictures =
    size.format === 'gif'
      ? gifFrames(file, size)
      : size.frames > 1
        ? movingFrames(file, size)
        : await pixels(picture);
  return readFrames(await ready, pictures, size.frames);
}

self.onmessage = (event: MessageEvent<PictureRequest>) => {
  const { id, picture } = event.data;
  const answer = read(picture).catch((error: unknown) => (error instanceof QrError ? error.message : null));
  void answer.then((texts) => self.postMessage({ id, texts } satisfies PictureAnswer));
};
