import type { Luma } from '../../shared/qr/luma';
import { conditionNames, type Frame, framesWithCode, framesWithout } from './corpus';
import { type Pixels, type Reader, readers } from './readers';

/** What one reader made of one frame. */
interface Trial {
  readonly reader: string;
  readonly condition: string;
  readonly version: number;
  readonly outcome: 'read' | 'not-read' | 'misread' | 'no-code';
  readonly milliseconds: number;
}

/** What one reader made of the corpus. */
export interface ReadingResult {
  readonly reader: string;
  readonly ours: boolean;
  readonly read: number;
  readonly misread: number;
  readonly readByCondition: Readonly<Record<string, number>>;
  /** Medians: of frames it read, and of frames without a code. */
  readonly foundMs: number;
  readonly notFoundMs: number;
}

export interface ReadingReport {
  readonly frames: number;
  readonly results: readonly ReadingResult[];
  readonly trials: readonly Trial[];
}

/**
 * Every reader on every frame, one frame after the other, so that a busy moment of the machine hits all
 * alike.
 */
export async function benchReading(size: { perVersion: number; empty: number }): Promise<ReadingReport> {
  const all = await readers();
  const trials: Trial[] = [];
  let frames = 0;
  for (const corpus of [framesWithCode(size.perVersion), framesWithout(size.empty)]) {
    for (const frame of corpus) {
      frames++;
      const pixels = rgba(frame.picture);
      for (const reader of inTurn(all, frames)) {
        const trial = await tryOne(reader, frame, pixels);
        // The first frames warm the compilers up.
        if (frames > 3) trials.push(trial);
      }
    }
  }
  return { frames, trials, results: all.map((reader) => resultOf(reader, trials)) };
}

/** Another one first each time: the first finds the frame in no cache. */
const inTurn = (all: readonly Reader[], turn: number): Reader[] =>
  all.map((_, i) => all[(i + turn) % all.length]).filter((reader) => reader !== undefined);

async function tryOne(reader: Reader, frame: Frame, pixels: Pixels): Promise<Trial> {
  const started = performance.now();
  const texts = await reader.read(pixels);
  const milliseconds = performance.now() - started;
  const { condition, version, text } = frame;
  const wrong = texts.some((one) => one !== text);
  const right = text !== null && texts.includes(text);
  const outcome = wrong ? 'misread' : right ? 'read' : text === null ? 'no-code' : 'not-read';
  return { reader: reader.name, condition, version, outcome, milliseconds };
}

function resultOf(reader: Reader, trials: readonly Trial[]): ReadingResult {
  const own = trials.filter((trial) => trial.reader === reader.name);
  const of = (outcome: Trial['outcome']) => own.filter((trial) => trial.outcome === outcome);
  return {
    reader: reader.name,
    ours: reader.ours,
    read: of('read').length,
    misread: of('misread').length,
    readByCondition: Object.fromEntries(
      conditionNames.map((name) => [name, of('read').filter((t) => t.condition === name).length]),
    ),
    foundMs: median(of('read').map((trial) => trial.milliseconds)),
    notFoundMs: median(of('no-code').map((trial) => trial.milliseconds)),
  };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function rgba({ data, width, height }: Luma): Pixels {
  const pixels = new Uint8ClampedArray(4 * data.length);
  for (let i = 0; i < data.length; i++) {
    pixels.fill(data[i] ?? 0, 4 * i, 4 * i + 3);
    pixels[4 * i + 3] = 255;
  }
  return { data: pixels, width, height, colorSpace: 'srgb' };
}
