import { sha256 } from '@noble/hashes/sha2.js';
import { encode } from 'cbor2';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { encodeEnvelope } from '../../../shared/message/envelope';
import { MessageError } from '../../../shared/message/message-error';
import {
  encodeWire,
  parseWire,
  type SignedMessage,
  signMessage,
  verifyMessage,
  wireBytes,
} from '../../../shared/message/wire';
import { makeKeyPair } from '../../../shared/openpgp/key-pair';
import { makeOutgoing } from '../../../shared/qr/ur';
import { bodyOf, envelopeOf, filled, makeSigner, type Signer } from './messages';

vi.setConfig({ testTimeout: 120_000 });

let carol: Signer;
let mallory: Signer;
let share: SignedMessage<'share'>;
let identity: SignedMessage<'identity'>;

beforeAll(async () => {
  carol = await makeSigner('Carol', 'custodian');
  mallory = await makeSigner('Mallory', 'custodian');
  share = await signMessage(envelopeOf('share', { from: carol.fingerprint }), carol.pair.privateKey);
  identity = await signMessage(
    envelopeOf('identity', {
      from: carol.fingerprint,
      ceremony: null,
      prev: null,
      body: { ...bodyOf.identity, name: 'Carol', publicKey: carol.publicKey },
    }),
    carol.pair.privateKey,
  );
});

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run();
    return 'accepted';
  } catch (error) {
    if (error instanceof MessageError) return error.code;
    throw error;
  }
}

const receive = (bytes: Uint8Array): Promise<string> =>
  codeOf(async () => verifyMessage(parseWire(bytes), [carol]));

describe('a signed message', () => {
  test('crosses the gap whole, and its signer is known by name', async () => {
    const arrived = parseWire(wireBytes(share));
    expect(arrived).toEqual(share);
    expect(arrived.digest).toEqual(sha256(arrived.payload));
    expect((await verifyMessage(arrived, [mallory, carol])).name).toBe('Carol');
  });

  test('with a sealed share of the usual length fits one still code', async () => {
    const time = '2026-05-01T17:00:00.000Z';
    const full = envelopeOf('share', { from: carol.fingerprint, prev: filled(32, 2), issuedAt: time });
    const body = { ...full.body, sealed: filled(32 + 33 + 16, 6), expiresAt: time };
    const message = await signMessage({ ...full, body }, carol.pair.privateKey);
    expect(makeOutgoing(wireBytes(message)).static).not.toBeNull();
  });

  test('is accepted out of a Node buffer as well', async () => {
    expect(await receive(Buffer.from(wireBytes(share)))).toBe('accepted');
  });

  test('by someone who is not known is refused', async () => {
    expect(await codeOf(() => verifyMessage(share, [mallory]))).toBe('unknown-signer');
    expect(await codeOf(() => verifyMessage(share, []))).toBe('unknown-signer');
  });

  test('by someone who only claims to be known is refused by that name', async () => {
    const forged = await signMessage(
      envelopeOf('share', { from: carol.fingerprint }),
      mallory.pair.privateKey,
    );
    await expect(verifyMessage(forged, [carol, mallory])).rejects.toMatchObject({
      code: 'bad-signature',
      message: expect.stringContaining('Carol'),
    });
  });

  test('does not lend its signature to another message', async () => {
    const other = encodeEnvelope(envelopeOf('share', { from: carol.fingerprint, prev: null }));
    expect(await receive(encodeWire(other, share.signature))).toBe('bad-signature');
  });

  test('is never accepted after one bit was flipped, be it in what is signed or in the signature', async () => {
    const bytes = wireBytes(share);
    // Every bit of what surrounds the payload: there an OpenPGP signature has bits that mean nothing.
    const payloadEnd = bytes.length - share.signature.length;
    const positions = [
      0,
      1,
      2,
      3,
      ...Array.from({ length: bytes.length - payloadEnd + 3 }, (_, i) => payloadEnd - 3 + i),
    ];
    for (const at of positions) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Uint8Array.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        expect([at, bit, await receive(flipped)]).not.toEqual([at, bit, 'accepted']);
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length * 8 - 1 }), async (position) => {
        const flipped = Uint8Array.from(bytes);
        flipped[position >> 3] = (flipped[position >> 3] ?? 0) ^ (1 << (position & 7));
        expect(await receive(flipped)).not.toBe('accepted');
      }),
      { numRuns: 300 },
    );
  });

  test('by an RSA key is never accepted after one bit of its signature was flipped', async () => {
    const pair = await makeKeyPair({ name: 'Rita', algorithm: 'rsa3072', now: new Date(), use: 'sign' });
    const rita = { name: 'Rita', fingerprint: pair.fingerprint, publicKey: pair.publicKey };
    const message = await signMessage(envelopeOf('share', { from: pair.fingerprint }), pair.privateKey);
    expect(await codeOf(() => verifyMessage(message, [rita]))).toBe('accepted');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: message.signature.length * 8 - 1 }), async (position) => {
        const signature = Uint8Array.from(message.signature);
        signature[position >> 3] = (signature[position >> 3] ?? 0) ^ (1 << (position & 7));
        expect(await codeOf(() => verifyMessage({ ...message, signature }, [rita]))).not.toBe('accepted');
      }),
      { numRuns: 200 },
    );
  });

  test('is not accepted with a second signature beside the first', async () => {
    const twice = Uint8Array.from([...share.signature, ...share.signature]);
    expect(await receive(encodeWire(share.payload, twice))).toBe('bad-signature');
  });

  test('is refused where it is not two byte strings', async () => {
    for (const value of [
      [],
      [share.payload],
      [share.payload, 'x'],
      [share.payload, share.signature, filled(1, 1)],
      {},
    ]) {
      expect(await receive(encode(value, { cde: true }))).toBe('not-a-message');
    }
    expect(await receive(share.payload)).toBe('not-a-message');
  });

  test('is refused where it is larger than any message', async () => {
    expect(await receive(filled(65_537, 0))).toBe('too-large');
  });

  test('is not garbage', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await receive(bytes)).not.toBe('accepted');
        expect(await receive(encodeWire(bytes, share.signature))).not.toBe('accepted');
        expect(await receive(encodeWire(share.payload, bytes))).not.toBe('accepted');
      }),
      { numRuns: 300 },
    );
  });

  test('is not written where it could not be read', async () => {
    const body = { ...bodyOf.share, nonce: '' };
    expect(await codeOf(() => signMessage(envelopeOf('share', { body }), carol.pair.privateKey))).toBe(
      'bad-field',
    );
  });
});

describe('an identity', () => {
  test('is signed by the key that it carries, so that nobody has to be known before', async () => {
    const known = await verifyMessage(parseWire(wireBytes(identity)), []);
    expect(known).toEqual({ name: 'Carol', fingerprint: carol.fingerprint, publicKey: carol.publicKey });
  });

  test('with a key of somebody else is refused', async () => {
    const body = { ...bodyOf.identity, publicKey: mallory.publicKey };
    const forged = await signMessage(
      envelopeOf('identity', { from: carol.fingerprint, body }),
      mallory.pair.privateKey,
    );
    expect(await codeOf(() => verifyMessage(forged, [carol]))).toBe('bad-signature');
  });

  test('with a key that is none is refused', async () => {
    const forged = await signMessage(
      envelopeOf('identity', {
        from: carol.fingerprint,
        body: { ...bodyOf.identity, publicKey: filled(9, 1) },
      }),
      carol.pair.privateKey,
    );
    expect(await codeOf(() => verifyMessage(forged, [carol]))).toBe('bad-signature');
  });
});
