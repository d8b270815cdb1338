import { type Luma, lumaOf } from '../../../shared/qr/luma';
import type { PictureSize } from '../../../shared/qr/picture-size';
import { unreadable } from '../../../shared/qr/qr-error';

/**
 * Every frame of an animated PNG or WebP as it is shown, one at a time. Throws `QrError` 'not-an-image' where
 * it is damaged, or has fewer frames than it says: then some parts of a message are missing.
 */
export async function* movingFrames(
  file: Uint8Array<ArrayBuffer>,
  { format, width, height, frames }: PictureSize,
): AsyncGenerator<Luma> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas');
  const decoder = new ImageDecoder({ data: file, type: `image/${format}`, preferAnimation: true });
  let looked = 0;
  try {
    await decoder.completed;
    for (; looked < frames; looked++) {
      const { image } = await decoder.decode({ frameIndex: looked });
      context.clearRect(0, 0, width, height);
      context.drawImage(image, 0, 0);
      image.close();
      yield lumaOf(context.getImageData(0, 0, width, height).data, width, height);
    }
  } catch {
    throw unreadable(
      `It is damaged or cut off: of its ${frames} frames only ${looked} could be looked at. Save it again, or as GIF.`,
    );
  } finally {
    decoder.close();
  }
}
