import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asciiBytes,
  asciiText,
  fromBase64,
  fromBase64NoPad,
  toBase64,
  toBase64NoPad,
} from '../../../shared/bytes';
import { decodeToken, encodeToken } from '../../../shared/token/encoded-token';
import { generateOtp, type Otp, parseOtp } from '../../../shared/token/otp';
import { uuidTokenCaveat } from '../../../shared/token/root-token';
import { TokenError, type TokenErrorCode } from '../../../shared/token/token-error';
import { tokenVectors } from '../../vectors/read';
import { eras, sixteen } from './arbitraries';

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

/** The error of a decode that must fail, having made sure that it tells nothing of what was decoded. */
function refused(encoded: string, otp: Otp): TokenErrorCode {
  try {
    decodeToken(encoded, otp);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    if (encoded.trim().length > 12) expect(error.message).not.toContain(encoded.trim());
    expect(error.message).not.toContain(asciiText(otp.characters));
    return error.code;
  }
  throw new Error('decoded');
}

describe('an encoded token', () => {
  for (const [era, { otpLength, token }] of Object.entries(eras)) {
    it(`of ${era} decodes to the very token, also with white space around it`, () => {
      fc.assert(
        fc.property(token, (bytes) => {
          const otp = generateOtp(otpLength, random);
          const decoded = decodeToken(`\n ${encodeToken(bytes, otp)}\t\n`, otp);
          expect(asciiText(decoded.bytes)).toBe(asciiText(bytes));
          expect(decoded.length).toBe(bytes.length);
        }),
      );
    });
  }

  it('decodes for any length a server may name', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('', 's.', 'hvs.'),
        (otpLength, prefix) => {
          fc.pre(![24, 26, 28, 33, 35].includes(otpLength) && otpLength > prefix.length);
          const token = asciiBytes(prefix.padEnd(otpLength, 'a'));
          const otp = generateOtp(otpLength, random);
          expect(decodeToken(encodeToken(token, otp), otp)).toMatchObject({ bytes: token, prefix });
        },
      ),
    );
  });

  for (const [i, vector] of tokenVectors.vectors.entries()) {
    const { otp, otpLength, encodedToken, token, from } = vector;
    if (otp === undefined) continue;
    it(`of a real server decodes as the server means it (${i}: ${from})`, () => {
      const decoded = decodeToken(encodedToken, parseOtp(otp, otpLength));
      expect(asciiText(decoded.bytes)).toBe(token);
      expect(encodeToken(asciiBytes(token), parseOtp(otp))).toBe(encodedToken);
    });
  }

  it('under another one-time password is refused, and never shown', () => {
    for (const { otpLength, token } of Object.values(eras)) {
      if (otpLength === 0) continue;
      fc.assert(
        fc.property(token, (bytes) => {
          const encoded = encodeToken(bytes, generateOtp(otpLength, random));
          expect(['prefix', 'alphabet']).toContain(refused(encoded, generateOtp(otpLength, random)));
        }),
      );
    }
  });

  it('of the UUID era decodes to some UUID under any one-time password, which has to be said', () => {
    fc.assert(
      fc.property(sixteen, (bytes) => {
        const decoded = decodeToken(toBase64(bytes), generateOtp(0, random));
        expect(decoded.format).toBe('uuid');
        expect(asciiText(decoded.bytes)).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      }),
    );
    expect(uuidTokenCaveat).toMatch(/wrong one-time password/);
  });

  it('with padding is refused where this era has none', () => {
    for (const { otpLength, token } of Object.values(eras)) {
      if (otpLength === 0 || otpLength % 3 === 0) continue;
      fc.assert(
        fc.property(token, (bytes) => {
          const otp = generateOtp(otpLength, random);
          expect(refused(toBase64(fromBase64NoPad(encodeToken(bytes, otp))), otp)).toBe('padded');
        }),
        { numRuns: 10 },
      );
    }
  });

  it('without padding is refused where the UUID era has it', () => {
    fc.assert(
      fc.property(sixteen, (bytes) => {
        expect(refused(toBase64NoPad(bytes), generateOtp(0, random))).toBe('not-padded');
      }),
    );
  });

  it('that lost its end is refused, wherever it was cut', () => {
    for (const { otpLength, token } of Object.values(eras)) {
      fc.assert(
        fc.property(token, fc.nat(), (bytes, cut) => {
          const otp = generateOtp(otpLength, random);
          const encoded = encodeToken(bytes, otp);
          const shorter = encoded.slice(0, 1 + (cut % (encoded.length - 1)));
          const code = refused(shorter, otp);
          // A cut that leaves the length of another era may as well be the wrong one-time password.
          expect(['truncated', 'otp-length', 'not-padded']).toContain(code);
        }),
      );
    }
  });

  it('that is longer than its one-time password is refused', () => {
    const otp = generateOtp(28, random);
    expect(refused('A'.repeat(40), otp)).toBe('length');
    expect(refused('A'.repeat(700), otp)).toBe('length');
    expect(() => decodeToken('A'.repeat(700), otp)).toThrow(/PGP key/);
    expect(refused(toBase64(new Uint8Array(32)), generateOtp(0, random))).toBe('length');
  });

  it('of an attempt with another length of one-time password is refused, and both lengths are named', () => {
    const token = encodeToken(asciiBytes(`hvs.${'a'.repeat(24)}`), generateOtp(28, random));
    const otp = generateOtp(26, random);
    expect(refused(token, otp)).toBe('otp-length');
    expect(() => decodeToken(token, otp)).toThrow(/26 characters.*28/);
  });

  it('with a character that base64 has not is refused with its place', () => {
    const otp = generateOtp(28, random);
    const encoded = encodeToken(asciiBytes(`hvs.${'a'.repeat(24)}`), otp);
    expect(refused(`${encoded.slice(0, 5)}\n${encoded.slice(5)}`, otp)).toBe('not-base64');
    expect(() => decodeToken(`${encoded.slice(0, 5)}-${encoded.slice(6)}`, otp)).toThrow(/Character 6 /);
    expect(refused('<html>', generateOtp(0, random))).toBe('not-base64');
  });

  it('whose last character cannot be an end is refused', () => {
    const otp = generateOtp(28, random);
    expect(refused(`${'A'.repeat(37)}B`, otp)).toBe('not-base64');
    expect(refused(`${'A'.repeat(21)}B==`, generateOtp(0, random))).toBe('not-base64');
  });

  it('that is not there is refused', () => {
    expect(refused('  ', generateOtp(28, random))).toBe('empty');
  });

  it('of any text is refused with a name, or is a plausible token', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.constantFrom(0, 24, 26, 28, 33), (text, otpLength) => {
        const otp = generateOtp(otpLength, random);
        try {
          expect(decodeToken(text, otp).length).toBe(otpLength === 0 ? 36 : otpLength);
        } catch (error) {
          expect(error).toBeInstanceOf(TokenError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what a server encodes', () => {
  it('is unpadded base64, and in the UUID era padded base64 of 16 bytes', () => {
    expect(
      fromBase64NoPad(encodeToken(asciiBytes(`s.${'a'.repeat(24)}`), generateOtp(26, random))),
    ).toHaveLength(26);
    const uuid = asciiBytes('00112233-4455-6677-8899-aabbccddeeff');
    expect(fromBase64(encodeToken(uuid, generateOtp(0, random)))).toHaveLength(16);
  });

  it('needs a one-time password of the token’s own length and era', () => {
    expect(() => encodeToken(asciiBytes('s.short'), generateOtp(26, random))).toThrow(TokenError);
    expect(() => encodeToken(asciiBytes('s.short'), generateOtp(0, random))).toThrow(TokenError);
  });
});
