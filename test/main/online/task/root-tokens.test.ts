import { expect, test } from 'vitest';
import { ServerClient } from '../../../../main/online/server/client';
import { rootTokens } from '../../../../main/online/task/root-tokens';
import { asciiBytes } from '../../../../shared/bytes';
import { type FakeToken, startTokenServer, type TokenServerOptions } from '../sweep/token-server';

const roots = (count: number): FakeToken[] =>
  Array.from({ length: count }, (_, i) => ({ accessor: `root-${i}`, policies: ['root'] }));

async function asked(options: TokenServerOptions): Promise<string> {
  const { address } = await startTokenServer(options);
  const client = new ServerClient({ address });
  return rootTokens({ client, clock: () => new Date() }, asciiBytes('hvs.root'), 'root-0');
}

test('a token that has ended since it was listed is no root token', async () => {
  const intercept: TokenServerOptions['intercept'] = (path, body, response) => {
    if (path !== 'auth/token/lookup-accessor' || !body.includes('other')) return false;
    response.writeHead(400, { 'content-type': 'application/json' }).end('{"errors":["invalid accessor"]}');
    return true;
  };
  expect(await asked({ tokens: [...roots(1), { accessor: 'other' }], intercept })).toMatch(/^No root token/);
});

test('it names some of the others, and counts the rest, however many tokens there are, a page at a time', async () => {
  const many = Array.from({ length: 2500 }, (_, i) => ({ accessor: `a-${i}` }));
  const said = await asked({ tokens: [...many, ...roots(7)], pages: true, delayMs: 0 });
  expect(said).toBe('Besides this one there are 6 root tokens: root-1, root-2, root-3, root-4 and 2 more.');
});

test('a list of more than 256 KiB is taken', async () => {
  const long = Array.from({ length: 6000 }, (_, i) => ({ accessor: `${i}`.padStart(60, 'a') }));
  expect(await asked({ tokens: [...roots(2), ...long], delayMs: 0 })).toContain('is one root token: root-1');
});

test.each([
  [400, ['internal error']],
  [503, ['Vault is sealed']],
  [403, ['permission denied']],
])('a server that answers %i to a lookup is not said to have no other root token', async (status, errors) => {
  const intercept: TokenServerOptions['intercept'] = (path, _, response) => {
    if (path !== 'auth/token/lookup-accessor') return false;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ errors }));
    return true;
  };
  await expect(asked({ tokens: roots(2), intercept })).rejects.toMatchObject({ name: expect.any(String) });
});
