/** Where the n-th number of a block belongs, row by row (ITU-T T.81, figure A.6). */
export const zigzag: Uint8Array = Uint8Array.from(
  Array.from({ length: 64 }, (_, i) => i).sort((a, b) => {
    const [diagonal, other] = [(a >> 3) + (a & 7), (b >> 3) + (b & 7)];
    if (diagonal !== other) return diagonal - other;
    return diagonal % 2 === 0 ? (a & 7) - (b & 7) : (a >> 3) - (b >> 3);
  }),
);

/** Half the cosine of each frequency (the first smaller by √2) at the first four of eight points: by mirror, at all. */
const cosines = Float32Array.from({ length: 32 }, (_, i) => {
  const [frequency, point] = [i & 7, i >> 3];
  return (frequency === 0 ? Math.SQRT1_2 : Math.cos(((2 * point + 1) * frequency * Math.PI) / 16)) / 2;
});

const middle = new Float32Array(64);

/** One line of eight, by `step` apart, from frequencies to samples. */
function lineInto(from: Float32Array, to: Float32Array, at: number, step: number): void {
  const a = from[at] ?? 0;
  const b = from[at + step] ?? 0;
  const c = from[at + 2 * step] ?? 0;
  const d = from[at + 3 * step] ?? 0;
  const e = from[at + 4 * step] ?? 0;
  const f = from[at + 5 * step] ?? 0;
  const g = from[at + 6 * step] ?? 0;
  const h = from[at + 7 * step] ?? 0;
  for (let point = 0, k = 0; point < 4; point++, k += 8) {
    const even =
      a * (cosines[k] ?? 0) +
      c * (cosines[k + 2] ?? 0) +
      e * (cosines[k + 4] ?? 0) +
      g * (cosines[k + 6] ?? 0);
    const odd =
      b * (cosines[k + 1] ?? 0) +
      d * (cosines[k + 3] ?? 0) +
      f * (cosines[k + 5] ?? 0) +
      h * (cosines[k + 7] ?? 0);
    to[at + point * step] = even + odd;
    to[at + (7 - point) * step] = even - odd;
  }
}

const scaled = new Float32Array(64);
const samples = new Float32Array(64);

/** A block's samples into a picture of this width, where there is room for them. */
export function idctInto(
  block: Int16Array,
  at: number,
  quantization: Float32Array,
  pixels: Uint8Array,
  width: number,
  row: number,
  column: number,
): void {
  const [x0, y0] = [8 * column, 8 * row];
  const across = Math.min(8, width - x0);
  const down = Math.min(8, pixels.length / width - y0);
  let flat = true;
  for (let i = 0; i < 64; i++) {
    const value = (block[at + i] ?? 0) * (quantization[i] ?? 0);
    scaled[i] = value;
    if (i > 0 && value !== 0) flat = false;
  }
  if (flat) {
    const grey = Math.max(0, Math.min(255, Math.round((scaled[0] ?? 0) / 8 + 128)));
    for (let y = 0; y < down; y++) pixels.fill(grey, (y0 + y) * width + x0, (y0 + y) * width + x0 + across);
    return;
  }
  for (let y = 0; y < 8; y++) lineInto(scaled, middle, 8 * y, 1);
  for (let x = 0; x < 8; x++) lineInto(middle, samples, x, 8);
  for (let y = 0; y < down; y++) {
    const to = (y0 + y) * width + x0;
    for (let x = 0; x < across; x++) {
      const grey = (samples[8 * y + x] ?? 0) + 128.5;
      pixels[to + x] = grey < 0 ? 0 : grey > 255 ? 255 : grey;
    }
  }
}
