import * as openpgp from 'openpgp';
import { describe, expect, test } from 'vitest';
import { call, fixedOtp, type Json, refusal, type Server, spoiled } from './api';
import { DAY, field, legacy, makeKey } from './pgp-key';
import { type Start, suiteServer } from './suite-server';
import { ask, fieldsOf, give, shareRefusal, type Way } from './way';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The token, of whichever kind, that a one-time password hides. */
const shownBy = (encoded: string, otp: string): string =>
  Buffer.from(Buffer.from(encoded, 'base64').map((byte, at) => byte ^ otp.charCodeAt(at))).toString('latin1');

/** What an attempt comes to, whichever way it is made on. */
export function waySuite(start: Start, way: Way): void {
  describe(`an attempt on ${way.path}`, () => {
    const server = suiteServer(start, async (running) => {
      await ask(running, way, 'DELETE', 'attempt');
    });

    /** A token is made here, so where that can be done once only, on a server of its own. */
    const making = async (body: (on: Server) => Promise<void>): Promise<void> => {
      if (way.again === null) return body(server());
      const own = await start();
      try {
        await body(own);
      } finally {
        await own.close();
      }
    };

    const status = async (on = server()): Promise<Json> =>
      fieldsOf(way, await ask(on, way, 'GET', 'attempt'));
    const begin = async (on = server()): Promise<Json> =>
      fieldsOf(way, await ask(on, way, 'PUT', 'attempt', { body: { otp: fixedOtp(on) } }));

    /** All fields of an answer to `attempt`. */
    const attemptOf = (fields: { nonce?: unknown; otp?: unknown; progress?: number; pgp?: string }) => {
      const { nonce, otp = '', progress = 0, pgp = '' } = fields;
      const common = { started: nonce !== undefined, progress, required: 3, complete: false };
      const own = { otp, otp_length: way.otpLength };
      if (way.data) {
        return { ...common, ...own, ...(nonce === undefined ? {} : { nonce, pgp_fingerprint: pgp }) };
      }
      const tokens = { encoded_token: '', encoded_root_token: '' };
      return { ...common, ...own, ...tokens, nonce: nonce ?? '', pgp_fingerprint: pgp };
    };
    /** All fields of an answer to `update`. */
    const updateOf = (nonce: string, progress: number, encoded: unknown = '', pgp = '') => ({
      started: true,
      nonce,
      progress,
      required: 3,
      complete: encoded !== '',
      encoded_token: encoded,
      pgp_fingerprint: pgp,
      ...(way.data ? {} : { encoded_root_token: way.oldName ? encoded : '', otp: '', otp_length: 0 }),
    });

    /** What the server tells of the attempt once it has made a token. */
    const expectAfter = async (on: Server, fields: object): Promise<void> => {
      if (way.silentAfter) {
        expect(refusal(await ask(on, way, 'GET', 'attempt'))).toEqual([500, way.again]);
      } else {
        expect(await status(on)).toEqual(fields);
      }
    };

    test('is none at first', async () => {
      expect(await status()).toEqual(attemptOf({}));
    });

    test('makes a token, once, that only the one-time password shows', async () => {
      await making(async (on) => {
        const otp = fixedOtp(on);
        const begun = await begin(on);
        expect(begun).toEqual(attemptOf({ nonce: expect.stringMatching(UUID) }));
        const { nonce } = begun;
        const [a = '', b = '', , c = ''] = on.shares;
        const one = await give(on, way, nonce, [a.toUpperCase()]);
        expect(fieldsOf(way, one)).toEqual(updateOf(nonce, 1));
        expect(await status(on)).toEqual(attemptOf({ nonce, progress: 1 }));
        await give(on, way, nonce, [Buffer.from(b, 'hex').toString('base64')]);
        const done = fieldsOf(way, await give(on, way, nonce, [c]));
        expect(done).toEqual(updateOf(nonce, 3, expect.stringMatching(/^[A-Za-z0-9+/]+$/)));
        await expectAfter(on, attemptOf({}));
        expect(shownBy(done.encoded_token, otp)).toMatch(way.makes);
        if (way.again === null) return;
        expect(refusal(await ask(on, way, 'PUT', 'attempt'))).toEqual([400, way.again]);
      });
    });

    test('gets a one-time password of the server’s making where none is sent', async () => {
      await making(async (on) => {
        const { nonce, otp } = fieldsOf(way, await ask(on, way, 'PUT', 'attempt', { raw: '{}' }));
        expect(otp).toMatch(new RegExp(`^[0-9A-Za-z]{${way.otpLength}}$`));
        expect((await status(on)).otp).toBe('');
        const done = fieldsOf(way, await give(on, way, nonce, on.shares.slice(0, 3)));
        expect(shownBy(done.encoded_token, otp)).toMatch(way.makes);
      });
    });

    test('makes a token that only the PGP key opens', async () => {
      await making(async (on) => {
        const key = await makeKey(legacy);
        const pgp = key.getFingerprint();
        const body = { pgp_key: field(key.toPublic().write()) };
        const { nonce, ...begun } = fieldsOf(way, await ask(on, way, 'PUT', 'attempt', { body }));
        expect({ nonce, ...begun }).toEqual(attemptOf({ nonce, pgp }));
        await give(on, way, nonce, on.shares.slice(0, 2));
        const done = fieldsOf(way, await give(on, way, nonce, on.shares.slice(4, 5)));
        expect(done).toEqual(updateOf(nonce, 3, expect.any(String), pgp));
        const message = await openpgp.readMessage({
          binaryMessage: Buffer.from(done.encoded_token, 'base64'),
        });
        const { data } = await openpgp.decrypt({ message, decryptionKeys: key, format: 'utf8' });
        expect(data).toMatch(way.makes);
      });
    });

    test('loses its connection at the last share where the PGP key has expired, and stays open', async () => {
      await making(async (on) => {
        const key = await makeKey({
          ...legacy,
          date: new Date(Date.now() - 2 * DAY),
          keyExpirationTime: 86_400,
        });
        const body = { pgp_key: field(key.toPublic().write()) };
        const { nonce } = fieldsOf(way, await ask(on, way, 'PUT', 'attempt', { body }));
        await give(on, way, nonce, on.shares.slice(0, 2));
        await expect(give(on, way, nonce, on.shares.slice(2, 3))).rejects.toThrow();
        await expectAfter(on, attemptOf({ nonce, pgp: key.getFingerprint() }));
      });
    });

    test('can be the only one', async () => {
      const { nonce } = await begin();
      const body = { otp: fixedOtp(server()) };
      const second = await ask(server(), way, 'PUT', 'attempt', { body });
      expect(refusal(second)).toEqual([400, way.inProgress]);
      expect((await status()).nonce).toBe(nonce);
    });

    test('can be cancelled, and again', async () => {
      const { nonce } = await begin();
      await give(server(), way, nonce, server().shares.slice(0, 1));
      for (const _ of [1, 2]) {
        expect(await ask(server(), way, 'DELETE', 'attempt')).toMatchObject({ status: 204, json: null });
      }
      expect(await status()).toEqual(attemptOf({}));
      expect(refusal(await give(server(), way, nonce, server().shares.slice(0, 1)))).toEqual(
        shareRefusal(way, 'no root generation in progress'),
      );
    });

    test('wants a one-time password of the right length', async () => {
      for (const length of [1, way.otpLength - 1, way.otpLength + 1]) {
        const body = { otp: 'x'.repeat(length) };
        expect(refusal(await ask(server(), way, 'PUT', 'attempt', { body }))).toEqual([400, way.wrongLength]);
      }
      expect((await status()).started).toBe(false);
    });

    test('takes no PGP key that is none', async () => {
      for (const pgp_key of ['!!', 'AAAA']) {
        const { status: code, json } = await ask(server(), way, 'PUT', 'attempt', { body: { pgp_key } });
        expect([code, json.errors]).toEqual([400, [expect.stringMatching(/^error parsing PGP key: ./)]]);
      }
    });

    test('names the right nonce to whom gives a wrong one', async () => {
      const { nonce } = await begin();
      const text = `incorrect nonce supplied; nonce for this root generation operation is "${nonce}"`;
      expect(refusal(await give(server(), way, 'wrong', server().shares.slice(0, 1)))).toEqual(
        shareRefusal(way, text),
      );
      expect((await status()).progress).toBe(0);
    });

    test('takes no share twice', async () => {
      const { nonce } = await begin();
      const [share = ''] = server().shares;
      expect(refusal(await give(server(), way, nonce, [share, share.toUpperCase()]))).toEqual(
        shareRefusal(way, 'given key has already been provided during this generation operation'),
      );
      expect((await status()).progress).toBe(1);
    });

    test.each([
      ['not a share', "'key' must be a valid hex or base64 string"],
      ['AAAA', 'invalid key: key is shorter than minimum 16 bytes'],
      ['00'.repeat(34), 'invalid key: key is longer than maximum 33 bytes'],
    ])('refuses the share %j', async (key, text) => {
      const { nonce } = await begin();
      expect(refusal(await give(server(), way, nonce, [key]))).toEqual(shareRefusal(way, text));
      expect((await status()).progress).toBe(0);
    });

    test('wants a share, and where it is behind a token a nonce', async () => {
      const { nonce } = await begin();
      const [key] = server().shares;
      const missing = way.data ? 'key is required' : "'key' must be specified in request body as JSON";
      const without = await ask(server(), way, 'PUT', 'update', { body: { nonce } });
      expect(refusal(without)).toEqual([400, missing]);
      const unnamed = await ask(server(), way, 'PUT', 'update', { body: { key } });
      expect(refusal(unnamed)).toEqual([
        400,
        way.data
          ? 'nonce is required'
          : `incorrect nonce supplied; nonce for this root generation operation is "${nonce}"`,
      ]);
    });

    test.each<[string, string, (shares: readonly string[]) => string[]]>([
      [
        'a wrong share',
        `root generation aborted: unable to authenticate: ${way.wrongKey}`,
        ([a = '', b, c = '']) => [a, spoiled(b), c],
      ],
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
    ])('notices %s at the threshold only, and begins again', async (_, text, spoil) => {
      const { nonce } = await begin();
      expect(refusal(await give(server(), way, nonce, spoil(server().shares)))).toEqual(
        shareRefusal(way, text),
      );
      expect(await status()).toEqual(attemptOf({ nonce }));
      // The next tests need the server still.
      const right = server().shares.slice(2, way.again === null ? 5 : 4);
      const answer = fieldsOf(way, await give(server(), way, nonce, right));
      expect(answer).toMatchObject({ complete: way.again === null, progress: right.length });
    });

    test('is refused to a body that is no JSON object', async () => {
      for (const raw of ['{', '[1]', '"text"', '5']) {
        for (const what of ['attempt', 'update'] as const) {
          const { status: code, json } = await ask(server(), way, 'PUT', what, { raw });
          expect(code, raw).toBeGreaterThanOrEqual(400);
          expect(json.errors, raw).toEqual([expect.stringMatching(/./)]);
        }
      }
      expect((await status()).started).toBe(false);
    });

    if (!way.token) {
      test('does not ask who comes, nor for a valid token', async () => {
        expect((await ask(server(), way, 'GET', 'attempt', { token: 'nonsense' })).status).toBe(200);
      });
      return;
    }

    test('is told of and made for nobody without a token that may do everything', async () => {
      const auth = await call(server(), 'POST', 'auth/token/create', {
        token: server().rootToken,
        body: { policies: ['default'], ttl: '1m' },
      });
      for (const [token, texts] of [
        ['', ['permission denied']],
        ['nonsense', way.unknownToken],
        [auth.json.auth.client_token, ['1 error occurred:\n\t* permission denied\n\n']],
      ] as const) {
        for (const [method, what] of [
          ['GET', 'attempt'],
          ['PUT', 'attempt'],
          ['DELETE', 'attempt'],
          ['PUT', 'update'],
        ] as const) {
          expect(refusal(await ask(server(), way, method, what, { token })), method).toEqual([403, ...texts]);
        }
      }
      expect((await status()).started).toBe(false);
    });
  });
}
