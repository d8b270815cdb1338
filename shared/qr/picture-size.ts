import { fileKind, foreignKind, type ReadKind } from './picture-kind';
import { unreadable } from './qr-error';

/** What a picture's file says of itself before any of its pixels is decoded. */
export interface PictureSize {
  readonly format: ReadKind;
  /** In pixels, of the largest area that a decoder would make room for. */
  readonly width: number;
  readonly height: number;
  /** Pictures one after the other, as the file says; 1 where it doesn't move. */
  readonly frames: number;
}

/**
 * Pixels a picture may have: more than a camera of fifty megapixels makes, less than what a decoder needs a
 * GB for.
 */
const maxPixels = 64_000_000;
/** Of a WebP: its decoder holds every pixel three times. */
const maxWebpPixels = 52_000_000;
/** Of a JPEG in colour: its decoder may hold twelve bytes a pixel, and its pixels are then copied. */
const maxColourJpegPixels = 52_000_000;
/** Pixels of a moving picture's one frame: more than any screen that shows codes has. */
const maxFramePixels = 16_000_000;
/** Pixels of all its frames together, and how many of these there may be. */
const maxFramesPixels = 2_000_000_000;
const maxFrames = 2000;
/** Bytes of a picture file: a photograph of fifty megapixels, losslessly stored, has less. */
const maxBytes = 250_000_000;

/**
 * The format and size of a picture, by its header alone, so that a few bytes can't make a decoder fill the
 * memory. Throws `QrError` `not-an-image` for other formats, where the header is cut off, and where there is
 * more in the picture than this program decodes.
 */
export function pictureSize(file: Uint8Array): PictureSize {
  if (file.length > maxBytes) throw unreadable('The file is too large. Save the picture smaller.');
  const kind = fileKind(file);
  if (kind === null) throw unreadable('It is no PNG, JPEG, WebP, BMP or GIF file.');
  if ('foreign' in kind) throw unreadable(foreignKind(kind));
  const format = kind.read;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let size: Omit<PictureSize, 'format'>;
  try {
    size = headers[format](view);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw unreadable('Its header is damaged or cut off.');
  }
  const moves = format === 'gif' || size.frames > 1;
  checkSize(size, moves ? maxFramePixels : format === 'webp' ? maxWebpPixels : maxPixels);
  return { format, ...size };
}

function checkSize({ width, height, frames }: Omit<PictureSize, 'format'>, most: number): void {
  if (width < 1 || height < 1) throw unreadable('It has no pixels.');
  if (width * height > most) {
    throw unreadable(
      `It is too large: ${width} × ${height} pixels, and at most ${most / 1e6} million are read. Save it smaller, or cut the code out of it.`,
    );
  }
  if (frames > maxFrames || width * height * frames > maxFramesPixels) {
    throw unreadable(
      `It is too long: ${frames} frames of ${width} × ${height} pixels. Save it smaller, or fewer frames of it.`,
    );
  }
}

const still = (width: number, height: number) => ({ width, height, frames: 1 });

const headers = {
  png: pngSize,
  jpeg: jpegSize,
  gif: gifSize,
  webp: webpSize,
  bmp(view: DataView) {
    if (view.getUint32(14, true) === 12) return still(view.getUint16(18, true), view.getUint16(20, true));
    return still(view.getInt32(18, true), Math.abs(view.getInt32(22, true)));
  },
};

/** The first chunk is the header (PNG, third edition, 11.2.1). One that moves says so before its pixels. */
function pngSize(view: DataView): Omit<PictureSize, 'format'> {
  let frames = 1;
  for (let at = 8; at + 16 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4);
    if (type === pixelChunk) break;
    if (type === movingChunk) frames = Math.max(1, view.getUint32(at + 8));
  }
  return { width: view.getUint32(16), height: view.getUint32(20), frames };
}

/** `IDAT` and `acTL`. */
const pixelChunk = 0x49444154;
const movingChunk = 0x6163544c;

/** Markers that are followed by no length (ITU-T T.81, table B.1). */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
/** Frame headers: those of 0xc0–0xcf that aren't tables or reserved. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/**
 * Each pass over a picture takes time by its area, whatever is in it; cameras and programs write ten or so.
 */
const maxScans = 64;

/** The largest of all frame headers: a decoder may take any of them. */
function jpegSize(view: DataView): Omit<PictureSize, 'format'> {
  let [width, height, scans] = [0, 0, 0];
  let coloured = false;
  for (let at = 2; at + 4 <= view.byteLength; ) {
    const marker = view.getUint8(at) === 0xff ? view.getUint8(at + 1) : 0;
    // Data between the segments, or a byte that fills up.
    if (marker === 0 || marker === 0xff || isBare(marker)) {
      at++;
      continue;
    }
    if (marker === 0xd9) break;
    if (isFrame(marker) && at + 10 <= view.byteLength) {
      height = Math.max(height, view.getUint16(at + 5));
      width = Math.max(width, view.getUint16(at + 7));
      coloured ||= view.getUint8(at + 9) > 1;
      // Each component's sampling, four bits each way: a decoder makes room by the ratio of the largest to
      // its own.
      if (view.getUint8(at + 9) > 4) throw unreadable('It has more than four colours a pixel.');
    }
    if (marker === 0xda && ++scans > maxScans) {
      throw unreadable('It is drawn in more passes than any program makes. Save it anew.');
    }
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  const size = still(width, height);
  if (coloured) checkSize(size, maxColourJpegPixels);
  return size;
}

/**
 * The frames are counted by walking over their blocks (GIF89a, 20–22); one larger than the screen counts as
 * that.
 */
function gifSize(view: DataView): Omit<PictureSize, 'format'> {
  let width = view.getUint16(6, true);
  let height = view.getUint16(8, true);
  let frames = 0;
  let at = 13 + tableLength(view.getUint8(10));
  while (at < view.byteLength) {
    const kind = view.getUint8(at);
    if (kind === 0x3b) break;
    if (kind === 0x2c) {
      frames++;
      width = Math.max(width, view.getUint16(at + 5, true));
      height = Math.max(height, view.getUint16(at + 7, true));
      at = afterBlocks(view, at + 11 + tableLength(view.getUint8(at + 9)));
    } else if (kind === 0x21) at = afterBlocks(view, at + 2);
    else if (kind === 0) at++;
    else throw unreadable('Its pixels are damaged or cut off.');
  }
  return { width, height, frames };
}

const tableLength = (flags: number): number => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);

function afterBlocks(view: DataView, from: number): number {
  let at = from;
  for (let length = view.getUint8(at); length > 0; length = view.getUint8(at)) at += length + 1;
  return at + 1;
}

/**
 * The canvas, or a picture in it that says it is larger: each chunk of pixels has a size of its own (RFC
 * 9649). The frames of one that moves are counted.
 */
function webpSize(view: DataView): Omit<PictureSize, 'format'> {
  let [width, height, frames] = [0, 0, 0];
  const seen = (w: number, h: number): void => {
    width = Math.max(width, w);
    height = Math.max(height, h);
  };
  const uint24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const type = String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
    if (type === 'VP8X') {
      seen(1 + uint24(at + 12), 1 + uint24(at + 15));
    } else if (type === 'ANMF') {
      frames++;
      seen(1 + uint24(at + 14), 1 + uint24(at + 17));
    } else if (type === 'VP8L') {
      const bits = view.getUint32(at + 9, true);
      seen(1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
    } else if (type === 'VP8 ') {
      seen(view.getUint16(at + 14, true) & 0x3fff, view.getUint16(at + 16, true) & 0x3fff);
    }
    const length = view.getUint32(at + 4, true);
    at += 8 + length + (length & 1);
  }
  // Where one that moves ends early, nothing else tells that there were more frames.
  if (frames > 0 && 8 + view.getUint32(4, true) > view.byteLength)
    throw unreadable('It is cut off, and the frames at its end are missing.');
  return { width, height, frames: Math.max(1, frames) };
}
