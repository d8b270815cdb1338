import { hash } from 'node:crypto';

/** Sums of 40 bits in 44, so that all numbers on the way are whole. */
const MODULUS = 2 ** 44;
/** As many words as ceremonies have in common, and some of their own. */
const MOST = 20_000;
/**
 * Longer ones are mostly of one ceremony alone, as digests are; and with a part of a text the script engine
 * keeps all of it.
 */
const LONGEST = 12;

/**
 * What words count for under a secret key of 16 bytes. One set of words has another sum than every other, and
 * nobody without the key can look for two that have the same.
 */
export class WordWeight {
  private readonly known = new Map<string, number>();
  private readonly prefix: string;

  constructor(readonly key: Uint8Array) {
    this.prefix = Buffer.from(key).toString('hex');
  }

  /** Never 0: a word too many is another sum. */
  of(term: string): number {
    const known = this.known.get(term);
    if (known !== undefined) return known;
    const weight = 1 + Number.parseInt(hash('sha256', this.prefix + term).slice(0, 10), 16);
    if (term.length > LONGEST) return weight;
    if (this.known.size >= MOST) this.known.clear();
    this.known.set(term, weight);
    return weight;
  }

  sum(terms: Iterable<string>): number {
    let sum = 0;
    for (const term of terms) sum = plusWeight(sum, this.of(term));
    return sum;
  }
}

/** The sum with one more word in it. */
export const plusWeight = (sum: number, weight: number): number => (sum + weight) % MODULUS;
