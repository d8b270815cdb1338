import { codeReader } from '../../main/qr/read-image';
import { drawQr } from '../../shared/qr/draw';
import { readFrame } from '../../shared/qr/read-frame';
import { makeOutgoing, type Outgoing, UrReader } from '../../shared/qr/ur';
import { photograph, straightShot } from './camera';
import { randomFrom } from './random';

export const sizes = [700, 2400, 8000] as const;
export const losses = [0, 0.1, 0.3, 0.5] as const;

/** Frames shown until a message was whole, as a share of its parts: means over many crossings. */
export interface LossResult {
  readonly bytes: number;
  readonly loss: number;
  readonly parts: number;
  readonly fountain: number;
  readonly plain: number;
  /** Every crossing: frames shown, fountain and plain. */
  readonly runs: readonly (readonly [number, number])[];
}

/** The same frames are lost for both, so that only the order of the parts differs. */
export function benchLoss(crossings: number): LossResult[] {
  return sizes.flatMap((bytes) =>
    losses.map((loss) => {
      const outgoing = makeOutgoing(messageOf(bytes));
      const runs = Array.from({ length: crossings }, (_, run) => {
        const seed = bytes * 1000 + loss * 100 + run;
        const fountain = framesUntilWhole((i) => outgoing.part(i), loss, seed);
        const plain = framesUntilWhole((i) => outgoing.part(i % outgoing.partCount), loss, seed);
        return [fountain, plain] as const;
      });
      const mean = (which: 0 | 1) =>
        runs.reduce((sum, run) => sum + run[which], 0) / runs.length / outgoing.partCount;
      return { bytes, loss, parts: outgoing.partCount, fountain: mean(0), plain: mean(1), runs };
    }),
  );
}

function framesUntilWhole(part: (index: number) => string, loss: number, seed: number): number {
  const random = randomFrom(seed);
  const reader = new UrReader();
  for (let shown = 1; ; shown++) {
    if (random() < loss) continue;
    if (reader.receive(part(shown - 1)).status === 'complete') return shown;
  }
}

/** A message crossing by camera: drawn, photographed, read. */
export interface ThroughputResult {
  readonly bytes: number;
  readonly density: number;
  readonly framesShown: number;
  readonly framesUnread: number;
  readonly bytesPerSecond: number;
  /** Bytes of message in a code × codes a second. */
  readonly limit: number;
  /** Each frame that was not lost, in milliseconds. */
  readonly readMs: readonly number[];
}

const framesPerSecond = 15;
const dropped = 0.1;

/**
 * Draw → camera frame → read, at 15 frames a second with every tenth lost, and more where reading takes too
 * long.
 */
export async function benchThroughput(bytes: number, density: number): Promise<ThroughputResult> {
  const look = await codeReader();
  const message = messageOf(bytes);
  const outgoing: Outgoing = makeOutgoing(message, density);
  const reader = new UrReader();
  const random = randomFrom(bytes + density);
  const readMs: number[] = [];
  let framesUnread = 0;
  let busyUntil = 0;
  for (let shown = 1; shown < 50 * outgoing.partCount; shown++) {
    const now = ((shown - 1) * 1000) / framesPerSecond;
    // A frame that comes while the last one is still being read goes by, as in the app.
    if (random() < dropped || now < busyUntil) continue;
    const shot = {
      ...straightShot,
      turn: 6 * random() - 3,
      tilt: { x: 0.2 * random() - 0.1, y: 0.2 * random() - 0.1 },
      offset: { x: 0.1 * random() - 0.05, y: 0.04 * random() - 0.02 },
      blur: 0.6 + 0.9 * random(),
      noise: 6,
    };
    const frame = photograph(drawQr(outgoing.part(shown - 1)), shot, random);
    const started = performance.now();
    const texts = readFrame(look, frame).map((code) => code.text);
    const took = performance.now() - started;
    readMs.push(took);
    busyUntil = now + took;
    if (texts.length === 0) framesUnread++;
    if (!texts.some((text) => reader.receive(text).status === 'complete')) continue;
    return {
      bytes,
      density,
      framesShown: shown,
      framesUnread,
      bytesPerSecond: bytes / (shown / framesPerSecond),
      limit: Math.ceil(bytes / outgoing.partCount) * framesPerSecond,
      readMs,
    };
  }
  throw new Error('the message never came together');
}

function messageOf(bytes: number): Uint8Array {
  const random = randomFrom(bytes);
  return Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256));
}
