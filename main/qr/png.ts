import { createInflate } from 'node:zlib';
import { type Luma, lumaOf } from '../../shared/qr/luma';

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

/** Samples a pixel, by colour type: grey, colours, palette, grey and colours with transparency. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** A picture drawn in ever finer grids (Adam7), and a plain one: where each begins, and its steps. */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const plain = [[0, 0, 1, 1]] as const;

/**
 * The grey pixels of a PNG; of one with transparent pixels on white, and on black. Row by row as it is unpacked, so that
 * nothing but them takes room, and what is packed beyond the last row is never unpacked. Text, profiles and the frames
 * of an animation are skipped, and so are checksums of chunks: a code has its own. Throws `Error` where it is damaged.
 */
export async function decodePng(file: Uint8Array): Promise<Luma[]> {
  const { header, palette, clear, packed } = chunksOf(file);
  const { width, height, depth, colour } = header;
  const bits = depth * (samplesOf[colour] ?? Number.NaN);
  if (!Number.isInteger(bits) || ![1, 2, 4, 8, 16].includes(depth)) throw new Error('no such kind of PNG');
  const unit = Math.max(1, bits >> 3);
  const onWhite = new Uint8Array(width * height);
  let onBlack: Uint8Array | null = null;
  const rows = unpackedRows(packed, header, bits);
  for await (const { row, before, x0, y, dx, count } of rows) {
    unfilter(row, before, unit);
    const opaque = colour < 3 && clear.length === 0 && depth >= 8;
    const rgba = opaque ? null : rgbaOf(row.subarray(1), count, header, palette, clear);
    const white = rgba ? lumaOf(rgba, count, 1).data : greysOf(row, count, depth >> 3, colour === 2);
    for (let i = 0, at = y * width + x0; i < count; i++, at += dx) onWhite[at] = white[i] ?? 0;
    if (!rgba) continue;
    if (!onBlack && hasClear(rgba)) onBlack = onWhite.slice();
    if (!onBlack) continue;
    const black = lumaOf(rgba, count, 1, 0).data;
    for (let i = 0, at = y * width + x0; i < count; i++, at += dx) onBlack[at] = black[i] ?? 0;
  }
  return [onWhite, onBlack].flatMap((data) => (data ? [{ data, width, height }] : []));
}

function hasClear(rgba: Uint8Array): boolean {
  for (let alpha = 3; alpha < rgba.length; alpha += 4) if (rgba[alpha] !== 255) return true;
  return false;
}

function chunksOf(file: Uint8Array): {
  header: Header;
  palette: Uint8Array;
  clear: Uint8Array;
  packed: Uint8Array[];
} {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const header = {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth: view.getUint8(24),
    colour: view.getUint8(25),
    interlaced: view.getUint8(28) === 1,
  };
  let [palette, clear] = [new Uint8Array(), new Uint8Array()];
  const packed: Uint8Array[] = [];
  for (let at = 8; at + 8 <= file.length; ) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const data = file.slice(at + 8, at + 8 + length);
    if (type === 0x504c5445) palette = data;
    else if (type === 0x74524e53) clear = data;
    else if (type === 0x49444154) packed.push(data);
    else if (type === 0x49454e44) break;
    at += 12 + length;
  }
  return { header, palette, clear, packed };
}

interface Row {
  /** The filter's byte, then the samples. */
  readonly row: Uint8Array;
  readonly before: Uint8Array;
  /** Where its pixels belong. */
  readonly x0: number;
  readonly y: number;
  readonly dx: number;
  readonly count: number;
}

async function* unpackedRows(
  packed: readonly Uint8Array[],
  header: Header,
  bits: number,
): AsyncGenerator<Row> {
  const unpacking = createInflate({ chunkSize: 1 << 18 });
  unpacking.end(Buffer.concat(packed));
  const chunks: AsyncIterator<Uint8Array> = unpacking[Symbol.asyncIterator]();
  let chunk: Uint8Array = new Uint8Array();
  let from = 0;
  const fill = async (row: Uint8Array): Promise<void> => {
    for (let to = 0; to < row.length; ) {
      if (from === chunk.length) {
        const next = await chunks.next();
        if (next.done) throw new Error('too few rows');
        chunk = next.value;
        from = 0;
      }
      const part = chunk.subarray(from, from + row.length - to);
      row.set(part, to);
      to += part.length;
      from += part.length;
    }
  };
  try {
    for (const [x0, y0, dx, dy] of header.interlaced ? adam7 : plain) {
      const count = Math.ceil((header.width - x0) / dx);
      if (count < 1) continue;
      const length = 1 + ((count * bits + 7) >> 3);
      let [row, before] = [new Uint8Array(length), new Uint8Array(length)];
      for (let y = y0; y < header.height; y += dy) {
        await fill(row);
        yield { row, before, x0, y, dx, count };
        [row, before] = [before, row];
      }
    }
  } finally {
    unpacking.destroy();
  }
}

/** Undoes a row's filter (PNG, third edition, 9.2); `unit` is the bytes of a pixel, one at least. */
function unfilter(row: Uint8Array, before: Uint8Array, unit: number): void {
  const kind = row[0] ?? 0;
  if (kind > 4) throw new Error('no such filter');
  if (kind === 0) return;
  if (kind === 2) {
    for (let i = 1; i < row.length; i++) row[i] = (row[i] ?? 0) + (before[i] ?? 0);
    return;
  }
  for (let i = 1; i < row.length; i++) {
    const left = i > unit ? (row[i - unit] ?? 0) : 0;
    const up = before[i] ?? 0;
    let guess = left;
    if (kind === 3) guess = (left + up) >> 1;
    else if (kind === 4) guess = paeth(left, up, i > unit ? (before[i - unit] ?? 0) : 0);
    row[i] = (row[i] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const a = Math.abs(guess - left);
  const b = Math.abs(guess - up);
  const c = Math.abs(guess - corner);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** Of a row without transparency, whose samples have one byte or two: the upper is enough. */
function greysOf(row: Uint8Array, count: number, bytes: number, coloured: boolean): Uint8Array {
  const greys = new Uint8Array(count);
  if (coloured)
    for (let i = 0, at = 1; i < count; i++, at += 3 * bytes)
      greys[i] =
        (306 * (row[at] ?? 0) + 601 * (row[at + bytes] ?? 0) + 117 * (row[at + 2 * bytes] ?? 0) + 512) >> 10;
  else for (let i = 0, at = 1; i < count; i++, at += bytes) greys[i] = row[at] ?? 0;
  return greys;
}

/** The samples of a row as four bytes a pixel: red, green, blue, and how opaque it is. */
function rgbaOf(
  row: Uint8Array,
  count: number,
  header: Header,
  palette: Uint8Array,
  clear: Uint8Array,
): Uint8Array {
  const { depth, colour } = header;
  const samples = samplesOf[colour] ?? 1;
  const rgba = new Uint8Array(4 * count);
  if (depth >= 8 && colour >= 4) {
    const bytes = depth >> 3;
    const [green, blue] = colour === 6 ? [bytes, 2 * bytes] : [0, 0];
    const step = samples * bytes;
    for (let i = 0, at = 0, to = 0; i < count; i++, at += step, to += 4) {
      rgba[to] = row[at] ?? 0;
      rgba[to + 1] = row[at + green] ?? 0;
      rgba[to + 2] = row[at + blue] ?? 0;
      rgba[to + 3] = row[at + step - bytes] ?? 0;
    }
    return rgba;
  }
  const mask = (1 << depth) - 1;
  const sample = (i: number): number => {
    if (depth === 8) return row[i] ?? 0;
    if (depth === 16) return ((row[2 * i] ?? 0) << 8) | (row[2 * i + 1] ?? 0);
    return ((row[(i * depth) >> 3] ?? 0) >> (8 - depth - ((i * depth) & 7))) & mask;
  };
  if (colour === 3) {
    for (let i = 0, to = 0; i < count; i++, to += 4) {
      const index = sample(i);
      rgba[to] = palette[3 * index] ?? 0;
      rgba[to + 1] = palette[3 * index + 1] ?? 0;
      rgba[to + 2] = palette[3 * index + 2] ?? 0;
      rgba[to + 3] = clear[index] ?? 255;
    }
    return rgba;
  }
  // One colour may be transparent as a whole: a word a sample.
  const keyed = clear.length >= 2 * samples;
  const key = (i: number): number => ((clear[2 * i] ?? 0) << 8) | (clear[2 * i + 1] ?? 0);
  const keys = [key(0), key(1), key(2)] as const;
  const scale = 255 / mask;
  const [second, third] = samples === 3 ? [1, 2] : [0, 0];
  for (let i = 0, at = 0, to = 0; i < count; i++, at += samples, to += 4) {
    const a = sample(at);
    const b = sample(at + second);
    const c = sample(at + third);
    rgba[to] = a * scale;
    rgba[to + 1] = b * scale;
    rgba[to + 2] = c * scale;
    rgba[to + 3] = keyed && a === keys[0] && b === keys[second] && c === keys[third] ? 0 : 255;
  }
  return rgba;
}
