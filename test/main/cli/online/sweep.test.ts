import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { openHome } from '../../../../main/store/home';
import { readJournal } from '../../../../main/store/journal-lines';
import { test } from './station';

const homeLines = (home: string) => readJournal(openHome(home).journal()).lines;

const swept = z.object({
  asked: z.number(),
  gone: z.number(),
  ceremony: z.string().nullable(),
  roots: z.array(
    z.object({
      accessor: z.string(),
      path: z.string(),
      createdAt: z.string(),
      own: z.boolean(),
      account: z.object({ by: z.string() }).nullable(),
    }),
  ),
});

async function childOf(address: string, token: string, policies: string[]): Promise<string> {
  const answer = await fetch(`${address}/v1/auth/token/create`, {
    method: 'POST',
    headers: { 'X-Vault-Token': token },
    body: JSON.stringify({ policies }),
  });
  return ((await answer.json()) as { auth: { accessor: string } }).auth.accessor;
}

test('airlock online sweep names the root tokens, and revokes those that are chosen, with proof and on record', async ({
  station: { run, server, home },
}) => {
  const env = { VAULT_TOKEN: server.rootToken };
  const chosen = await childOf(server.address, server.rootToken, ['root']);
  await childOf(server.address, server.rootToken, ['default']);
  const text = await run(['sweep'], { env });
  expect(text.code).toBe(0);
  expect(text.out).toContain('Looked at    3 tokens');
  expect(text.out).toContain(chosen);
  expect(text.out).toContain('by no transcript of this home');
  expect(text.out).toContain('the server token that this was asked with');
  expect(text.out).toContain('airlock online sweep --revoke ACCESSOR');
  expect(text.err).toBe('');

  const found = (await run(['sweep', '--json'], { env })).as(swept);
  expect(found).toMatchObject({ asked: 3, gone: 0, ceremony: null });
  expect(found.roots.map(({ accessor, own }) => [accessor, own])).toContainEqual([chosen, false]);

  const revoked = await run(['sweep', '--revoke', chosen, '--json'], { env });
  expect(revoked.json).toMatchObject({
    outcomes: [{ kind: 'revoked', accessor: chosen, policies: ['root'], ceremony: null }],
    failed: null,
    untouched: [],
  });
  expect(homeLines(home).slice(-4)).toMatchObject([
    { event: 'tokens-swept', data: { accessors: 3, roots: 2, suspects: 1 } },
    { event: 'tokens-swept', data: { accessors: 3 } },
    { event: 'revoke-intent', data: { accessor: chosen } },
    { event: 'token-revoked', data: { accessor: chosen } },
  ]);
  const again = await run(['sweep', '--revoke', chosen], { env });
  expect(again.code).toBe(0);
  expect(again.out).toContain('Gone already');
}, 60_000);

test('the token that asks is revoked last, and what failed keeps the rest untouched', async ({
  station: { run, server },
}) => {
  const env = { VAULT_TOKEN: server.rootToken };
  const roots = (await run(['sweep', '--json'], { env })).as(swept).roots;
  const own = roots.find((root) => root.own)?.accessor ?? '';
  const child = await childOf(server.address, server.rootToken, ['root']);
  const limited = await childOf(server.address, server.rootToken, ['default']);
  const stopped = await run(['sweep', '--revoke', own, limited, child, '--json'], { env });
  expect(stopped.code).toBe(1);
  expect(stopped.json).toMatchObject({
    outcomes: [],
    failed: { accessor: limited, code: 'no-root-token' },
    untouched: [child, own],
  });
  const both = await run(['sweep', '--revoke', own, child, '--json'], { env });
  expect(both.json).toMatchObject({ outcomes: [{ accessor: child }, { accessor: own }], failed: null });
}, 60_000);

test('a token in the place of an accessor is refused before anything is asked, and is in no text', async ({
  station: { run, server },
}) => {
  const refused = await run(['sweep', '--revoke', server.rootToken, '--json']);
  expect([refused.code, refused.error.code]).toEqual([1, 'no-accessor']);
  expect(refused.out + refused.err).not.toContain(server.rootToken);
  expect((await run(['token', 'lookup', '--accessor', 'a b'])).code).toBe(1);
  const without = await run(['sweep', '--json']);
  expect(without.error.code).toBe('token-needed');
}, 60_000);

test('airlock online token lookup explains every property, and puts on record what is no secret', async ({
  station: { run, server, home, dir },
}) => {
  writeFileSync(join(dir, 'token'), server.rootToken);
  const text = await run(['token', 'lookup', '--token-file', join(dir, 'token')]);
  expect(text.code).toBe(0);
  for (const words of [
    'Type',
    'Policies',
    'it may do everything',
    'TTL',
    'never ends by itself',
    'Explicit max TTL',
    'Period',
    'Uses left',
    'Orphan',
    'auth/token/root',
    'made from key shares',
    'Accessor',
  ])
    expect(text.out).toContain(words);
  expect(text.out).not.toContain(server.rootToken);
  const json = await run(['token', 'lookup', '--token-file', join(dir, 'token'), '--json']);
  expect(json.json).toMatchObject({
    policies: ['root'],
    isRoot: true,
    ttl: 0,
    explained: { Type: expect.any(String) },
  });
  expect(homeLines(home).at(-1)).toMatchObject({
    event: 'token-looked-up',
    data: { by: 'token', policies: ['root'], ttl: 0 },
  });
  const typed = await run(['token', 'lookup', '--json'], { answers: [server.rootToken] });
  expect(typed.json).toMatchObject({ isRoot: true });
  const { accessor } = typed.as(z.object({ accessor: z.string() }));
  const byAccessor = await run(['token', 'lookup', '--accessor', accessor, '--json'], {
    env: { VAULT_TOKEN: server.rootToken },
  });
  expect(byAccessor.json).toMatchObject({ accessor, isRoot: true });
}, 60_000);
