import jpeg from 'jpeg-js';
import { GifReader } from 'omggif';
import { PNG } from 'pngjs';
import { type Luma, lumaOf, lumasOf } from '../../shared/qr/luma';
import { QrError, unreadable } from '../../shared/qr/qr-error';
import { bmpSize, decodeBmp } from './bmp';
import { decodeWebp } from './webp';

/** Pixels a picture may have: more than any camera's, less than what a small machine's memory holds. */
const maxPixels = 120_000_000;
const maxGifFrames = 2000;

/**
 * The grey pixels of a picture file: PNG, JPEG, WebP, BMP, or every frame of a GIF, one at a time. A picture with
 * transparent pixels comes twice, on white and on black: on either, a code of that colour cannot be seen.
 * Throws `QrError` `not-an-image` for another format, or one that is broken or too large.
 */
export async function* picturesOf(file: Uint8Array): AsyncGenerator<Luma> {
  const format = formatOf(file);
  if (!format) throw unreadable('It is no PNG, JPEG, WebP, BMP or GIF file.');
  try {
    if (format === 'gif') yield* gifFrames(file);
    else yield* await decoders[format](file);
  } catch (error) {
    if (error instanceof QrError) throw error;
    throw unreadable('Its pixels are damaged or cut off.');
  }
}

/** Whether the file may hold several pictures, one after the other. */
export const isGif = (file: Uint8Array): boolean => formatOf(file) === 'gif';

type Format = keyof typeof decoders | 'gif';

function formatOf(file: Uint8Array): Format | null {
  const starts = (at: number, text: string) => [...text].every((c, i) => file[at + i] === c.charCodeAt(0));
  if (starts(1, 'PNG')) return 'png';
  if (file[0] === 0xff && file[1] === 0xd8) return 'jpeg';
  if (starts(0, 'GIF8')) return 'gif';
  if (starts(0, 'RIFF') && starts(8, 'WEBP')) return 'webp';
  if (starts(0, 'BM')) return 'bmp';
  return null;
}

const decoders = {
  png(file: Uint8Array): Luma[] {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    checkSize(view.getUint32(16), view.getUint32(20));
    const { data, width, height } = PNG.sync.read(Buffer.from(file));
    return lumasOf(data, width, height);
  },
  jpeg(file: Uint8Array): Luma[] {
    const { data, width, height } = jpeg.decode(withEnd(file), {
      useTArray: true,
      formatAsRGBA: true,
      maxResolutionInMP: maxPixels / 1e6,
      maxMemoryUsageInMB: 4096,
    });
    return [lumaOf(data, width, height)];
  },
  async webp(file: Uint8Array): Promise<Luma[]> {
    if (isMovingWebp(file))
      throw unreadable('It is an animated WebP. Save it as GIF, or one picture of it as PNG.');
    const { data, width, height } = await decodeWebp(file);
    return lumasOf(data, width, height);
  },
  bmp(file: Uint8Array): Luma[] {
    const { width, height } = bmpSize(file);
    checkSize(width, height);
    return [decodeBmp(file)];
  },
};

/** The JPEG with one more end marker, for those that lost theirs: jpeg-js takes none without. */
function withEnd(file: Uint8Array): Uint8Array {
  const ended = new Uint8Array(file.length + 2);
  ended.set(file);
  ended.set([0xff, 0xd9], file.length);
  return ended;
}

/** Whether a WebP's extended header says it is animated: the decoder takes stills only. */
const isMovingWebp = (file: Uint8Array): boolean =>
  String.fromCharCode(...file.subarray(12, 16)) === 'VP8X' && ((file[20] ?? 0) & 2) !== 0;

function* gifFrames(file: Uint8Array): Generator<Luma> {
  const gif = new GifReader(Buffer.from(file));
  const { width, height } = gif;
  checkSize(width, height);
  const rgba = new Uint8Array(width * height * 4);
  for (let frame = 0; frame < Math.min(gif.numFrames(), maxGifFrames); frame++) {
    gif.decodeAndBlitFrameRGBA(frame, rgba);
    yield lumaOf(rgba, width, height);
  }
}

function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw unreadable('It has no pixels.');
  if (width * height > maxPixels) throw unreadable(`It is too large: ${width} × ${height} pixels.`);
}
