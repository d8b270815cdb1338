import { sha256 } from '@noble/hashes/sha2.js';

const mask = 2n ** 64n - 1n;
const rotated = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & mask;

/**
 * The generator Xoshiro256** as BCR-2020-005 seeds it: with SHA-256 of the seed, as four numbers of 64 bits,
 * the highest byte first. It decides what is mixed into a part, and has nothing to do with secrets.
 */
export class Xoshiro {
  private state: readonly [bigint, bigint, bigint, bigint];

  constructor(seed: Uint8Array) {
    const view = new DataView(sha256(seed).slice().buffer);
    this.state = [view.getBigUint64(0), view.getBigUint64(8), view.getBigUint64(16), view.getBigUint64(24)];
  }

  /** The next number from 0 to below 1. */
  fraction(): number {
    return Number(this.next()) / 2 ** 64;
  }

  /** The next whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.fraction() * count);
  }

  private next(): bigint {
    const [a, b, c, d] = this.state;
    const [third, fourth] = [c ^ a, d ^ b];
    this.state = [a ^ fourth, b ^ third, third ^ ((b << 17n) & mask), rotated(fourth, 45n)];
    return (rotated((b * 5n) & mask, 7n) * 9n) & mask;
  }
}
