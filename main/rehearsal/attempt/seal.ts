import { randomBytes } from 'node:crypto';
import { combine, split } from 'shamir-secret-sharing';
import { equalBytes, wipe } from '../../../shared/bytes';
import type { Wording } from '../generation';
import { Refusal } from '../http/reply';
import { RehearsalError } from '../rehearsal-error';

const KEY_LENGTH = 32;

/** Bytes of a share that the server takes at all; its own are a key and an x-coordinate, 33. */
export const MIN_SHARE = 16;
export const MAX_SHARE = KEY_LENGTH + 1;

/** The key that protects the server, in shares of Vault's format: y-coordinates, then the x-coordinate. */
export class Seal {
  readonly shares: readonly Uint8Array[];
  readonly threshold: number;
  readonly #key: Uint8Array;

  private constructor(key: Uint8Array, shares: readonly Uint8Array[], threshold: number) {
    this.#key = key;
    this.shares = shares;
    this.threshold = threshold;
  }

  /**
   * A new key in so many shares. Throws `RehearsalError` `bad-shares`, by the rules of Vault's `operator
   * init`.
   */
  static async create(shares: number, threshold: number): Promise<Seal> {
    checkQuorum(shares, threshold);
    const key = Uint8Array.from(randomBytes(KEY_LENGTH));
    return new Seal(key, threshold === 1 ? [key.slice()] : await split(key, shares, threshold), threshold);
  }

  /**
   * Whether a quorum of shares makes the key. Throws `Refusal` 400 with the server's words if it does not.
   */
  async authenticate(shares: readonly Uint8Array[], words: Wording): Promise<void> {
    const problem = await this.problemWith(shares, words);
    if (problem !== null) {
      throw new Refusal(400, `root generation aborted: unable to authenticate: ${problem}`);
    }
  }

  /**
   * What is wrong with the key that a quorum of shares makes; `null` for nothing. Throws `Refusal` 400 where
   * they make none.
   */
  async problemWith(shares: readonly Uint8Array[], words: Wording): Promise<string | null> {
    const combined = await combineShares(shares, this.threshold);
    const right = equalBytes(combined, this.#key);
    const { length } = combined;
    wipe(combined);
    return right ? null : words.wrongKey(length);
  }

  /** Overwrites the key and its shares. */
  wipe(): void {
    wipe(this.#key, ...this.shares);
  }
}

function checkQuorum(shares: number, threshold: number): void {
  const count = (number: number) => Number.isInteger(number) && number >= 1 && number <= 255;
  const problem = !count(shares)
    ? 'The number of shares is a whole number from 1 to 255.'
    : !count(threshold)
      ? 'The threshold is a whole number from 1 to 255.'
      : threshold > shares
        ? `A threshold of ${threshold} can't be reached with ${shares} shares: lower it, or make more shares.`
        : threshold === 1 && shares > 1
          ? 'A threshold of 1 goes with one share only: raise the threshold, or make one share.'
          : null;
  if (problem !== null) throw new RehearsalError('bad-shares', problem);
}

async function combineShares(shares: readonly Uint8Array[], threshold: number): Promise<Uint8Array> {
  const [first] = shares;
  if (threshold === 1 && first !== undefined) return first.slice();
  if (new Set(shares.map((share) => share.length)).size !== 1) {
    throw uncomputable('all parts must be the same length');
  }
  if (new Set(shares.map((share) => share.at(-1))).size !== shares.length) {
    throw uncomputable('duplicate part detected');
  }
  return combine([...shares]);
}

const uncomputable = (reason: string) => new Refusal(400, `failed to compute root key: ${reason}`);
