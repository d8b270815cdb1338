import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url&inline';
import { type LookAt, openCodeReader } from '../../shared/qr/code-reader';
import { pictureSize } from '../../shared/qr/picture-size';
import { readFrames } from '../../shared/qr/read-frames';
import { cardTextIn } from '../../shared/share/card-pdf';
import { bytesOfDataUrl } from './data-url';
import { picturesOf } from './picture';

let reader: Promise<LookAt> | undefined;

/** The QR reader, opened once. */
export function codeReader(): Promise<LookAt> {
  reader ??= openCodeReader(bytesOfDataUrl(wasm));
  return reader;
}

/**
 * Texts of all QR codes in a picture file (PNG, JPEG, WebP, BMP, every frame of a GIF; a share card's
 * PDF), in the order found, each once; none where there is none. Takes seconds at most, whatever the
 * picture. Throws `QrError` `not-an-image`, also where it has more frames than can be looked at in that
 * time.
 */
export async function readQrImage(file: Uint8Array): Promise<string[]> {
  const card = cardTextIn(file);
  if (card !== null) return [card];
  const { frames } = pictureSize(file);
  return readFrames(await codeReader(), picturesOf(file), frames);
}
