import { gifFrames } from '../../shared/qr/gif-frames';
import { type Luma, lumasOf } from '../../shared/qr/luma';
import { pictureSize } from '../../shared/qr/picture-size';
import { QrError, unreadable } from '../../shared/qr/qr-error';
import { decodeBmp } from './bmp';
import { decodeJpeg } from './jpeg';
import { decodePng } from './png';
import { decodeWebp } from './webp';

/**
 * The grey pixels of a picture file: PNG, JPEG, WebP, BMP, or every frame of a GIF, one at a time. A picture
 * with transparent pixels comes twice, on white and on black: on either, a code of that colour cannot be
 * seen. Its header is looked at first, and no decoder begins on more than it has memory and time for. Throws
 * `QrError` `not-an-image` for another format, or one that is broken or too large.
 */
export async function* picturesOf(file: Uint8Array): AsyncGenerator<Luma> {
  const size = pictureSize(file);
  try {
    if (size.format === 'gif') yield* gifFrames(file, size);
    else yield* await decoders[size.format](file);
  } catch (error) {
    if (error instanceof QrError) throw error;
    throw unreadable('Its pixels are damaged or cut off.');
  }
}

const decoders = {
  png: decodePng,
  jpeg: async (file: Uint8Array): Promise<Luma[]> => [await decodeJpeg(file)],
  async webp(file: Uint8Array): Promise<Luma[]> {
    const { data, width, height } = await decodeWebp(file);
    return lumasOf(data, width, height);
  },
  bmp: (file: Uint8Array): Luma[] => [decodeBmp(file)],
};
