import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url&inline';
import { type LookAt, openCodeReader } from '../../shared/qr/code-reader';
import { readFrame } from '../../shared/qr/read-frame';
import { readPicture } from '../../shared/qr/read-picture';
import { bytesOfDataUrl } from './data-url';
import { isGif, picturesOf } from './picture';

let reader: Promise<LookAt> | undefined;

/** The QR reader, opened once. */
export function codeReader(): Promise<LookAt> {
  reader ??= openCodeReader(bytesOfDataUrl(wasm));
  return reader;
}

/**
 * Texts of all QR codes in a picture file (PNG, JPEG, WebP, BMP, every frame of a GIF), in the order found, each
 * once; none where there is none. Throws `QrError` `not-an-image`.
 */
export async function readQrImage(file: Uint8Array): Promise<string[]> {
  const look = await codeReader();
  const texts = new Set<string>();
  const moving = isGif(file);
  for await (const picture of picturesOf(file)) {
    // The frames of an animation are drawn, not photographed: a quick look does, mostly.
    const quick = moving ? readFrame(look, picture, 255).map((code) => code.text) : [];
    for (const text of quick.length > 0 ? quick : await readPicture(look, picture)) texts.add(text);
  }
  return [...texts];
}
