import { Xoshiro } from './xoshiro';

/** What decides which fragments of a message are mixed into a part. */
export interface PartNumber {
  /** From 1. */
  readonly number: number;
  readonly fragmentCount: number;
  /** CRC-32 of the whole message. */
  readonly checksum: number;
}

/**
 * Indexes of the fragments that are mixed into a part, as BCR-2020-005 chooses them: the first
 * `fragmentCount` parts are one fragment each, in order. How many fragments are in a later part, and which,
 * its number and the message's checksum decide, alike for sender and reader.
 */
export function fragmentsOf({ number, fragmentCount, checksum }: PartNumber): readonly number[] {
  if (number <= fragmentCount) return [number - 1];
  const seed = new Uint8Array(8);
  const view = new DataView(seed.buffer);
  view.setUint32(0, number);
  view.setUint32(4, checksum);
  const random = new Xoshiro(seed);
  const degree = chooseDegree(fragmentCount, random);
  const left = Array.from({ length: fragmentCount }, (_, index) => index);
  return Array.from({ length: degree }, () => left.splice(random.below(left.length), 1)[0] ?? 0);
}

/** How many fragments are mixed: 1 to `fragmentCount`, each d with a probability in proportion to 1/d. */
function chooseDegree(fragmentCount: number, random: Xoshiro): number {
  const { chances, others } = aliasTable(fragmentCount);
  const column = random.below(fragmentCount);
  return 1 + (random.fraction() < (chances[column] ?? 1) ? column : (others[column] ?? column));
}

interface AliasTable {
  /** The probability that a column stands for itself. */
  readonly chances: readonly number[];
  /** What a column stands for otherwise. */
  readonly others: readonly number[];
}

/** Tables by fragment count. One for each count that was met, at most 1024. */
const tables = new Map<number, AliasTable>();

function aliasTable(count: number): AliasTable {
  const known = tables.get(count);
  if (known) return known;
  const made = makeAliasTable(Array.from({ length: count }, (_, index) => 1 / (index + 1)));
  tables.set(count, made);
  return made;
}

/**
 * By Vose's alias method. Its order of sums and of columns is that of the reference implementation, bit for
 * bit.
 */
function makeAliasTable(weights: readonly number[]): AliasTable {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const scaled = weights.map((weight) => (weight * weights.length) / sum);
  const chances = weights.map(() => 1);
  const others = weights.map((_, index) => index);
  const small: number[] = [];
  const large: number[] = [];
  for (let index = weights.length - 1; index >= 0; index--) {
    if ((scaled[index] ?? 0) < 1) small.push(index);
    else large.push(index);
  }
  for (;;) {
    const less = small.at(-1);
    const more = large.at(-1);
    if (less === undefined || more === undefined) return { chances, others };
    small.pop();
    large.pop();
    chances[less] = scaled[less] ?? 0;
    others[less] = more;
    scaled[more] = (scaled[more] ?? 0) + (scaled[less] ?? 0) - 1;
    if ((scaled[more] ?? 0) < 1) small.push(more);
    else large.push(more);
  }
}
