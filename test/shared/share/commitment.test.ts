import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64, toHex } from '../../../shared/bytes';
import { commitShare, matchesCommitment } from '../../../shared/share/commitment';
import { parseShare } from '../../../shared/share/share';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const share = fc
  .uint8Array({ minLength: 33, maxLength: 33 })
  .filter((bytes) => bytes[32] !== 0)
  .map((bytes) => ({ bytes, share: parseShare(toHex(bytes), 3) }));

describe('the commitment to a share', () => {
  it('is matched by that share, however it is written', () => {
    fc.assert(
      fc.property(share, ({ bytes, share }) => {
        const commitment = commitShare(share, random);
        expect(matchesCommitment(share, commitment)).toBe(true);
        expect(matchesCommitment(parseShare(toBase64(bytes)), commitment)).toBe(true);
      }),
    );
  });

  it('is matched by no share that differs in a bit', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 32 * 8 - 1 }), ({ bytes, share }, bit) => {
        const typo = bytes.slice();
        typo[bit >> 3] = (typo[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(matchesCommitment(parseShare(toHex(typo), 3), commitShare(share, random))).toBe(false);
      }),
    );
  });

  it('is an HMAC-SHA256 under a salt of 16 bytes, new each time', () => {
    const one = parseShare('a7'.repeat(33), 3);
    const a = commitShare(one, random);
    const b = commitShare(one, random);
    expect(a.salt).toMatch(/^[0-9a-f]{32}$/);
    expect(a.salt).not.toBe(b.salt);
    expect(a.digest).toBe(createHmac('sha256', Buffer.from(a.salt, 'hex')).update(one.bytes).digest('hex'));
  });
});
