import { describe, expect, test } from 'vitest';
import { asciiText } from '../../shared/bytes';
import { decodeToken } from '../../shared/token/encoded-token';
import { parseOtp } from '../../shared/token/otp';
import { ATTEMPT, call, fixedOtp, refusal, spoiled, submit, UPDATE } from './api';
import { type Start, suiteServer } from './suite-server';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** An answer with nothing in it: every field is always there. */
const EMPTY = {
  nonce: '',
  started: false,
  progress: 0,
  required: 3,
  complete: false,
  encoded_token: '',
  encoded_root_token: '',
  pgp_fingerprint: '',
  otp: '',
  otp_length: 28,
};

export function attemptSuite(start: Start): void {
  describe('an attempt', () => {
    const server = suiteServer(start);

    const begin = async (): Promise<string> =>
      (await call(server(), 'PUT', ATTEMPT, { body: { otp: fixedOtp(server()) } })).json.nonce;

    test('is none at first', async () => {
      expect(await call(server(), 'GET', ATTEMPT)).toMatchObject({ status: 200, json: EMPTY });
      expect(Object.keys((await call(server(), 'GET', ATTEMPT)).json).sort()).toEqual(
        Object.keys(EMPTY).sort(),
      );
    });

    test.each(['PUT', 'POST'])('with an OTP makes a root token, by %s', async (method) => {
      const otp = fixedOtp(server());
      const begun = await call(server(), method, ATTEMPT, { body: { otp } });
      expect(begun.status).toBe(200);
      expect(begun.json).toEqual({ ...EMPTY, started: true, nonce: expect.stringMatching(UUID) });
      const { nonce } = begun.json;
      const [first = '', second = '', , , last = ''] = server().shares;

      const one = await call(server(), method, UPDATE, { body: { key: first.toUpperCase(), nonce } });
      expect(one.json).toEqual({ ...EMPTY, started: true, nonce, progress: 1, otp_length: 0 });
      expect((await call(server(), 'GET', ATTEMPT)).json).toEqual({
        ...EMPTY,
        started: true,
        nonce,
        progress: 1,
      });
      const inBase64 = Buffer.from(second, 'hex').toString('base64');
      await call(server(), method, UPDATE, { body: { key: inBase64, nonce } });
      const done = await call(server(), method, UPDATE, { body: { key: last, nonce } });
      expect(done.json).toEqual({
        ...EMPTY,
        started: true,
        nonce,
        progress: 3,
        complete: true,
        otp_length: 0,
        encoded_token: expect.stringMatching(/^[A-Za-z0-9+/]{38}$/),
        encoded_root_token: done.json.encoded_token,
      });
      expect((await call(server(), 'GET', ATTEMPT)).json).toEqual(EMPTY);

      const { bytes } = decodeToken(done.json.encoded_token, parseOtp(otp));
      const self = await call(server(), 'GET', 'auth/token/lookup-self', { token: asciiText(bytes) });
      expect(self.json.data).toMatchObject({ id: asciiText(bytes), policies: ['root'], orphan: true });
    });

    test.each([
      ['no body', {}],
      ['an empty one', { raw: '{}' }],
      ['null', { raw: 'null' }],
      ['empty fields', { body: { otp: '', pgp_key: '' } }],
      ['fields that are null', { body: { otp: null } }],
    ])('started with %s gets an OTP of the server’s making', async (_, options) => {
      const { json } = await call(server(), 'PUT', ATTEMPT, options);
      expect(json).toEqual({
        ...EMPTY,
        started: true,
        nonce: expect.stringMatching(UUID),
        otp: expect.stringMatching(/^[0-9A-Za-z]{28}$/),
      });
      expect((await call(server(), 'GET', ATTEMPT)).json.otp).toBe('');
      const done = await submit(server(), json.nonce, server().shares.slice(0, 3));
      expect(() => decodeToken(done.json.encoded_token, parseOtp(json.otp))).not.toThrow();
    });

    test('can be the only one', async () => {
      const nonce = await begin();
      const second = await call(server(), 'PUT', ATTEMPT, { body: { otp: fixedOtp(server()) } });
      expect(refusal(second)).toEqual([400, 'root generation already in progress']);
      expect((await call(server(), 'GET', ATTEMPT)).json.nonce).toBe(nonce);
    });

    test('can be cancelled, and again', async () => {
      const nonce = await begin();
      await submit(server(), nonce, server().shares.slice(0, 1));
      expect(await call(server(), 'DELETE', ATTEMPT)).toMatchObject({ status: 204, json: null });
      expect(await call(server(), 'DELETE', ATTEMPT)).toMatchObject({ status: 204, json: null });
      expect((await call(server(), 'GET', ATTEMPT)).json).toEqual(EMPTY);
      expect(refusal(await submit(server(), nonce, server().shares.slice(0, 1)))).toEqual([
        400,
        'no root generation in progress',
      ]);
    });

    test('wants an OTP of the right length, whatever it is made of', async () => {
      for (const otp of ['x', 'x'.repeat(27), 'x'.repeat(29), 'é'.repeat(28)]) {
        expect(refusal(await call(server(), 'PUT', ATTEMPT, { body: { otp } }))).toEqual([
          400,
          'OTP string is wrong length',
        ]);
      }
      for (const otp of ['é'.repeat(14), '!'.repeat(28), `${'x'.repeat(27)}\u0001`]) {
        expect((await call(server(), 'PUT', ATTEMPT, { body: { otp } })).status).toBe(200);
        await call(server(), 'DELETE', ATTEMPT);
      }
    });

    test('looks for its fields in any case and passes over others', async () => {
      const { status } = await call(server(), 'PUT', ATTEMPT, {
        body: { OTP: fixedOtp(server()), reason: ['none'] },
      });
      expect(status).toBe(200);
    });

    test('names the right nonce to whom gives a wrong one', async () => {
      const nonce = await begin();
      const [key] = server().shares;
      const text = `incorrect nonce supplied; nonce for this root generation operation is "${nonce}"`;
      for (const wrong of ['', 'nonsense', nonce.toUpperCase().replace(/.$/, 'x')]) {
        expect(refusal(await call(server(), 'PUT', UPDATE, { body: { key, nonce: wrong } }))).toEqual([
          400,
          text,
        ]);
      }
      expect(refusal(await call(server(), 'PUT', UPDATE, { body: { key } }))).toEqual([400, text]);
      expect((await call(server(), 'GET', ATTEMPT)).json.progress).toBe(0);
    });

    test('takes no share twice', async () => {
      const nonce = await begin();
      const [share = ''] = server().shares;
      expect(refusal(await submit(server(), nonce, [share, share.toUpperCase()]))).toEqual([
        400,
        'given key has already been provided during this generation operation',
      ]);
      expect((await call(server(), 'GET', ATTEMPT)).json.progress).toBe(1);
    });

    test.each([
      ['', "'key' must be specified in request body as JSON"],
      ['not a share', "'key' must be a valid hex or base64 string"],
      ['00'.repeat(15), "'key' must be a valid hex or base64 string"],
      ['AAAA', 'invalid key: key is shorter than minimum 16 bytes'],
      ['A'.repeat(16), 'invalid key: key is shorter than minimum 16 bytes'],
      ['00'.repeat(34), 'invalid key: key is longer than maximum 33 bytes'],
      ['z'.repeat(48), 'invalid key: key is longer than maximum 33 bytes'],
      ['A'.repeat(43), "'key' must be a valid hex or base64 string"],
    ])('refuses the share %j', async (key, text) => {
      const nonce = await begin();
      expect(refusal(await call(server(), 'PUT', UPDATE, { body: { key, nonce } }))).toEqual([400, text]);
      expect((await call(server(), 'GET', ATTEMPT)).json.progress).toBe(0);
    });

    const aborted = 'root generation aborted: unable to authenticate: ';
    const notDecrypted =
      'unable to retrieve stored keys: invalid key: failed to decrypt keys from storage: error decrypting seal wrapped value\nerror decrypting using seal shamir: cipher: message authentication failed';

    test.each<[string, string, (shares: readonly string[]) => string[]]>([
      ['a wrong share', aborted + notDecrypted, ([a = '', b, c = '']) => [a, spoiled(b), c]],
      [
        'shares of different lengths',
        'failed to compute root key: all parts must be the same length',
        ([a = '', b = '', c = '']) => [a, b.slice(2), c],
      ],
      [
        'two shares at one coordinate',
        'failed to compute root key: duplicate part detected',
        ([a = '', , c = '']) => [a, spoiled(a), c],
      ],
      [
        'shares of a shorter key',
        aborted + notDecrypted,
        (shares) => shares.slice(0, 3).map((s) => s.slice(-34)),
      ],
      [
        'shares of a key of an odd length',
        `${aborted}invalid key: failed to setup unseal key: crypto/aes: invalid key size 20`,
        (shares) => shares.slice(0, 3).map((s) => s.slice(-42)),
      ],
    ])('notices %s at the threshold only, and begins again', async (_, text, spoil) => {
      const nonce = await begin();
      expect(refusal(await submit(server(), nonce, spoil(server().shares)))).toEqual([400, text]);
      expect((await call(server(), 'GET', ATTEMPT)).json).toEqual({ ...EMPTY, started: true, nonce });
      const done = await submit(server(), nonce, server().shares.slice(2, 5));
      expect(done.json.complete).toBe(true);
    });

    test('gives more shares than needed no place', async () => {
      const nonce = await begin();
      expect(refusal(await submit(server(), nonce, server().shares.slice(0, 4)))).toEqual([
        400,
        'no root generation in progress',
      ]);
    });

    test('does not ask who comes, nor for a valid token', async () => {
      expect((await call(server(), 'GET', ATTEMPT, { token: 'nonsense' })).status).toBe(200);
    });
  });
}
