import { crc32 } from '../../shared/qr/crc32';

const text = (characters: string): Uint8Array => new TextEncoder().encode(characters);

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces));
}

/** Numbers of so many bytes each, the first byte the highest. */
function big(...numbers: readonly (readonly [value: number, bytes: number])[]): Uint8Array {
  return new Uint8Array(
    numbers.flatMap(([value, bytes]) =>
      Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** (bytes - 1 - index)) % 256),
    ),
  );
}

const little = (value: number, bytes: number): Uint8Array => big([value, bytes]).reverse();

function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const named = joined(text(type), data);
  return joined(big([data.length, 4]), named, big([crc32(named), 4]));
}

/** Chunks of a PNG, by name. */
function* pngChunks(file: Uint8Array): Generator<{ readonly type: string; readonly data: Uint8Array }> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 8; at < file.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    yield { type, data: file.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

/** An animated PNG of stills of one size (PNG, third edition, 11.3.6). */
export function animatedPng(stills: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array()] = stills;
  const header = [...pngChunks(first)].find(({ type }) => type === 'IHDR')?.data ?? new Uint8Array();
  const size = header.subarray(0, 8);
  let number = 0;
  const frames = stills.flatMap((still, frame) => {
    const control = joined(
      big([number++, 4]),
      size,
      big([0, 4], [0, 4], [200, 2], [1000, 2], [0, 1], [0, 1]),
    );
    const pixels = joined(
      ...[...pngChunks(still)].filter(({ type }) => type === 'IDAT').map(({ data }) => data),
    );
    return [
      pngChunk('fcTL', control),
      frame === 0 ? pngChunk('IDAT', pixels) : pngChunk('fdAT', joined(big([number++, 4]), pixels)),
    ];
  });
  return joined(
    first.subarray(0, 8),
    pngChunk('IHDR', header),
    pngChunk('acTL', big([stills.length, 4], [0, 4])),
    ...frames,
    pngChunk('IEND', new Uint8Array()),
  );
}

function riffChunk(type: string, data: Uint8Array): Uint8Array {
  return joined(text(type), little(data.length, 4), data, new Uint8Array(data.length % 2));
}

/** An animated WebP of stills of one size, in pixels (RFC 9649, 2.7). */
export function animatedWebp(stills: readonly Uint8Array[], width: number, height: number): Uint8Array {
  const size = joined(little(width - 1, 3), little(height - 1, 3));
  const frames = stills.map((still) =>
    riffChunk('ANMF', joined(new Uint8Array(6), size, little(200, 3), new Uint8Array(1), pixelsOf(still))),
  );
  const body = joined(
    text('WEBP'),
    riffChunk('VP8X', joined(new Uint8Array([2, 0, 0, 0]), size)),
    riffChunk('ANIM', new Uint8Array(6)),
    ...frames,
  );
  return joined(text('RIFF'), little(body.length, 4), body);
}

/** The chunk of a still that holds its pixels, whole. */
function pixelsOf(still: Uint8Array): Uint8Array {
  const view = new DataView(still.buffer, still.byteOffset, still.byteLength);
  for (let at = 12; at < still.length; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (/^VP8[ L]$/.test(String.fromCharCode(...still.subarray(at, at + 4)))) return still.subarray(at, end);
    at = end;
  }
  throw new Error('a WebP without pixels');
}
