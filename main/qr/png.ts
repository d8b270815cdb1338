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
    const rgba = rgbaOf(row.subarray(1), count, header, palette, clear);
    const white = lumaOf(rgba, count, 1).data;
    for (let i = 0, at = y * width + x0; i < count; i++, at += dx) onWhite[at] = white[i] ?? 0;
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
  for (let i = 1; i < row.length; i++) {
    const left = i > unit ? (row[i - unit] ?? 0) : 0;
    const up = before[i] ?? 0;
    let guess = 0;
    if (kind === 1) guess = left;
    else if (kind === 2) guess = up;
    else if (kind === 3) guess = (left + up) >> 1;
    else if (kind === 4) guess = paeth(left, up, i > unit ? (before[i - unit] ?? 0) : 0);
    row[i] = (row[i] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

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
  const bytes = depth === 16 ? 2 : 1;
  const raw = (i: number): number => {
    if (depth >= 8) return row[i * bytes] ?? 0;
    return ((row[(i * depth) >> 3] ?? 0) >> (8 - depth - ((i * depth) & 7))) & ((1 << depth) - 1);
  };
  const whole = (i: number): number => (depth === 16 ? (raw(i) << 8) | (row[2 * i + 1] ?? 0) : raw(i));
  const scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
  // The one colour that is transparent, a word a sample.
  const key = (sample: number): number => ((clear[2 * sample] ?? 0) << 8) | (clear[2 * sample + 1] ?? 0);
  const keyed = clear.length >= 2 * samples && (colour === 0 || colour === 2);
  for (let i = 0, to = 0; i < count; i++, to += 4) {
    const at = i * samples;
    if (colour === 3) {
      const index = raw(i);
      for (let c = 0; c < 3; c++) rgba[to + c] = palette[3 * index + c] ?? 0;
      rgba[to + 3] = clear[index] ?? 255;
      continue;
    }
    const grey = samples < 3;
    for (let c = 0; c < 3; c++) rgba[to + c] = raw(grey ? at : at + c) * scale;
    if (colour >= 4) rgba[to + 3] = raw(at + samples - 1);
    else {
      let isKey = keyed;
      for (let c = 0; isKey && c < samples; c++) isKey = whole(at + c) === key(c);
      rgba[to + 3] = isKey ? 0 : 255;
    }
  }
  return rgba;
}
