import { describe, expect, test } from 'vitest';
import { type Answer, ATTEMPT, call, refusal, UPDATE } from './api';
import { type Start, suiteServer } from './suite-server';

/** Vault tells a client's mistake now with 400, now with 500. */
const expectRefused = ({ status, json }: Answer, what: string): void => {
  expect(status, what).toBeGreaterThanOrEqual(400);
  expect(json.errors, what).toEqual([expect.stringMatching(/./)]);
};

export function malformedSuite(start: Start): void {
  describe('a malformed request', () => {
    const server = suiteServer(start);

    test.each([
      'x',
      'otp=abc',
      'tru',
      '"text"',
      '5',
      '[1]',
      '{"a":1',
      '{"a',
      '{bad',
      '{"a":1,}',
      '{"a":1}x',
      '{"a"}',
    ])('is refused if it is no JSON object: %s', async (raw) => {
      for (const path of [ATTEMPT, UPDATE, 'auth/token/create', 'auth/token/lookup-accessor']) {
        expectRefused(await call(server(), 'PUT', path, { raw, token: server().rootToken }), path);
      }
      expect((await call(server(), 'GET', ATTEMPT)).json.started).toBe(false);
    });

    test.each<[string, unknown]>([
      [ATTEMPT, { otp: 5 }],
      [ATTEMPT, { otp: true }],
      [ATTEMPT, { otp: ['a'] }],
      [ATTEMPT, { pgp_key: {} }],
      [UPDATE, { key: 5 }],
      [UPDATE, { key: 'a', nonce: 5 }],
    ])('has text in its fields: %s %j', async (path, body) => {
      const answer = await call(server(), 'PUT', path, { body });
      expect(answer.status).toBe(400);
      expectRefused(answer, path);
      expect((await call(server(), 'GET', ATTEMPT)).json.started).toBe(false);
    });

    test('brings a share with it', async () => {
      const missing = [400, "'key' must be specified in request body as JSON"];
      expect(refusal(await call(server(), 'PUT', UPDATE, { raw: '{}' }))).toEqual(missing);
      expect(refusal(await call(server(), 'PUT', UPDATE, { raw: 'null' }))).toEqual(missing);
      for (const method of ['PUT', 'POST']) expectRefused(await call(server(), method, UPDATE), method);
    });

    test('uses a method that the path knows', async () => {
      expect(await call(server(), 'OPTIONS', ATTEMPT)).toMatchObject({ status: 405, json: { errors: [] } });
      expect((await call(server(), 'HEAD', ATTEMPT)).status).toBe(405);
    });
  });
}
