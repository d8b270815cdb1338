import wasmAddress from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { openCodeReader } from '../../../shared/qr/code-reader';
import { type Luma, lumasOf } from '../../../shared/qr/luma';
import { pictureSize } from '../../../shared/qr/picture-size';
import { readPicture } from '../../../shared/qr/read-picture';

/**
 * A picture to read, and the answer: texts of its codes, or null where the picture itself could not be
 * opened.
 */
export interface PictureRequest {
  readonly id: number;
  readonly picture: Blob;
}
export interface PictureAnswer {
  readonly id: number;
  readonly texts: string[] | null;
}

/** More pixels than this on a side help no reader and cost memory. */
const longestSide = 4000;

/** The reader's code comes from our own assets; without this it would ask a server on the Internet for it. */
const ready = fetch(wasmAddress)
  .then((response) => response.arrayBuffer())
  .then(openCodeReader);

/** Throws `QrError`, and what the browser throws of a picture that it can't open: `read` answers null. */
async function pixels(picture: Blob): Promise<Luma[]> {
  // Before Chromium's decoders see it: a few bytes can ask them for gigabytes.
  pictureSize(new Uint8Array(await picture.arrayBuffer()));
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

async function read(picture: Blob): Promise<string[] | null> {
  const images = await pixels(picture).catch(() => null);
  if (images === null) return null;
  const look = await ready;
  const texts = new Set<string>();
  for (const image of images) for (const text of await readPicture(look, image)) texts.add(text);
  return [...texts];
}

self.onmessage = (event: MessageEvent<PictureRequest>) => {
  const { id, picture } = event.data;
  const answer = read(picture).catch(() => null);
  void answer.then((texts) => self.postMessage({ id, texts } satisfies PictureAnswer));
};
