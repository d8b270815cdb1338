import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64, toHex } from '../../../shared/bytes';
import { parseShare, type Share, shareText } from '../../../shared/share/share';
import { ShareError } from '../../../shared/share/share-error';
import { shareVectors } from '../../vectors/read';

/** 33 bytes with an x-coordinate. */
const shareBytes = fc
  .tuple(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.integer({ min: 1, max: 255 }))
  .map(([y, x]) => Uint8Array.from([...y, x]));

function refused(text: string, threshold?: number): string {
  try {
    parseShare(text, threshold);
  } catch (error) {
    if (!(error instanceof ShareError)) throw error;
    if (text.trim().length > 12) expect(error.message).not.toContain(text.trim());
    return error.code;
  }
  return 'accepted';
}

const shareOf = (bytes: Uint8Array): Share => parseShare(toHex(bytes));

describe('a key share that is entered', () => {
  it.each(shareVectors.shares)(
    'is read in hex and in base64, as a real server gives it (threshold $threshold)',
    ({ threshold, hex, base64 }) => {
      const fromHexText = parseShare(hex, threshold);
      const fromBase64Text = parseShare(base64, threshold);
      expect(fromHexText.encoding).toBe('hex');
      expect(fromBase64Text.encoding).toBe('base64');
      expect(shareText(fromHexText)).toBe(hex);
      expect(shareText(fromBase64Text)).toBe(hex);
    },
  );

  it('keeps its bytes and x-coordinate, in either case and with white space in it', () => {
    fc.assert(
      fc.property(shareBytes, fc.boolean(), fc.nat({ max: 60 }), (bytes, upper, at) => {
        const hex = upper ? toHex(bytes).toUpperCase() : toHex(bytes);
        const share = parseShare(` ${hex.slice(0, at)}\n ${hex.slice(at)}\n`, 3);
        expect(share.bytes).toEqual(bytes);
        expect(share.x).toBe(bytes[32]);
        expect(parseShare(toBase64(bytes), 3).bytes).toEqual(bytes);
      }),
    );
  });

  it('is accepted in every length that servers accept when the threshold is not known', () => {
    for (let length = 16; length <= 33; length++) {
      // 22 bytes in hex could also be 33 in base64: see below.
      const bytes = new Uint8Array(length).fill(0xa7);
      if (length !== 22) expect(shareOf(bytes).bytes).toEqual(bytes);
      else expect(parseShare(toBase64(bytes)).bytes).toEqual(bytes);
    }
  });

  it('with a byte too few or too many is refused before it can spoil the quorum', () => {
    expect(refused('a7'.repeat(32), 3)).toBe('length');
    expect(refused('a7'.repeat(33), 1)).toBe('length');
    expect(refused('a7'.repeat(34), 3)).toBe('length');
    expect(refused('a7'.repeat(15))).toBe('length');
    expect(refused(`${'a7'.repeat(32)}a`, 3)).toBe('length');
    expect(refused(`${toBase64(new Uint8Array(34).fill(9))}`)).toBe('length');
  });

  it('with a character of no encoding is refused with its place, not with itself', () => {
    expect(refused(`${'a7'.repeat(32)}a!`)).toBe('alphabet');
    expect(() => parseShare(`a7 a7 ü${'a7'.repeat(30)}`)).toThrow(/Character 5 /);
  });

  it('with a letter for a digit is refused by that character and what it may be, not by its length', () => {
    const said = (text: string, threshold?: number): string => {
      expect(refused(text, threshold)).toBe('alphabet');
      try {
        parseShare(text, threshold);
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
      return '';
    };
    const o = said(`O${'a7'.repeat(32)}b`, 3);
    expect(o).toContain('Character 1 (white space not counted) is the letter O');
    expect(o).toContain('is it the digit 0?');
    expect(o).not.toContain('a7');
    expect(o).not.toMatch(/long/);
    expect(said(`a7 a7 l7${'a7'.repeat(30)}`)).toContain(
      'Character 5 (white space not counted) is the letter l',
    );
    // One more than a share has, or one less: the character is the surer fault.
    expect(said(`${'a7'.repeat(32)}xa7`)).toMatch(/is the letter x; hex has 0–9 and a–f only\. Check/);
    expect(said(`${'a7'.repeat(16)}+${'a7'.repeat(16)}`)).toContain('the sign +');
    // Of the length of a share in hex, whatever it is.
    expect(said('zx'.repeat(33))).toContain('Character 1 (white space not counted) is the letter z');
    // Of the length of one in base64.
    expect(said(`${'pQ'.repeat(10)}=${'pQ'.repeat(11)}p`)).toContain('Character 21');
    expect(said(`${'pQ'.repeat(21)}p=`, 1)).toContain('last characters');
  });

  it('that may be hex or base64 is read as the servers do, as hex, unless only base64 gives a whole share', () => {
    expect(parseShare('a7'.repeat(16)).encoding).toBe('hex');
    expect(refused('abcd'.repeat(11))).toBe('ambiguous');
    expect(parseShare('abcd'.repeat(11), 3)).toMatchObject({ encoding: 'base64', x: 0x1d });
    expect(refused('abcd'.repeat(11), 1)).toBe('length');
  });

  it('that ends in x-coordinate 0 is refused', () => {
    expect(refused(`${'a7'.repeat(32)}00`, 3)).toBe('x-coordinate');
    expect(refused(`${'a7'.repeat(32)}00`)).toBe('x-coordinate');
    expect(refused(`${'a7'.repeat(31)}00`, 1)).toBe('accepted');
  });

  it('and turns out to be another thing is refused by that name', () => {
    expect(refused('hvs.AbCdEfGhIjKlMnOpQrStUvWx')).toBe('not-a-share');
    expect(refused('00112233-4455-6677-8899-aabbccddeeff')).toBe('not-a-share');
    expect(refused('-----BEGIN PGP MESSAGE-----\n\nabc\n')).toBe('pgp-encrypted');
    expect(refused(shareVectors.pgp[0]?.encrypted ?? '')).toBe('pgp-encrypted');
    expect(refused(' \n')).toBe('empty');
  });

  it('is never guessed: any text is a share of legal length, or refused with a name', () => {
    const texts = fc.oneof(fc.string({ maxLength: 80 }), fc.base64String({ maxLength: 60 }));
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(parseShare(text).bytes.length).toBeGreaterThanOrEqual(16);
          expect(parseShare(text).bytes.length).toBeLessThanOrEqual(33);
        } catch (error) {
          expect(error).toBeInstanceOf(ShareError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('two shares', () => {
  it('of one real set all differ in x', () => {
    const set = shareVectors.shares
      .filter(({ threshold }) => threshold === 3)
      .map(({ hex }) => parseShare(hex, 3));
    expect(new Set(set.map(({ x }) => x)).size).toBe(5);
  });
});
