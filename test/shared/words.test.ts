import { sha256 } from '@noble/hashes/sha2.js';
import { mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ceremonyWords, digestWords, fingerprintWords, nonceWords, wordsOf } from '../../shared/words';

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('words', () => {
  test('are those of the BIP-39 list, 11 bits each, from the first bit on', () => {
    expect(wordsOf(new Uint8Array(32), 3)).toEqual(['abandon', 'abandon', 'abandon']);
    expect(wordsOf(new Uint8Array(32).fill(0xff), 2)).toEqual(['zoo', 'zoo']);
    expect(wordsOf(Uint8Array.from([0x00, 0x20, 0x04]), 2)).toEqual(['ability', 'ability']);
  });

  test('say the same bits as a BIP-39 sentence says, whose last word holds its checksum', () => {
    fc.assert(
      fc.property(digest, (bytes) => {
        const words = wordsOf(bytes, 23);
        const checksum = sha256(bytes)[0] ?? 0;
        const last = wordlist[(((bytes[31] ?? 0) & 7) << 8) | checksum] ?? '';
        expect(mnemonicToEntropy([...words, last].join(' '), wordlist)).toEqual(bytes);
      }),
    );
  });

  test('differ as soon as one of their bits does', () => {
    fc.assert(
      fc.property(digest, fc.integer({ min: 0, max: 43 }), (bytes, bit) => {
        const flipped = Uint8Array.from(bytes);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
        expect(digestWords(flipped)).not.toBe(digestWords(bytes));
      }),
    );
  });

  test('of a nonce, a fingerprint and a ceremony are four, six and two, the same on every station', () => {
    expect(nonceWords('2dbd10f1-8528-6246-09e7-82b25b8aba63')).toBe('tube act indicate amazing');
    expect(fingerprintWords(new Uint8Array(20).fill(1))).toBe('oppose kite fix wild music furnace');
    expect(ceremonyWords(new Uint8Array(16).fill(1))).toBe('smart grit');
    expect(digestWords(sha256(new Uint8Array()))).toBe('together mail awful cradle');
  });

  test('are never more than the digest holds', () => {
    expect(() => wordsOf(new Uint8Array(2), 2)).toThrow(RangeError);
    expect(() => wordsOf(new Uint8Array(2), -1)).toThrow(RangeError);
  });

  test('are made of any nonce that a hostile server may give, too', () => {
    expect(nonceWords('nönce').split(' ')).toHaveLength(4);
    expect(nonceWords('nönce')).not.toBe(nonceWords('nonce'));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (nonce) => nonceWords(nonce).split(' ').length === 4),
    );
    expect(nonceWords('\ud800').split(' ')).toHaveLength(4);
  });
});
