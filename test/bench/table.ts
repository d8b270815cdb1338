import type { LossResult, ThroughputResult } from './crossing';
import type { GarbageResult } from './garbage';
import type { ReadingReport, ReadingResult } from './reading';

/** One line of the table. `met`: whether the bar is, or empty where there is none. */
export interface Row {
  readonly measured: string;
  readonly against: string;
  readonly ours: string;
  readonly theirs: string;
  readonly bar: string;
  readonly met: 'yes' | 'no' | '';
}

export interface Measured {
  readonly reading: ReadingReport;
  readonly loss: readonly LossResult[];
  readonly throughput: readonly ThroughputResult[];
  readonly garbage: GarbageResult;
}

/** The bars of the crossing, and what was measured. */
export function tableOf({ reading, loss, throughput, garbage }: Measured): Row[] {
  return [
    ...readingRows(reading),
    ...loss.map(lossRow),
    ...throughput.map(throughputRow),
    ...garbageRows(garbage),
  ];
}

const met = (yes: boolean): 'yes' | 'no' => (yes ? 'yes' : 'no');
const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

function readingRows({ results }: ReadingReport): Row[] {
  const ours = results.find((result) => result.ours);
  const others = results.filter((result) => !result.ours);
  if (!ours) return [];
  return [
    ...others.map((other) => ({
      measured: 'codes read',
      against: other.reader,
      ours: count(ours),
      theirs: count(other),
      bar: 'none fewer',
      met: met(ours.read >= other.read && ours.misread === 0),
    })),
    ...(['foundMs', 'notFoundMs'] as const).flatMap((which) =>
      others.map((other) => ({
        measured: which === 'foundMs' ? 'median a frame, found' : 'median a frame, not found',
        against: other.reader,
        ours: ms(ours[which]),
        theirs: ms(other[which]),
        // Only a reader that reads as many is one that must not be faster.
        bar: other.read >= ours.read ? '≤ 1.1 ×' : '(reads fewer)',
        met:
          ours[which] <= 1.1 * other[which]
            ? met(true)
            : other.read >= ours.read
              ? met(false)
              : ('' as const),
      })),
    ),
  ];
}

const count = ({ read, misread }: ReadingResult): string =>
  misread > 0 ? `${read} (${misread} misread)` : `${read}`;

function lossRow({ bytes, loss, parts, fountain, plain }: LossResult): Row {
  const factor = loss === 0 ? 1 : bytes === 8000 && loss === 0.3 ? 0.6 : null;
  return {
    measured: `frames ÷ parts, ${bytes} B in ${parts}, ${Math.round(100 * loss)} % lost`,
    against: 'plain cycling',
    ours: fountain.toFixed(2),
    theirs: plain.toFixed(2),
    bar: factor === null ? '' : factor === 1 ? 'never worse' : `≤ ${factor} ×`,
    met: factor === null ? '' : met(fountain <= factor * plain),
  };
}

function throughputRow({ bytes, density, bytesPerSecond, limit }: ThroughputResult): Row {
  return {
    measured: `bytes a second, ${bytes} B, ${density} characters a code`,
    against: 'bytes a code × frames/s',
    ours: `${Math.round(bytesPerSecond)}`,
    theirs: `${limit}`,
    bar: '≥ 60 %',
    met: met(bytesPerSecond >= 0.6 * limit),
  };
}

/** Growth allowed over the last nine tenths of the run: what the garbage collector leaves about. */
const flatMb = 24;

function garbageRows({ frames, texts, accepted, rssMb }: GarbageResult): Row[] {
  const growth = (rssMb.at(-1) ?? 0) - (rssMb[0] ?? 0);
  return [
    {
      measured: `${frames} garbage frames and ${texts} UR texts, accepted`,
      against: '',
      ours: `${accepted}`,
      theirs: '',
      bar: 'none',
      met: met(accepted === 0),
    },
    {
      measured: 'memory growth over them, after the first tenth',
      against: '',
      ours: `${growth} MB of ${rssMb[0] ?? 0}`,
      theirs: '',
      bar: 'flat',
      met: met(growth <= flatMb),
    },
  ];
}
