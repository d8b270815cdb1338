import type { Luma } from './luma';

/** One of the three square eyes of a QR code, in pixels. */
export interface FinderPattern {
  readonly x: number;
  readonly y: number;
  /** Side of one module. */
  readonly module: number;
  /** Seen in most of its rows, so that chance is unlikely. */
  readonly sure: boolean;
}

/** More than this is a pattern of something else: a grid, a text. */
const most = 24;

/**
 * The eyes in a picture, by their runs of 1 : 1 : 3 : 1 : 1 across and down. The reading library says nothing
 * of a code that it couldn't read, so this finds what there is of one: to tell a person why not, never to
 * read it.
 */
export function findFinderPatterns(picture: Luma): FinderPattern[] {
  const { width, height } = picture;
  if (width < 21 || height < 21) return [];
  const dark = darkOf(picture);
  const across = (x: number, y: number): boolean => dark[y * width + x] === 1;
  const found: { x: number; y: number; module: number; votes: number }[] = [];
  for (let y = 0; y < height; y += 2) {
    for (const run of eyesInLine(width, (x) => across(x, y))) {
      const column = eyeThrough(height, y, run.module, (at) => across(Math.round(run.middle), at));
      if (column === null) continue;
      const row = eyeThrough(width, run.middle, column.module, (at) => across(at, Math.round(column.middle)));
      if (row === null || row.module > 1.6 * column.module || column.module > 1.6 * row.module) continue;
      const seen = { x: row.middle, y: column.middle, module: (row.module + column.module) / 2 };
      const same = found.findIndex(
        (other) => Math.hypot(other.x - seen.x, other.y - seen.y) < 3 * Math.max(other.module, seen.module),
      );
      const known = found[same];
      if (known) found[same] = { ...known, votes: known.votes + 1 };
      else if (found.length < 200) found.push({ ...seen, votes: 1 });
    }
  }
  const likely = found.filter(({ votes, module }) => votes >= (module >= 2 ? 2 : 1));
  if (likely.length > most) return [];
  // The core is three modules high, and every second row was looked at.
  return likely.map(({ x, y, module, votes }) => ({ x, y, module, sure: votes > Math.max(2, module) }));
}

interface Eye {
  readonly middle: number;
  readonly module: number;
}

function eyesInLine(length: number, isDark: (at: number) => boolean): Eye[] {
  const eyes: Eye[] = [];
  const runs: number[] = [];
  let start = 0;
  let colour = isDark(0);
  for (let at = 1; at <= length; at++) {
    const next = at < length && isDark(at);
    if (at < length && next === colour) continue;
    runs.push(at - start);
    // The last five runs end here, and the last of them is dark.
    if (colour && runs.length >= 5) {
      const five = runs.slice(-5);
      const module = moduleOf(five);
      if (module !== null) {
        const [, , core = 0, light = 0, edge = 0] = five;
        eyes.push({ middle: at - edge - light - core / 2 - 0.5, module });
      }
    }
    start = at;
    colour = next;
  }
  return eyes;
}

/** The eye whose core holds `through`, along a line. */
function eyeThrough(
  length: number,
  through: number,
  module: number,
  isDark: (at: number) => boolean,
): Eye | null {
  const middle = Math.round(through);
  if (!isDark(middle)) return null;
  const walk = (step: 1 | -1): readonly [number, number, number] | null => {
    const runs: [number, number, number] = [0, 0, 0];
    let at = middle;
    for (let run = 0; run < 3; run++) {
      const colour = run !== 1;
      while (at >= 0 && at < length && isDark(at) === colour) {
        runs[run] = (runs[run] ?? 0) + 1;
        at += step;
      }
      if (runs[run] === 0 || (runs[run] ?? 0) > 6 * module + 2) return null;
    }
    return runs;
  };
  const before = walk(-1);
  const after = walk(1);
  if (before === null || after === null) return null;
  const size = moduleOf([before[2], before[1], before[0] + after[0] - 1, after[1], after[2]]);
  return size === null ? null : { middle: middle + (after[0] - before[0]) / 2, module: size };
}

/** Side of a module where five runs are those of an eye, half a module off at most. */
function moduleOf(runs: readonly number[]): number | null {
  const total = runs.reduce((sum, run) => sum + run, 0);
  const module = total / 7;
  if (module < 1) return null;
  const slack = Math.max(0.55 * module, 0.75);
  const [a = 0, b = 0, core = 0, c = 0, d = 0] = runs;
  const ones = [a, b, c, d].every((run) => Math.abs(run - module) <= slack);
  return ones && Math.abs(core - 3 * module) <= 2 * slack ? module : null;
}

/** 1 where a pixel is darker than its surroundings, an eighth of the picture wide. */
function darkOf({ data, width, height }: Luma): Uint8Array {
  const sums = new Uint32Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += data[y * width + x] ?? 0;
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  const reach = Math.max(8, Math.round(Math.min(width, height) / 16));
  const dark = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - reach) * (width + 1);
    const bottom = Math.min(height, y + reach + 1) * (width + 1);
    const rows = (bottom - top) / (width + 1);
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - reach);
      const right = Math.min(width, x + reach + 1);
      const sum =
        (sums[bottom + right] ?? 0) -
        (sums[bottom + left] ?? 0) -
        (sums[top + right] ?? 0) +
        (sums[top + left] ?? 0);
      const mean = sum / (rows * (right - left));
      // Flat ground with some noise on it is light.
      dark[y * width + x] = (data[y * width + x] ?? 0) < mean * 0.94 - 2 ? 1 : 0;
    }
  }
  return dark;
}
