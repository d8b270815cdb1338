import { join } from 'node:path';
import { expect } from 'vitest';
import { ServerClient } from '../../../../main/online/server/client';
import { lookupToken } from '../../../../main/online/token/lookup';
import { revokeToken } from '../../../../main/online/token/revoke';
import { Journal } from '../../../../main/store/journal';
import { asciiBytes } from '../../../../shared/bytes';
import { test as onlineTest } from '../fixtures';
import { newFolder } from '../stage';

const test = onlineTest.extend<{
  journal: Journal;
  /** A token of the server's own root token. */
  child: Awaited<ReturnType<typeof childOf>>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  journal: async ({}, use) =>
    use(
      Journal.open(join(newFolder(), 'journal.jsonl'), {
        station: 'S',
        who: '',
        ceremony: '',
        rehearsal: false,
        clock: () => new Date(),
      }),
    ),
  child: async ({ server }, use) => use(await childOf(server.address, server.rootToken)),
});

async function childOf(address: string, token: string) {
  const answer = await fetch(`${address}/v1/auth/token/create`, {
    method: 'POST',
    headers: { 'X-Vault-Token': token },
    body: JSON.stringify({ policies: ['root'] }),
  });
  return ((await answer.json()) as { auth: { client_token: string; accessor: string } }).auth;
}

test('a token is revoked by its accessor with a server token, and the proof is that the accessor is unknown then', async ({
  server,
  journal,
  child,
}) => {
  const client = new ServerClient({ address: server.address, token: server.rootToken });
  const revoked = await revokeToken(client, { accessor: child.accessor }, journal);
  expect(revoked).toMatchObject({ accessor: child.accessor, by: 'accessor', policies: ['root'] });
  expect(revoked.proof).toMatch(/lookup-accessor answers 40[034]/);
  expect(await lookupToken(client, { token: asciiBytes(child.client_token) })).toBeNull();
  expect(journal.entries().map(({ event }) => event)).toEqual(['revoke-intent', 'token-revoked']);
  await expect(revokeToken(client, { accessor: child.accessor }, journal)).rejects.toMatchObject({
    code: 'unknown-token',
  });
});

test('an accessor alone revokes nothing: the sentence says which token is missing', async ({
  server,
  journal,
  child,
}) => {
  const client = new ServerClient({ address: server.address });
  await expect(revokeToken(client, { accessor: child.accessor }, journal)).rejects.toMatchObject({
    code: 'token-needed',
  });
});

test('a server token that may not look up proves nothing, and is not taken for a proof', async ({
  server,
  journal,
  child,
}) => {
  const client = new ServerClient({ address: server.address, token: 'hvs.nobodyknowsthisoneatall00' });
  await expect(revokeToken(client, { accessor: child.accessor }, journal)).rejects.toMatchObject({
    code: 'token-refused',
  });
  expect(journal.lines).toBe(0);
});

test('a token that the server does not know is not said to be revoked', async ({ server, journal }) => {
  const client = new ServerClient({ address: server.address });
  const token = asciiBytes('hvs.nobodyknowsthisoneatall00');
  await expect(revokeToken(client, { token }, journal)).rejects.toMatchObject({ code: 'unknown-token' });
  expect(journal.lines).toBe(0);
});

test('a token that the server still knows after its revocation is not called revoked', async ({
  server,
  proxy,
  journal,
}) => {
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.endsWith('/revoke-self')) return false;
    response.writeHead(204).end();
    return true;
  };
  const token = asciiBytes(server.rootToken);
  await expect(
    revokeToken(new ServerClient({ address: proxy.address }), { token }, journal),
  ).rejects.toMatchObject({
    code: 'not-revoked',
  });
  expect(journal.entries().map(({ event }) => event)).toEqual(['revoke-intent']);
});
