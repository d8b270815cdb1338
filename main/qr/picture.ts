import { gifFrames } from '../../shared/qr/gif-frames';
import { type Luma, lumasOf } from '../../shared/qr/luma';
import { type PictureSize, pictureSize } from '../../shared/qr/picture-size';
import { QrError, unreadable } from '../../shared/qr/qr-error';
import { decodeBmp } from './bmp';
import { decodeJpeg } from './jpeg';
import { decodePng } from './png';
import { decodeWebp } from './webp';

/**
 * The grey pixels of a picture file: PNG, JPEG, WebP, BMP, or every frame of a GIF, one at a time. A picture
 * with transparent pixels comes twice, on white and on black: on either, a code of that colour cannot be
 * seen. Its header is looked at first, and no decoder begins on more than it has memory and time for. Throws
 * `QrError` `not-an-image` for another format, one that is broken or too large, and a PNG or WebP that moves.
 */
export async function* picturesOf(file: Uint8Array): AsyncGenerator<Luma> {
  const size = pictureSize(file);
  if (size.frames > 1 && size.format !== 'gif') throw unreadable(notWhole(size));
  try {
    if (size.format === 'gif') yield* gifFrames(file, size);
    else yield* await decoders[size.format](file);
  } catch (error) {
    if (error instanceof QrError) throw error;
    throw unreadable('Its pixels are damaged or cut off.');
  }
}

/** These decoders give the still of it alone. */
const notWhole = ({ format, frames }: PictureSize): string =>
  `It is an animated ${format === 'png' ? 'PNG' : 'WebP'}, and of its ${frames} frames only one would be looked at here. The window reads all of them. Or save it as GIF, or one picture of it as PNG.`;

const decoders = {
  png: decodePng,
  jpeg: async (file: Uint8Array): Promise<Luma[]> => [await decodeJpeg(file)],
  async webp(file: Uint8Array): Promise<Luma[]> {
    const { data, width, height } = await decodeWebp(file);
    return lumasOf(data, width, height);
  },
  bmp: (file: Uint8Array): Luma[] => [decodeBmp(file)],
};
