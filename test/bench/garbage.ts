import { codeReader } from '../../main/qr/read-image';
import { drawQr } from '../../shared/qr/draw';
import type { Luma } from '../../shared/qr/luma';
import { readFrame } from '../../shared/qr/read-frame';
import { makeOutgoing, UrReader, urText } from '../../shared/qr/ur';
import { randomFrom } from './random';

export interface GarbageResult {
  readonly frames: number;
  readonly texts: number;
  /** Garbage that was taken for a message, or a part of one. */
  readonly accepted: number;
  /** Whole memory of the process, in MB, after each tenth of the run. */
  readonly rssMb: readonly number[];
}

type Random = () => number;

/**
 * Frames and texts that hold no message, one of each in turn: noise, stripes, broken codes, broken and
 * hostile URs.
 */
export async function benchGarbage(count: number): Promise<GarbageResult> {
  const look = await codeReader();
  const reader = new UrReader();
  const random = randomFrom(4);
  const rssMb: number[] = [];
  let accepted = 0;
  const receive = (text: string) => {
    if (reader.receive(text).status !== 'refused') accepted++;
  };
  for (let i = 0; i < count; i++) {
    for (const code of readFrame(look, garbageFrame(random))) receive(code.text);
    receive(garbageText(random));
    if ((i + 1) % (count / 10) === 0) rssMb.push(memoryMb());
  }
  return { frames: count, texts: count, accepted, rssMb };
}

function memoryMb(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

/** A code that would be read, but for what is done to it. */
const codes = Array.from({ length: 16 }, (_, i) => drawQr(`UR:AIRLOCK/${'AEADAO'.repeat(2 + i)}`));

function garbageFrame(random: Random): Luma {
  const side = 64 + Math.floor(random() * 64);
  const data = new Uint8Array(side * side);
  const kind = Math.floor(random() * 4);
  const code = codes[Math.floor(random() * codes.length)];
  const period = 2 + Math.floor(random() * 12);
  for (let i = 0; i < data.length; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    if (kind === 0) data[i] = random() * 256;
    else if (kind === 1) data[i] = (x + y * (period % 3)) % period < period / 2 ? 0 : 255;
    else if (kind === 2) data[i] = (x ^ y) % period < period / 2 ? 30 : 220;
    else data[i] = code?.dark((x >> 1) - 4, (y >> 1) - 4) ? 0 : 255;
  }
  // A broken code keeps its corners and loses a third of its modules: it is found, and must not be believed.
  if (kind === 3) {
    for (let n = 0; n < (side * side) / 12; n++) {
      const [x, y] = [Math.floor((random() * side) / 2) * 2, Math.floor((random() * side) / 2) * 2];
      const grey = random() < 0.5 ? 0 : 255;
      for (const at of [y * side + x, y * side + x + 1, (y + 1) * side + x, (y + 1) * side + x + 1])
        data[at] = grey;
    }
  }
  return { data, width: side, height: side };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/:';
const sound = [
  urText(new Uint8Array(60).fill(7)),
  ...Array.from({ length: 8 }, (_, i) => makeOutgoing(new Uint8Array(900).map((_, at) => at)).part(i * 5)),
];

function garbageText(random: Random): string {
  const pick = (text: string) => text[Math.floor(random() * text.length)] ?? 'A';
  const noise = (length: number) => Array.from({ length }, () => pick(letters)).join('');
  const good = sound[Math.floor(random() * sound.length)] ?? '';
  const at = 11 + Math.floor(random() * (good.length - 11));
  switch (Math.floor(random() * 6)) {
    case 0:
      return noise(Math.floor(random() * 400));
    case 1:
      return `UR:AIRLOCK/${noise(Math.floor(random() * 300))}`;
    case 2:
      return `UR:AIRLOCK/${Math.floor(random() * 1e10)}-${Math.floor(random() * 1e10)}/${noise(90)}`;
    case 3:
      return good.slice(0, at);
    case 4:
      return `${good.slice(0, at)}${good[at] === 'Q' ? 'Z' : 'Q'}${good.slice(at + 1)}`;
    default:
      return good.replace('AIRLOCK', noise(6).replaceAll(/[^A-Z]/g, 'X'));
  }
}
