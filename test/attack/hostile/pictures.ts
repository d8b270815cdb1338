import { crc32, deflateSync } from 'node:zlib';
import { be, le, packed } from './bytes';

const pngMark = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A PNG's chunk, with its checksum. */
export const pngChunk = (type: string, data: Uint8Array): Buffer =>
  Buffer.concat([
    be(4, data.length),
    Buffer.from(type),
    data,
    be(4, crc32(Buffer.concat([Buffer.from(type), data]))),
  ]);

/** A PNG of this size, whose header may lie about what follows. */
export function png(options: {
  readonly width: number;
  readonly height: number;
  readonly depth?: number;
  readonly colour?: number;
  readonly interlaced?: boolean;
  readonly rows: Uint8Array;
  readonly before?: readonly Buffer[];
}): Buffer {
  const { width, height, depth = 8, colour = 0, interlaced = false, rows, before = [] } = options;
  return Buffer.concat([
    pngMark,
    pngChunk('IHDR', Buffer.concat([be(4, width, height), be(1, depth, colour, 0, 0, interlaced ? 1 : 0)])),
    ...before,
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

/** A WebP of one chunk. */
const webp = (type: string, data: Uint8Array): Buffer => {
  const chunk = Buffer.concat([Buffer.from(type), le(4, data.length), data, Buffer.alloc(data.length & 1)]);
  return Buffer.concat([Buffer.from('RIFF'), le(4, chunk.length + 4), Buffer.from('WEBP'), chunk]);
};

/** A lossless WebP whose every pixel takes no bit at all: 40 bytes, whatever its size. */
export function emptyLosslessWebp(width: number, height: number): Buffer {
  const oneSymbol = [
    [1, 1],
    [0, 1],
    [0, 1],
    [0, 1],
  ] as const;
  const bits = packed(
    [width - 1, 14],
    [height - 1, 14],
    [0, 4],
    [0, 1],
    [0, 1],
    [0, 1],
    ...Array.from({ length: 5 }, () => oneSymbol).flat(),
  );
  return webp('VP8L', Buffer.concat([Buffer.from([0x2f]), bits, Buffer.alloc(16)]));
}

/** A lossy WebP of nothing but its header and `length` bytes of zero. */
export function lossyWebp(width: number, height: number, length: number): Buffer {
  const first = (length << 5) | 0x10;
  return webp(
    'VP8 ',
    Buffer.concat([
      Buffer.from([first & 255, (first >> 8) & 255, (first >> 16) & 255, 0x9d, 0x01, 0x2a]),
      le(2, width, height),
      Buffer.alloc(2 * length),
    ]),
  );
}

/** A GIF with this screen, and so many frames of this size. */
export function gif(
  screen: { readonly width: number; readonly height: number },
  frames: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly data?: Uint8Array;
  }[],
): Buffer {
  return Buffer.concat([
    Buffer.from('GIF89a'),
    le(2, screen.width, screen.height),
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    ...frames.flatMap(({ x, y, width, height, data = Buffer.from([0x44, 0x01]) }) => [
      Buffer.from([0x2c]),
      le(2, x, y, width, height),
      Buffer.from([0, 2]),
      ...blocks(data),
      Buffer.from([0]),
    ]),
    Buffer.from([0x3b]),
  ]);
}

function blocks(data: Uint8Array): Buffer[] {
  const all: Buffer[] = [];
  for (let at = 0; at < data.length; at += 255) {
    const block = data.subarray(at, at + 255);
    all.push(Buffer.from([block.length]), Buffer.from(block));
  }
  return all;
}

/** LZW codes for about `pixels` pixels of one colour, ever longer runs: a few bytes for very many. */
export function lzwOfOneColour(pixels: number): Buffer {
  const fields: [number, number][] = [[4, 3]];
  let [next, width, done, run] = [6, 3, 0, 1];
  fields.push([0, width]);
  done = 1;
  while (done < pixels) {
    // The code that is about to be made: one pixel longer than the last.
    const code = next <= 4095 ? next : 4095;
    fields.push([code, width]);
    run = next <= 4095 ? run + 1 : run;
    done += run;
    if (next <= 4095) next++;
    if (next === 1 << width && width < 12) width++;
  }
  fields.push([5, width]);
  return packed(...fields);
}

const segment = (marker: number, data: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), be(2, data.length + 2), data]);

/**
 * A progressive JPEG of one grey component and this size, in so many scans over all blocks, each of which
 * says in a few bytes that there is nothing in it.
 */
export function emptyScansJpeg(width: number, height: number, scans: number): Buffer {
  const table = (id: number, symbol: number): Buffer =>
    segment(0xc4, Buffer.from([id, 1, ...new Array<number>(15).fill(0), symbol]));
  const scan = (from: number, to: number, bits: Uint8Array): Buffer =>
    Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, from, to, 0])), bits]);
  const blocksInAll = Math.ceil(width / 8) * Math.ceil(height / 8);
  // A run of 32767 blocks: the one code (0), then fourteen bits; 15 bits in all.
  const runs = Math.ceil(blocksInAll / 32767);
  const bits = Array.from({ length: runs }, () => `0${'1'.repeat(14)}`).join('');
  const empty = Buffer.from(
    (bits.padEnd(Math.ceil(bits.length / 8) * 8, '0').match(/.{8}/g) ?? []).flatMap((byte) => {
      const value = Number.parseInt(byte, 2);
      return value === 255 ? [255, 0] : [value];
    }),
  );
  const one = scan(1, 63, empty);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, Buffer.from([0, ...new Array<number>(64).fill(1)])),
    segment(0xc2, Buffer.concat([Buffer.from([8]), be(2, height, width), Buffer.from([1, 1, 0x11, 0])])),
    table(0x00, 0),
    table(0x10, 0xe0),
    scan(0, 0, Buffer.alloc(Math.ceil(blocksInAll / 8))),
    ...Array.from({ length: scans }, () => one),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A BMP's header, and `pixels` after it. */
export function bmp(
  width: number,
  height: number,
  bits: number,
  compression: number,
  pixels: Uint8Array,
): Buffer {
  const file = Buffer.alloc(54);
  file.write('BM');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  file.writeUInt32LE(compression, 30);
  return Buffer.concat([file, pixels]);
}
