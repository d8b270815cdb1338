import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerClient, type ServerOptions } from '../../main/online/server/client';
import { sweepTokens } from '../../main/online/sweep/sweep';
import { revokeToken } from '../../main/online/token/revoke';
import { policyFor, type TokenRight } from '../../main/online/token/token-policy';
import { Journal } from '../../main/store/journal';
import { newFolder } from '../main/online/stage';
import { describeReal, REAL_START_MS } from './describe-real';
import { type RealVault, startRealVault } from './real-vault';

/** Vault's community edition has no namespaces, and ignores their header. */
const bin = process.env['VAULT_BIN'];
const isOpenBao =
  bin !== undefined && execFileSync(bin, ['version'], { encoding: 'utf8' }).includes('OpenBao');

const clock = () => new Date();
const LIMITED = 250;

describeReal('a sweep of the real server', () => {
  let vault: RealVault;
  /** Accessors of two root tokens: one of a token, and one made from shares. */
  let child = '';

  const call = async (method: string, path: string, body?: object, namespace = ''): Promise<Json> => {
    const answer = await fetch(`${vault.address}/v1/${path}`, {
      method,
      headers: { 'X-Vault-Token': vault.rootToken, ...(namespace ? { 'X-Vault-Namespace': namespace } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === '' ? {} : (JSON.parse(text) as Json);
  };
  const client = (more: Partial<ServerOptions> = {}) =>
    new ServerClient({ address: vault.address, token: vault.rootToken, ...more });
  const journal = () =>
    Journal.open(join(newFolder(), 'journal.jsonl'), {
      station: 'S',
      who: '',
      ceremony: '',
      rehearsal: false,
      clock,
    });
  /** A token that may do just what these lines of a policy allow. */
  const limitedTo = async (...rights: TokenRight[]): Promise<string> => {
    const name = `sweep-${rights.join('-')}`;
    await call('PUT', `sys/policies/acl/${name}`, { policy: policyFor(...rights) });
    const { auth } = await call('POST', 'auth/token/create', { policies: [name] });
    return auth?.client_token ?? '';
  };

  beforeAll(async () => {
    vault = await startRealVault({ shares: 1, threshold: 1 });
    for (let i = 0; i < LIMITED; i++) await call('POST', 'auth/token/create', { policies: ['default'] });
    child = (await call('POST', 'auth/token/create', { policies: ['root'] })).auth?.accessor ?? '';
  }, REAL_START_MS);
  afterAll(() => vault.close());

  test('finds every root token, with its path and the time of its making', async () => {
    const swept = await sweepTokens(client(), { clock, page: 100 });
    expect(swept.asked).toBeGreaterThanOrEqual(LIMITED + 2);
    expect(swept).toMatchObject({ unreadable: 0, gone: 0 });
    expect(swept.roots.map(({ path }) => path).sort()).toEqual(['auth/token/create', 'auth/token/root']);
    expect(swept.roots.find(({ accessor }) => accessor === swept.asker)?.path).toBe('auth/token/root');
    for (const { createdAt } of swept.roots)
      expect(Math.abs((createdAt?.getTime() ?? 0) - Date.now())).toBeLessThan(10 * 60_000);
  });

  test('the lines of a policy that it names are enough, and each of them is needed', async () => {
    const all = client({ token: await limitedTo('list', 'lookup', 'revoke') });
    const swept = await sweepTokens(all, { clock });
    expect(swept.roots.map(({ accessor }) => accessor)).toContain(child);

    const without = async (...rights: TokenRight[]) => client({ token: await limitedTo(...rights) });
    await expect(sweepTokens(await without('lookup', 'revoke'), { clock })).rejects.toMatchObject({
      code: 'list-refused',
    });
    await expect(sweepTokens(await without('list', 'revoke'), { clock })).rejects.toMatchObject({
      code: 'lookup-refused',
    });
    await expect(
      revokeToken(await without('list', 'lookup'), { accessor: child }, journal()),
    ).rejects.toMatchObject({ code: 'revoke-refused' });
    expect(await revokeToken(all, { accessor: child }, journal())).toMatchObject({
      accessor: child,
      proof: expect.stringContaining('invalid accessor'),
    });
  });

  test('tokens of a namespace are swept in it, and not outside of it', async ({ skip }) => {
    if (!isOpenBao) return skip('this server has no namespaces');
    await call('POST', 'sys/namespaces/team', {});
    const inside = await call('POST', 'auth/token/create', { policies: ['default'] }, 'team');
    const accessor = inside.auth?.accessor ?? '';
    expect(accessor).toMatch(/\./);
    expect(await sweepTokens(client({ namespace: 'team' }), { clock })).toMatchObject({
      asked: 1,
      roots: [],
    });
    const outside = await sweepTokens(client(), { clock });
    expect(outside.asked).toBeGreaterThanOrEqual(LIMITED);
  });

  test('a server token that is revoked in the middle stops it, and no token is taken for gone', async () => {
    const token = await limitedTo('list', 'lookup');
    let isDead = false;
    const sweep = sweepTokens(client({ token }), {
      clock,
      progress: ({ asked }) => {
        if (asked < 50 || isDead) return;
        isDead = true;
        void call('PUT', 'auth/token/revoke', { token });
      },
    });
    await expect(sweep).rejects.toMatchObject({
      code: 'lookup-refused',
      message: expect.stringContaining('stopped before its end'),
    });
  });
});

interface Json {
  readonly auth?: { readonly client_token: string; readonly accessor: string };
}
