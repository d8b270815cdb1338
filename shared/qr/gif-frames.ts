import { GifReader } from 'omggif';
import { type Luma, lumaOf } from './luma';
import type { PictureSize } from './picture-size';
import { unreadable } from './qr-error';

/** Every frame of a GIF as it is shown, one at a time. Throws `QrError` 'not-an-image' where it is broken. */
export function* gifFrames(file: Uint8Array, size: PictureSize): Generator<Luma> {
  // The library's types ask for Node's own arrays; it reads bytes of any.
  const gif = new GifReader(file as ConstructorParameters<typeof GifReader>[0]);
  const { width, height } = gif;
  const rgba = new Uint8Array(width * height * 4);
  for (let frame = 0; frame < size.frames; frame++) {
    const { x, y, width: w, height: h } = gif.frameInfo(frame);
    if (x + w > width || y + h > height) throw unreadable('A frame of it is larger than the whole.');
    gif.decodeAndBlitFrameRGBA(frame, rgba);
    yield lumaOf(rgba, width, height);
  }
}
