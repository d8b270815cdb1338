import { decodeQRBatch } from 'qr/decode.js';
import type { Luma } from './luma';

/**
 * What the library puts where bytes are no UTF-8, the only encoding it knows: such a text is not the code's.
 */
const undecodable = '\ufffd';

/**
 * Texts of the codes in a picture as a reader of another make finds them: it sees through some glare and bent
 * paper that the first does not, and misses much that the first sees. `time`: milliseconds it may take.
 */
export async function secondReading({ data, width, height }: Luma, time: number): Promise<string[]> {
  if (width < 21 || height < 21 || time <= 0) return [];
  // The library takes greys as the first plane of I420; it wants the colour planes there, and never looks at
  // them.
  const planes = new Uint8Array(width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2));
  planes.set(data.length === width * height ? data : data.subarray(0, width * height));
  // Without a limit of its own the library stops at a sixtieth of a second, and results would vary with the
  // machine.
  const opts = { format: 'I420', timeLimit: time } as const;
  try {
    const [codes = []] = await decodeQRBatch([{ data: planes, width, height }], opts);
    return codes.filter((code) => typeof code === 'string').filter((text) => !text.includes(undecodable));
  } catch {
    return [];
  }
}
