import { type QrMatrix, quietZone } from '../../shared/qr/draw';
import type { Luma } from '../../shared/qr/luma';

/** What a camera makes of a code on a screen. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  /** Side of the code with its quiet zone, as a share of the frame's height. */
  readonly size: number;
  /** Degrees in the picture's plane. */
  readonly turn: number;
  /** How much farther away one side is than the other: 0 = square on, 0.3 = strongly tilted. */
  readonly tilt: { readonly x: number; readonly y: number };
  /** Of the code's middle from the frame's, as a share of the frame's height. */
  readonly offset: { readonly x: number; readonly y: number };
  /** Standard deviation of the blur, in pixels. */
  readonly blur: number;
  /** Standard deviation of the noise, in grey levels. */
  readonly noise: number;
  /** Grey that black and white come out as. */
  readonly black: number;
  readonly white: number;
  /** Brightness falls off to this share at one side of the frame. */
  readonly shade: number;
}

export const straightShot: Shot = {
  width: 1280,
  height: 720,
  size: 0.8,
  turn: 0,
  tilt: { x: 0, y: 0 },
  offset: { x: 0, y: 0 },
  blur: 0.5,
  noise: 2,
  black: 25,
  white: 225,
  shade: 1,
};

/** A frame of a camera that looks at a code, on a cluttered desk. `code` null: the desk alone. */
export function photograph(code: QrMatrix | null, shot: Shot, random: () => number): Luma {
  const { width, height } = shot;
  const sharp = new Float32Array(width * height);
  clutter(sharp, width, height, random);
  if (code) place(sharp, code, shot);
  const seen = blurred(sharp, width, height, shot.blur);
  const contrast = shot.white - shot.black;
  const data = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const light = 1 - (1 - shot.shade) * (x / width);
      const grey = (shot.black + contrast * (seen[at] ?? 0)) * light + shot.noise * gaussian(random);
      data[at] = Math.max(0, Math.min(255, Math.round(grey)));
    }
  }
  return { data, width, height };
}

/** A desk of boxes, 0 to 1: nothing in it is a code. */
function clutter(pixels: Float32Array, width: number, height: number, random: () => number): void {
  pixels.fill(0.45 + 0.2 * random());
  for (let n = 0; n < 40; n++) {
    const left = Math.floor(random() * width);
    const top = Math.floor(random() * height);
    const right = Math.min(width, left + Math.floor(4 + random() ** 2 * width * 0.4));
    const bottom = Math.min(height, top + Math.floor(4 + random() ** 2 * height * 0.4));
    const grey = 0.15 + 0.75 * random();
    for (let y = top; y < bottom; y++) pixels.fill(grey, y * width + left, y * width + right);
  }
}

/** Samples a pixel along each side: their mean is the pixel. */
const samples = 3;

/** Draws the code as seen from the side: sizes shrink with depth, which grows along the tilt. */
function place(pixels: Float32Array, code: QrMatrix, shot: Shot): void {
  const { width, height } = shot;
  const side = code.size + 2 * quietZone;
  const modules = new Uint8Array(side * side);
  for (let i = 0; i < modules.length; i++) {
    modules[i] = code.dark((i % side) - quietZone, Math.floor(i / side) - quietZone) ? 0 : 1;
  }
  const extent = shot.size * height;
  const cos = Math.cos((shot.turn * Math.PI) / 180);
  const sin = Math.sin((shot.turn * Math.PI) / 180);
  const cx = width / 2 + shot.offset.x * height;
  const cy = height / 2 + shot.offset.y * height;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let light = 0;
      let inside = 0;
      for (let j = 0; j < samples; j++) {
        const py = (y + (j + 0.5) / samples - cy) / extent;
        for (let i = 0; i < samples; i++) {
          const px = (x + (i + 0.5) / samples - cx) / extent;
          const scale = side / (1 + shot.tilt.x * px + shot.tilt.y * py);
          const mx = (cos * px + sin * py) * scale + side / 2;
          const my = (cos * py - sin * px) * scale + side / 2;
          if (mx < 0 || my < 0 || mx >= side || my >= side) continue;
          inside++;
          light += modules[(my | 0) * side + (mx | 0)] ?? 1;
        }
      }
      if (inside === 0) continue;
      const at = y * width + x;
      pixels[at] = (light + (pixels[at] ?? 0) * (samples * samples - inside)) / (samples * samples);
    }
  }
}

/** Gaussian blur, first along rows, then along columns. */
function blurred(pixels: Float32Array, width: number, height: number, sigma: number): Float32Array {
  if (sigma <= 0) return pixels;
  const radius = Math.ceil(3 * sigma);
  const bell = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const total = bell.reduce((a, b) => a + b, 0);
  const weights = Float32Array.from(bell, (weight) => weight / total);
  const pass = (
    from: Float32Array,
    step: number,
    length: number,
    along: (at: number) => number,
  ): Float32Array => {
    const to = new Float32Array(from.length);
    for (let k = -radius; k <= radius; k++) {
      const weight = weights[k + radius] ?? 0;
      for (let at = 0; at < from.length; at++) {
        const place = along(at);
        const shift = Math.max(-place, Math.min(length - 1 - place, k));
        to[at] = (to[at] ?? 0) + weight * (from[at + shift * step] ?? 0);
      }
    }
    return to;
  };
  const rows = pass(pixels, 1, width, (at) => at % width);
  return pass(rows, width, height, (at) => (at / width) | 0);
}

const gaussian = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
