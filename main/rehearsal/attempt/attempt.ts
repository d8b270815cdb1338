import { asciiBytes, asciiText, equalBytes, wipe } from '../../../shared/bytes';
import { encodeToken } from '../../../shared/token/encoded-token';
import { generateOtp, type Otp } from '../../../shared/token/otp';
import type { Wording } from '../generation';
import { decodeBase64 } from '../http/base64';
import { ConnectionLost, Refusal, randomUuid } from '../http/reply';
import { random } from '../token/format';
import { encryptToken, type PgpRecipient, parsePgpKey } from './pgp-recipient';
import { MAX_SHARE, MIN_SHARE, type Seal } from './seal';

interface Open {
  readonly nonce: string;
  readonly cover: { readonly otp: Otp } | { readonly pgp: PgpRecipient };
  shares: Uint8Array[];
}

export interface AttemptAnswer {
  readonly nonce: string;
  readonly started: boolean;
  readonly progress: number;
  readonly required: number;
  readonly complete: boolean;
  readonly encoded_token: string;
  readonly encoded_root_token: string;
  readonly pgp_fingerprint: string;
  readonly otp?: string;
  readonly otp_length?: number;
}

export interface AttemptOptions {
  readonly seal: Seal;
  /** 0 is the era of UUIDs. */
  readonly otpLength: number;
  readonly words: Wording;
  /** Whether the token is a root token: only then servers give the encoded one under its old name, too. */
  readonly isRoot: boolean;
  /** Why no attempt may begin now; `null` where one may. */
  readonly whyNot?: () => string | null;
  /** Makes the token that the quorum gets. */
  readonly newToken: () => string;
}

/** The one attempt to make a token from shares that a server, or a namespace of it, can have open. */
export class Attempt {
  readonly #options: AttemptOptions;
  #open: Open | null = null;

  constructor(options: AttemptOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** What GET answers; `otp` is filled only in the answer that brings a server-made one. */
  status(otp = ''): AttemptAnswer {
    return this.#answer({
      nonce: this.#open?.nonce ?? '',
      started: this.#open !== null,
      progress: this.#open?.shares.length ?? 0,
      pgp_fingerprint: fingerprintOf(this.#open),
      otp,
      otp_length: this.#options.otpLength,
    });
  }

  /**
   * Starts an attempt. Given both, the OTP wins; given neither, the server makes an OTP and answers with it.
   * Throws `Refusal` 400.
   */
  async init(otp: string, pgpKey: string): Promise<AttemptAnswer> {
    const made = otp === '' && pgpKey === '' ? this.#makeOtp() : '';
    const given = otp === '' ? made : otp;
    const cover = given === '' ? { pgp: await parsePgpKey(pgpKey) } : { otp: this.#takeOtp(given) };
    const { words, whyNot } = this.#options;
    if (this.#open !== null) throw new Refusal(400, words.inProgress);
    const reason = whyNot?.() ?? null;
    if (reason !== null) throw new Refusal(400, reason);
    this.#open = { nonce: randomUuid(), cover, shares: [] };
    return this.status(made);
  }

  /**
   * Takes a share; the last one brings the encoded token and ends the attempt. Throws `Refusal` 400, and
   * `ConnectionLost` where a real server panics.
   */
  async update(share: Uint8Array, nonce: string): Promise<AttemptAnswer> {
    const open = this.#expect(share, nonce);
    open.shares.push(share);
    const progress = open.shares.length;
    if (progress < this.#options.seal.threshold) return this.#progressed(open, progress, '');
    const quorum = open.shares;
    open.shares = [];
    try {
      await this.#options.seal.authenticate(quorum, this.#options.words);
    } finally {
      wipe(...quorum);
    }
    const encoded = await encode(this.#options.newToken(), open);
    this.cancel();
    return this.#progressed(open, progress, encoded);
  }

  /** Forgets the attempt, if there is one. */
  cancel(): void {
    wipe(...(this.#open?.shares ?? []));
    this.#open = null;
  }

  #expect(share: Uint8Array, nonce: string): Open {
    const length = share.length;
    if (length < MIN_SHARE) throw badKey(`shorter than minimum ${MIN_SHARE}`);
    if (length > MAX_SHARE) throw badKey(`longer than maximum ${MAX_SHARE}`);
    const open = this.#open;
    if (open === null) throw new Refusal(400, 'no root generation in progress');
    if (nonce !== open.nonce) {
      throw new Refusal(
        400,
        `incorrect nonce supplied; nonce for this root generation operation is "${open.nonce}"`,
      );
    }
    if (open.shares.some((each) => equalBytes(each, share))) {
      throw new Refusal(400, 'given key has already been provided during this generation operation');
    }
    return open;
  }

  #makeOtp(): string {
    if (this.#options.otpLength === 0) throw new Refusal(400, 'otp or pgp_key parameter must be provided');
    return asciiText(generateOtp(this.#options.otpLength, random).characters);
  }

  /** A server asks an OTP for its length only, whatever it is made of. */
  #takeOtp(text: string): Otp {
    const characters = new TextEncoder().encode(text);
    if (this.#options.otpLength === 0) {
      const decoded = decodeBase64(text);
      if (decoded === null) throw new Refusal(400, 'error decoding base64 OTP value');
      if (decoded.length !== 16) throw new Refusal(400, 'decoded OTP value is invalid or wrong length');
    } else if (characters.length !== this.#options.otpLength) {
      throw new Refusal(400, this.#options.words.wrongLength);
    }
    return { characters, otpLength: this.#options.otpLength } as Otp;
  }

  #progressed(open: Open, progress: number, encoded: string): AttemptAnswer {
    return this.#answer({
      nonce: open.nonce,
      started: true,
      progress,
      complete: encoded !== '',
      encoded_token: encoded,
      encoded_root_token: this.#options.isRoot ? encoded : '',
      pgp_fingerprint: fingerprintOf(open),
    });
  }

  #answer(parts: Partial<AttemptAnswer>): AttemptAnswer {
    const { otp, otp_length, ...answer } = {
      nonce: '',
      started: false,
      progress: 0,
      required: this.#options.seal.threshold,
      complete: false,
      encoded_token: '',
      encoded_root_token: '',
      pgp_fingerprint: '',
      otp: '',
      otp_length: 0,
      ...parts,
    };
    return this.#options.otpLength === 0 ? answer : { ...answer, otp, otp_length };
  }
}

const badKey = (reason: string) => new Refusal(400, `invalid key: key is ${reason} bytes`);

const fingerprintOf = (open: Open | null): string =>
  open !== null && 'pgp' in open.cover ? open.cover.pgp.fingerprint : '';

async function encode(token: string, open: Open): Promise<string> {
  const bytes = asciiBytes(token);
  try {
    if ('otp' in open.cover) return encodeToken(bytes, open.cover.otp);
    return await encryptToken(bytes, open.cover.pgp);
  } catch (cause) {
    // Vault's handler takes the first of no ciphertexts and panics (docs/server-facts.md, "A key that the
    // server can't use"). The token exists, nobody holds it, and the attempt stays open without its shares.
    throw new ConnectionLost('the key cannot be encrypted to', { cause });
  } finally {
    wipe(bytes);
  }
}
