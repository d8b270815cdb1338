import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { equalBytes, fromHex, type RandomSource, toHex } from '../bytes';
import type { Share } from './share';

/**
 * What a custodian's laptop keeps of a share: enough to tell a typing error at the next ceremony, not enough
 * to learn the share (256 random bits behind a keyed hash). Still not for transcripts: it would mark one
 * share across ceremonies.
 */
export interface Commitment {
  /** 16 random bytes in hex. */
  readonly salt: string;
  /** HMAC-SHA256 with the salt as key, over the share's bytes, in hex. */
  readonly digest: string;
}

const digestOf = (share: Share, salt: Uint8Array): Uint8Array => hmac(sha256, salt, share.bytes);

/** The commitment to a share, under a fresh salt. */
export function commitShare(share: Share, random: RandomSource): Commitment {
  const salt = random(16);
  return { salt: toHex(salt), digest: toHex(digestOf(share, salt)) };
}

/**
 * Whether this is the share that was committed to, however it was written then. Throws `Error` if a field is
 * not hex.
 */
export const matchesCommitment = (share: Share, commitment: Commitment): boolean =>
  equalBytes(digestOf(share, fromHex(commitment.salt)), fromHex(commitment.digest));
