import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { asciiText, fromHex } from '../../../shared/bytes';
import { makeSealingKey, open, type SealContext, type SealingKey, seal } from '../../../shared/message/seal';
import { CEREMONY, filled, NONCE } from './messages';

const context: SealContext = {
  purpose: 'share',
  ceremony: CEREMONY,
  nonce: NONCE,
  expiresAt: '2026-05-01T17:00:00Z',
  sender: filled(20, 0xad),
};

let key: SealingKey;
let sealed: Uint8Array;
const secret = filled(33, 0x5e);

beforeAll(async () => {
  key = await makeSealingKey();
  sealed = await seal(secret, key.publicKey, context);
});

const refused = { name: 'MessageError', code: 'not-for-this-station' };

describe('a sealed share', () => {
  test('opens at the station whose key it was sealed to', async () => {
    expect(await open(sealed, key.privateKey, context)).toEqual(secret);
    expect([key.publicKey.length, key.privateKey.length, sealed.length]).toEqual([32, 32, 32 + 33 + 16]);
  });

  test('of any length comes back as it was, out of plain arrays and Node buffers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (plain) => {
        const bytes = await seal(Buffer.from(plain), key.publicKey, context);
        expect(await open(Buffer.from(bytes), Buffer.from(key.privateKey), context)).toEqual(plain);
      }),
      { numRuns: 20 },
    );
  });

  test('is sealed anew each time', async () => {
    expect(await seal(secret, key.publicKey, context)).not.toEqual(sealed);
  });

  test('does not open at another station', async () => {
    const other = await makeSealingKey();
    await expect(open(sealed, other.privateKey, context)).rejects.toMatchObject(refused);
  });

  test('does not open for another purpose, ceremony, attempt, time or sender', async () => {
    for (const change of [
      { purpose: 'otp' as const },
      { ceremony: filled(16, 1) },
      { nonce: 'another' },
      { expiresAt: '2026-05-01T17:00:01Z' },
      { sender: filled(20, 0xae) },
    ]) {
      await expect(open(sealed, key.privateKey, { ...context, ...change })).rejects.toMatchObject(refused);
    }
  });

  test('does not open after any byte of it was changed or cut off', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: sealed.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, xor) => {
          // X25519 ignores the top bit of a public key: RFC 9180 binds the encapsulated key into the key
          // schedule.
          const changed = Uint8Array.from(sealed);
          changed[at] = (changed[at] ?? 0) ^ xor;
          await expect(open(changed, key.privateKey, context)).rejects.toMatchObject(refused);
          await expect(open(sealed.slice(0, at), key.privateKey, context)).rejects.toMatchObject(refused);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('does not go to a key that is none', async () => {
    await expect(seal(secret, filled(31, 1), context)).rejects.toMatchObject({ code: 'bad-field' });
  });

  test("is HPKE of RFC 9180: what Go's crypto/hpke sealed, opens here", async () => {
    // Made with Go 1.26: hpke.NewSender(DHKEM(X25519), HKDF-SHA256, ChaCha20Poly1305), info and aad encoded
    // by hand.
    const privateKey = fromHex('730ec13e3cc043f2331574395ef2e9869127cc8208d98b46b0f73a79703a6c01');
    const fromGo = fromHex(
      '1dba66c54035535c12eb0a96d029abda710c80c8a279486e3b84bba1f71845525f812c3a96266836a6f6da6261d367384c3545933e0f60ed86739df50f0a2b62a59ae100a3df5f5ea3f2ddb9ddf0888c21',
    );
    expect(asciiText(await open(fromGo, privateKey, context))).toBe('a share of thirty-three bytes ...');
  });
});
