import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiBytes, asciiText, toBase64 } from '../../../shared/bytes';
import { generateOtp, parseOtp } from '../../../shared/token/otp';
import { TokenError } from '../../../shared/token/token-error';
import { base62Text, sixteen } from './arbitraries';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const refusal = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof TokenError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('a new one-time password', () => {
  it('has as many digits and letters as the server asks for, whatever the number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), (otpLength) => {
        const otp = generateOtp(otpLength, random);
        expect(asciiText(otp.characters)).toMatch(new RegExp(`^[0-9A-Za-z]{${otpLength}}$`));
        expect(otp.otpLength).toBe(otpLength);
      }),
    );
  });

  it('is the base64 of 16 bytes for a server that names no length', () => {
    const otp = generateOtp(0, random);
    expect(asciiText(otp.characters)).toMatch(/^[0-9A-Za-z+/]{22}==$/);
    expect(otp.otpLength).toBe(0);
  });

  it('uses every one of the 62 characters equally: each byte under 248 counts, the others are thrown away', () => {
    const every = Uint8Array.from({ length: 256 }, (_, i) => i);
    let at = 0;
    const inOrder = (length: number): Uint8Array =>
      Uint8Array.from({ length }, () => every[at++ % every.length] ?? 0);
    const counts = new Map<number, number>();
    for (let i = 0; i < 62; i++)
      for (const character of generateOtp(248 / 2, inOrder).characters)
        counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(62);
    expect(new Set(counts.values())).toEqual(new Set([124]));
  });

  it('is not made from a random source that is stuck', () => {
    expect(refusal(() => generateOtp(28, (length) => new Uint8Array(length).fill(255)))).toBe(
      'random-source',
    );
    expect(refusal(() => generateOtp(0, (length) => new Uint8Array(length)))).toBe('random-source');
    expect(refusal(() => generateOtp(0, () => new Uint8Array(3)))).toBe('random-source');
  });

  it('is not made for a length that no server names', () => {
    for (const length of [-1, 1.5, 256, Number.NaN])
      expect(refusal(() => generateOtp(length, random))).toBe('otp-length');
  });
});

describe('a one-time password that is typed or pasted', () => {
  it('comes out as it was made, white space around it dropped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), (otpLength) => {
        const otp = generateOtp(otpLength, random);
        const parsed = parseOtp(` \t${asciiText(otp.characters)}\r\n`, otpLength);
        expect(parsed).toEqual(otp);
      }),
    );
  });

  it('is told from one of the UUID era by itself when the server’s length is unknown', () => {
    fc.assert(
      fc.property(sixteen, base62Text(24), (bytes, text) => {
        expect(parseOtp(toBase64(bytes)).otpLength).toBe(0);
        expect(parseOtp(text).otpLength).toBe(24);
      }),
    );
  });

  it('is refused when it is not as long as the server asks', () => {
    expect(refusal(() => parseOtp('A'.repeat(27), 28))).toBe('otp-length');
    expect(refusal(() => parseOtp('A'.repeat(29), 28))).toBe('otp-length');
    expect(refusal(() => parseOtp('A'.repeat(300)))).toBe('otp-length');
    expect(refusal(() => parseOtp('A'.repeat(28), 0))).toBe('otp-length');
    expect(refusal(() => parseOtp(toBase64(new Uint8Array(15)), 0))).toBe('otp-length');
    expect(refusal(() => parseOtp('AAAA=', undefined))).toBe('otp-length');
    expect(refusal(() => parseOtp('A', 300))).toBe('otp-length');
  });

  it('is refused with the place of a character that cannot be in it', () => {
    expect(() => parseOtp(`AB-${'C'.repeat(25)}`, 28)).toThrow(/Character 3 /);
    expect(refusal(() => parseOtp(`AB-${'C'.repeat(25)}`, 28))).toBe('alphabet');
    expect(refusal(() => parseOtp('ÄB'))).toBe('alphabet');
  });

  it('is refused when there is none', () => {
    expect(refusal(() => parseOtp(' \n'))).toBe('empty');
  });

  it('never appears in the error that refuses it', () => {
    const text = 'SecretSecretSecretSecret.Secret';
    for (const otpLength of [undefined, 0, 28, 31]) {
      try {
        parseOtp(text, otpLength);
        expect.unreachable();
      } catch (error) {
        expect(String(error)).not.toContain('Secret');
      }
    }
    expect(asciiBytes(text)).toHaveLength(31);
  });
});
