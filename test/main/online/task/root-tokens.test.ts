import { expect, test } from 'vitest';
import type { RawAnswer, ServerClient } from '../../../../main/online/server/client';
import { ServerError } from '../../../../main/online/server/server-error';
import { rootTokens } from '../../../../main/online/task/root-tokens';

const json = (status: number, value: unknown): RawAnswer => ({
  status,
  body: Buffer.from(JSON.stringify(value)),
  contentType: 'application/json',
  location: '',
  date: null,
});

/** A server that answers each lookup so. */
const serverOf = (lookup: RawAnswer): ServerClient =>
  ({ address: 'http://127.0.0.1:1', request: async () => lookup }) as unknown as ServerClient;

const listed = () => json(200, { data: { keys: ['own', 'other'] } });
const asked = (lookup: RawAnswer) => rootTokens(serverOf(lookup), new Uint8Array(), listed(), 'own');

test('a token that has ended since it was listed is no root token', async () => {
  expect(await asked(json(400, { errors: ['invalid accessor'] }))).toMatch(/^No root token/);
});

test.each([
  [500, ['internal error']],
  [503, ['Vault is sealed']],
  [403, ['permission denied']],
])('a server that answers %i to a lookup is not said to have no other root token', async (status, errors) => {
  await expect(asked(json(status, { errors }))).rejects.toBeInstanceOf(ServerError);
});
