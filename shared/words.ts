import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const BITS_A_WORD = 11;

/**
 * The first `count` words of a digest, for people to compare by voice: BIP-39 English, 11 bits a word, most
 * significant bit first. There is no checksum word: these words are compared, never typed in.
 * Throws `RangeError` where the digest holds fewer than `count` × 11 bits.
 */
export function wordsOf(digest: Uint8Array, count: number): string[] {
  if (count < 0 || count * BITS_A_WORD > digest.length * 8) {
    throw new RangeError(`${digest.length} bytes do not hold ${count} words`);
  }
  return Array.from({ length: count }, (_, word) => {
    let index = 0;
    for (let bit = word * BITS_A_WORD; bit < (word + 1) * BITS_A_WORD; bit++) {
      index = (index << 1) | (((digest[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    return wordlist[index] ?? '';
  });
}

/** Two words that name a ceremony on every screen ("copper lantern"): of SHA-256 of its 16-byte id. */
export const ceremonyWords = (ceremonyId: Uint8Array): string => wordsOf(sha256(ceremonyId), 2).join(' ');

/**
 * Four words of a server's nonce: of SHA-256 of its characters in UTF-8. It is ASCII on every honest server;
 * another one's must not keep a person from seeing that the words differ.
 */
export const nonceWords = (nonce: string): string => wordsOf(sha256(utf8ToBytes(nonce)), 4).join(' ');

/** Four words of a digest (32 bytes, SHA-256): of the digest itself, which is a hash already. */
export const digestWords = (digest: Uint8Array): string => wordsOf(digest, 4).join(' ');

/** Six words of a signing key's fingerprint (20 bytes): of SHA-256 of it. */
export const fingerprintWords = (fingerprint: Uint8Array): string =>
  wordsOf(sha256(fingerprint), 6).join(' ');
