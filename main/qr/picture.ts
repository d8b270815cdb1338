import jpeg from 'jpeg-js';
import { GifReader } from 'omggif';
import { PNG } from 'pngjs';
import { type Luma, lumaOf } from '../../shared/qr/luma';
import { QrError } from '../../shared/qr/qr-error';
import { decodeWebp } from './webp';

/** Pixels a picture may have: more than any camera's, less than what a small machine's memory holds. */
const maxPixels = 120_000_000;
const maxGifFrames = 2000;

/**
 * The grey pixels of a picture file: PNG, JPEG, WebP, BMP, or every frame of a GIF, one at a time.
 * Throws `QrError` `not-an-image` for another format, or one that is broken or too large.
 */
export async function* picturesOf(file: Uint8Array): AsyncGenerator<Luma> {
  const format = formatOf(file);
  if (!format) throw unreadable('It is no PNG, JPEG, WebP, BMP or GIF file.');
  try {
    if (format === 'gif') yield* gifFrames(file);
    else yield await decoders[format](file);
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
  png(file: Uint8Array): Luma {
    const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    checkSize(view.getUint32(16), view.getUint32(20));
    const { data, width, height } = PNG.sync.read(Buffer.from(file));
    return lumaOf(data, width, height);
  },
  jpeg(file: Uint8Array): Luma {
    const { data, width, height } = jpeg.decode(file, {
      useTArray: true,
      formatAsRGBA: true,
      maxResolutionInMP: maxPixels / 1e6,
      maxMemoryUsageInMB: 4096,
    });
    return lumaOf(data, width, height);
  },
  async webp(file: Uint8Array): Promise<Luma> {
    const { data, width, height } = await decodeWebp(file);
    return lumaOf(data, width, height);
  },
  bmp(file: Uint8Array): Luma {
    return decodeBmp(file);
  },
};

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

/** Uncompressed BMP of 1, 4, 8, 24 or 32 bits a pixel: what screenshot tools and cameras write. */
function decodeBmp(file: Uint8Array): Luma {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = view.getUint32(10, true);
  const headerSize = view.getUint32(14, true);
  const width = view.getInt32(18, true);
  const rawHeight = view.getInt32(22, true);
  const height = Math.abs(rawHeight);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  checkSize(width, height);
  if (![1, 4, 8, 24, 32].includes(bits) || (compression !== 0 && compression !== 3)) {
    throw unreadable('It is a compressed BMP. Save it as PNG.');
  }
  const stride = (((bits * width + 31) >> 5) << 2) >>> 0;
  const greyAt = (at: number) =>
    (306 * view.getUint8(at + 2) + 601 * view.getUint8(at + 1) + 117 * view.getUint8(at) + 512) >> 10;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = start + stride * (rawHeight < 0 ? y : height - 1 - y);
    for (let x = 0; x < width; x++) {
      if (bits >= 24) data[y * width + x] = greyAt(row + (x * bits) / 8);
      else {
        const byte = view.getUint8(row + ((x * bits) >> 3));
        const index = (byte >> (8 - bits - ((x * bits) & 7))) & ((1 << bits) - 1);
        data[y * width + x] = greyAt(14 + headerSize + 4 * index);
      }
    }
  }
  return { data, width, height };
}

function checkSize(width: number, height: number): void {
  if (width < 1 || height < 1) throw unreadable('It has no pixels.');
  if (width * height > maxPixels) throw unreadable(`It is too large: ${width} × ${height} pixels.`);
}

const unreadable = (why: string): QrError =>
  new QrError('not-an-image', `This file cannot be read as a picture. ${why}`);
