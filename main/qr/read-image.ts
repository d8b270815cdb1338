import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url&inline';
import { type LookAt, openCodeReader } from '../../shared/qr/code-reader';
import { readPicture } from '../../shared/qr/read-picture';
import { bytesOfDataUrl } from './data-url';
import { picturesOf } from './picture';

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
  for await (const picture of picturesOf(file)) {
    for (const code of readPicture(look, picture)) texts.add(code.text);
  }
  return [...texts];
}
