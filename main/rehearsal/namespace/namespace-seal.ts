import { equalBytes, wipe } from '../../../shared/bytes';
import type { Seal } from '../attempt/seal';
import type { Wording } from '../generation';
import { Refusal, randomUuid } from '../http/reply';

/** What a namespace with a seal of its own says of it. */
export interface SealState {
  readonly initialized: boolean;
  readonly n: number;
  readonly nonce: string;
  readonly progress: number;
  readonly sealed: boolean;
  readonly t: number;
  readonly type: string;
}

/** The seal of a namespace: sealed at first, and opened by a quorum of its own shares. */
export class NamespaceSeal {
  readonly seal: Seal;
  readonly #words: Wording;
  #sealed = true;
  #given: Uint8Array[] = [];
  #nonce = '';

  constructor(seal: Seal, words: Wording) {
    this.seal = seal;
    this.#words = words;
  }

  get isSealed(): boolean {
    return this.#sealed;
  }

  state(): SealState {
    return {
      initialized: true,
      n: this.seal.shares.length,
      nonce: this.#nonce,
      progress: this.#given.length,
      sealed: this.#sealed,
      t: this.seal.threshold,
      type: 'shamir',
    };
  }

  close(): void {
    this.#sealed = true;
  }

  /** Takes a share; the last of a quorum opens it. Throws `Refusal` 400. */
  async unseal(share: Uint8Array): Promise<SealState> {
    if (!this.#sealed || this.#given.some((each) => equalBytes(each, share))) return this.state();
    if (this.#nonce === '') this.#nonce = randomUuid();
    this.#given.push(share);
    if (this.#given.length < this.seal.threshold) return this.state();
    const quorum = this.#given;
    this.#given = [];
    this.#nonce = '';
    try {
      const reason = await this.seal.problemWith(quorum, this.#words);
      if (reason !== null) throw new Refusal(400, reason);
    } finally {
      wipe(...quorum);
    }
    this.#sealed = false;
    return this.state();
  }

  /** Overwrites its key and its shares. */
  wipe(): void {
    wipe(...this.#given);
    this.seal.wipe();
  }
}
