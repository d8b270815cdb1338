import { describe, expect, test } from 'vitest';
import { ATTEMPT, call, refusal, UPDATE } from './api';
import { type Start, suiteServer } from './suite-server';

const UNREADABLE = 'error parsing JSON: failed to parse JSON input: ';
const NO_OBJECT = (kind: string) =>
  `${UNREADABLE}json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;

export function malformedSuite(start: Start): void {
  describe('a malformed request', () => {
    const server = suiteServer(start);

    test.each<[string, number, string]>([
      ['x', 400, `${UNREADABLE}invalid character 'x' looking for beginning of value`],
      ['otp=abc', 400, `${UNREADABLE}invalid character 'o' looking for beginning of value`],
      ['tru', 400, `${UNREADABLE}unexpected EOF`],
      ['"text"', 400, NO_OBJECT('string')],
      ['5', 400, NO_OBJECT('number')],
      ['[1]', 400, NO_OBJECT('array')],
      ['{"a":1', 500, 'malformed JSON, unclosed containers'],
      ['{"a', 500, 'malformed JSON, unclosed string'],
      ['{bad', 500, "invalid character 'b' looking for beginning of value"],
      ['{"a":1,}', 500, "invalid character '}' after object key-value pair"],
      ['[1,]', 500, "invalid character ']' after array element"],
      ['{"a":1}x', 500, "invalid character 'x' after top-level value"],
      ['{"a":1}{"b":2}', 500, "invalid character '{' after top-level value"],
      ['{"a"}', 500, "invalid character '}' after object key"],
      ['{"a":1]', 500, "malformed JSON: mismatched closing delimiter ']'"],
      ['{"a":1,"a":2}', 500, "duplicate key 'a' in object"],
      ['['.repeat(501), 500, 'JSON input exceeds allowed nesting depth'],
      [`{"a":"${'a'.repeat(1024 * 1024 + 1)}"}`, 500, 'JSON string value exceeds allowed length'],
      [`[${'1,'.repeat(10_000)}1]`, 500, 'JSON array exceeds allowed element count'],
    ])('is refused if it is no JSON object that Vault would read: $2', async (raw, status, text) => {
      for (const path of [ATTEMPT, UPDATE, 'auth/token/create', 'auth/token/lookup-accessor']) {
        expect(refusal(await call(server(), 'PUT', path, { raw, token: server().rootToken })), path).toEqual([
          status,
          text,
        ]);
      }
    });

    test.each<[string, unknown, string]>([
      [ATTEMPT, { otp: 5 }, 'number into Go struct field GenerateRootInitRequest.otp'],
      [ATTEMPT, { otp: true }, 'bool into Go struct field GenerateRootInitRequest.otp'],
      [ATTEMPT, { otp: ['a'] }, 'array into Go struct field GenerateRootInitRequest.otp'],
      [ATTEMPT, { pgp_key: {} }, 'object into Go struct field GenerateRootInitRequest.pgp_key'],
      [UPDATE, { key: 5 }, 'number into Go struct field GenerateRootUpdateRequest.Key'],
      [UPDATE, { key: 'a', nonce: 5 }, 'number into Go struct field GenerateRootUpdateRequest.Nonce'],
    ])('has text in its fields: %s %j', async (path, body, kind) => {
      expect(refusal(await call(server(), 'PUT', path, { body }))).toEqual([
        400,
        `failed to parse JSON input: json: cannot unmarshal ${kind} of type string`,
      ]);
    });

    test('brings a share with it, by whatever method', async () => {
      for (const method of ['GET', 'PUT', 'POST', 'DELETE']) {
        expect(refusal(await call(server(), method, UPDATE))).toEqual([400, 'EOF']);
      }
      const missing = [400, "'key' must be specified in request body as JSON"];
      expect(refusal(await call(server(), 'PUT', UPDATE, { raw: '{}' }))).toEqual(missing);
      expect(refusal(await call(server(), 'PUT', UPDATE, { raw: 'null' }))).toEqual(missing);
    });

    test('uses a method that the path knows', async () => {
      expect(await call(server(), 'OPTIONS', ATTEMPT)).toMatchObject({ status: 405, json: { errors: [] } });
      expect((await call(server(), 'HEAD', ATTEMPT)).status).toBe(405);
      const patch = (type: string) => call(server(), 'PATCH', ATTEMPT, { headers: { 'Content-Type': type } });
      expect(refusal(await call(server(), 'PATCH', ATTEMPT))).toEqual([400, 'mime: no media type']);
      expect(refusal(await patch('text/plain'))).toEqual([
        415,
        'PATCH requires Content-Type of application/merge-patch+json, provided text/plain',
      ]);
      expect((await patch('application/merge-patch+json')).status).toBe(405);
    });

    test('lists with a list parameter that is one', async () => {
      expect(await call(server(), 'GET', `${ATTEMPT}?list=perhaps`)).toMatchObject({
        status: 400,
        json: { errors: [] },
      });
      expect((await call(server(), 'GET', `${ATTEMPT}?list=true`)).status).toBe(200);
    });
  });
}
