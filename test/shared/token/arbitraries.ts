import fc from 'fast-check';
import { asciiBytes } from '../../../shared/bytes';
import { formatUuid } from '../../../shared/token/uuid';

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export const base62Text = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...base62), minLength: length, maxLength: length });

/** 16 bytes. */
export const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });

export const uuidToken = sixteen.map(formatUuid);

/** Root tokens of every era, with the `otp_length` its servers name. */
export const eras = {
  'Vault 1.10 and later (28)': { otpLength: 28, token: base62Text(24).map((t) => asciiBytes(`hvs.${t}`)) },
  'Vault 1.0 to 1.9 and OpenBao (26)': {
    otpLength: 26,
    token: base62Text(24).map((t) => asciiBytes(`s.${t}`)),
  },
  'Vault 0.11 (24)': { otpLength: 24, token: base62Text(24).map(asciiBytes) },
  'an OpenBao namespace (33)': {
    otpLength: 33,
    token: fc.tuple(base62Text(24), base62Text(6)).map(([t, n]) => asciiBytes(`s.${t}.${n}`)),
  },
  'an OpenBao namespace with long prefix (35)': {
    otpLength: 35,
    token: fc.tuple(base62Text(24), base62Text(6)).map(([t, n]) => asciiBytes(`hvs.${t}.${n}`)),
  },
  'the UUID era (0)': { otpLength: 0, token: uuidToken },
} as const;
