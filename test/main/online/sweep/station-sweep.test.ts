import { expect } from 'vitest';
import { standingOf } from '../../../../main/online/next-step';
import { OnlineStation } from '../../../../main/online/online-station';
import { accountsOf } from '../../../../main/online/sweep/accounted';
import { readJournal } from '../../../../main/store/journal-lines';
import { toHex } from '../../../../shared/bytes';
import { test as onlineTest } from '../fixtures';
import type { Player, Stage } from '../stage';
import { eventsOf, journalOf, rehearsalServer } from '../stage';

const test = onlineTest.extend<{
  /** The first operator's station, with a server token that may do everything. */
  sweeper: OnlineStation;
  /** Loses the answer to the last share, so that a token lives that nobody holds. */
  lose: () => Promise<void>;
  /** Makes a root token with the first one, and returns its accessor. */
  child: () => Promise<string>;
}>({
  sweeper: async ({ operator: { home, identity }, proxy, server, stage }, use) =>
    use(
      new OnlineStation({
        home,
        identity,
        server: { address: proxy.address, token: server.rootToken },
        clock: () => stage.clock(),
      }),
    ),
  lose: async ({ give, proxy }, use) =>
    use(async () => {
      await give(0);
      proxy.intercept = async ({ request, forward, response }) => {
        if (!request.url?.endsWith('/update')) return false;
        await forward();
        response.destroy();
        return true;
      };
      await expect(give(1)).rejects.toMatchObject({
        code: 'answer-lost',
        typed: expect.stringContaining('airlock online sweep'),
      });
      proxy.intercept = () => false;
    }),
  child: async ({ server }, use) =>
    use(async () => {
      const answer = await fetch(`${server.address}/v1/auth/token/create`, {
        method: 'POST',
        headers: { 'X-Vault-Token': server.rootToken },
        body: JSON.stringify({ policies: ['root'] }),
      });
      return ((await answer.json()) as { auth: { accessor: string } }).auth.accessor;
    }),
});
test.override({ shape: { shares: 2, threshold: 2 } });

const homeLines = ({ home }: Player) => readJournal(home.journal()).lines;
const ceremonyOf = (stage: Stage) => toHex(stage.ceremony);

test('a token that was lost is found, marked with its ceremony, revoked with proof, and the ceremony goes on to its sign-off', async ({
  sweeper,
  lose,
  operator,
  stage,
}) => {
  await lose();
  const ceremony = ceremonyOf(stage);
  expect(standingOf(operator.home, ceremony)?.next).toBe('sweep');

  const swept = await sweeper.sweep({ ceremony: undefined });
  expect(swept).toMatchObject({ asked: 2, ceremony });
  const orphan = swept.roots.find(({ own }) => !own);
  expect(orphan).toMatchObject({ path: 'auth/token/root', account: { ceremony, by: 'lost' } });
  expect(swept.roots.find(({ own }) => own)?.account).toBeNull();
  expect(journalOf(stage, operator).at(-1)).toMatchObject({
    event: 'tokens-swept',
    data: { accessors: 2, gone: 0, roots: 2, suspects: 1, namespace: '' },
  });
  expect(standingOf(operator.home, ceremony)?.next).toBe('sweep');

  const revoked = await sweeper.revokeRoot(orphan?.accessor ?? '');
  expect(revoked).toMatchObject({ kind: 'revoked', by: 'accessor', ceremony });
  expect(journalOf(stage, operator).slice(-2)).toMatchObject([
    { event: 'revoke-intent', data: { by: 'accessor', accessor: orphan?.accessor } },
    { event: 'token-revoked', data: { by: 'accessor', accessor: orphan?.accessor } },
  ]);
  expect(standingOf(operator.home, ceremony)?.next).toBe('sign-off');
  expect(await sweeper.revokeRoot(orphan?.accessor ?? '')).toEqual({
    kind: 'gone',
    accessor: orphan?.accessor,
  });
});

test('a sweep that finds no such token lets the ceremony go on to its sign-off', async ({
  sweeper,
  give,
  proxy,
  operator,
  stage,
}) => {
  await give(0);
  // The server never gets the last share, and forgets the attempt: no token was made.
  let isSent = false;
  proxy.intercept = ({ request, response }) => {
    isSent ||= request.url?.endsWith('/update') === true;
    if (!isSent || !request.url?.includes('/generate-root/')) return false;
    if (request.method === 'GET')
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"started":false,"nonce":"","progress":0,"required":2,"complete":false,"otp_length":28}');
    else response.destroy();
    return true;
  };
  await expect(give(1)).rejects.toMatchObject({ code: 'answer-lost' });
  proxy.intercept = () => false;
  expect(standingOf(operator.home, ceremonyOf(stage))?.next).toBe('sweep');
  await sweeper.sweep({ ceremony: undefined });
  expect(journalOf(stage, operator).at(-1)).toMatchObject({ data: { roots: 1, suspects: 0 } });
  expect(standingOf(operator.home, ceremonyOf(stage))?.next).toBe('sign-off');
});

test('a root token of nobody’s here is revoked in the journal of the home, and never ends a ceremony', async ({
  sweeper,
  lose,
  child,
  operator,
  stage,
}) => {
  await lose();
  const accessor = await child();
  const { roots } = await sweeper.sweep({ ceremony: undefined });
  expect(roots.find((root) => root.accessor === accessor)?.account).toBeNull();
  expect(await sweeper.revokeRoot(accessor)).toMatchObject({ kind: 'revoked', ceremony: null });
  expect(eventsOf(homeLines(operator)).slice(-2)).toEqual(['revoke-intent', 'token-revoked']);
  expect(eventsOf(journalOf(stage, operator))).not.toContain('token-revoked');
  expect(standingOf(operator.home, ceremonyOf(stage))?.next).toBe('sweep');
});

test('a token whose answer came is accounted for by its ceremony, and by its accessor once that is on record', async ({
  sweeper,
  give,
  stage,
}) => {
  await give(0);
  await give(1);
  const ceremony = ceremonyOf(stage);
  const found = async () => (await sweeper.sweep({ ceremony: undefined })).roots.find(({ own }) => !own);
  const root = await found();
  expect(root?.account).toMatchObject({ ceremony, by: 'answer' });
  await sweeper.revokeRoot(root?.accessor ?? '');
  expect(await found()).toBeUndefined();
});

test('a clock that is wrong by hours doesn’t part a lost token from its ceremony, nor does time that has passed join others to it', async ({
  lose,
  sweeper,
  stage,
  operator,
}) => {
  // The station's clock is two hours behind all the while: the server's own tells by how much.
  stage.clock = () => new Date(Date.now() - 2 * 3_600_000);
  await lose();
  const { roots, server } = await sweeper.sweep({ ceremony: undefined });
  const [orphan] = roots.filter(({ account }) => account !== null);
  expect(orphan?.account).toMatchObject({ by: 'lost' });
  const { of } = accountsOf(operator.home, server, 2 * 3_600_000);
  const at = (hours: number, path = 'auth/token/root') =>
    of({
      accessor: 'other',
      path,
      createdAt: new Date(Date.now() + hours * 3_600_000),
      displayName: 'root',
      ttl: 0,
    });
  expect(at(0)).toMatchObject({ by: 'lost' });
  expect(at(1)).toBeNull();
  expect(at(-1)).toBeNull();
  // One that another token made came from no share.
  expect(at(0, 'auth/token/create')).toBeNull();
  const elsewhere = accountsOf(operator.home, { ...server, clusterId: 'another' }, 2 * 3_600_000);
  expect(orphan && elsewhere.of(orphan)).toBeNull();
});

test('a sweep for a ceremony of another server is refused before a token is looked up', async ({
  lose,
  operator,
  server,
  stage,
}) => {
  await lose();
  const other = await rehearsalServer();
  expect(other.address).not.toBe(server.address);
  const elsewhere = new OnlineStation({
    home: operator.home,
    identity: operator.identity,
    server: { address: other.address, token: other.rootToken },
  });
  await expect(elsewhere.sweep({ ceremony: ceremonyOf(stage) })).rejects.toMatchObject({
    code: 'other-server',
  });
  // Without a name it stands in the journal of the home: it says nothing of that ceremony's token.
  expect(await elsewhere.sweep({ ceremony: undefined })).toMatchObject({ ceremony: null });
  expect(homeLines(operator).at(-1)).toMatchObject({ event: 'tokens-swept' });
});

test('only a root token is revoked from a sweep', async ({ sweeper, server, operator }) => {
  const answer = await fetch(`${server.address}/v1/auth/token/create`, {
    method: 'POST',
    headers: { 'X-Vault-Token': server.rootToken },
    body: JSON.stringify({ policies: ['default'] }),
  });
  const { auth } = (await answer.json()) as { auth: { accessor: string } };
  await expect(sweeper.revokeRoot(auth.accessor)).rejects.toMatchObject({
    code: 'no-root-token',
    message: expect.stringContaining('default'),
  });
  expect(eventsOf(homeLines(operator))).not.toContain('revoke-intent');
});

test('the token that asks can be revoked too: that it may ask nothing any more is the proof', async ({
  sweeper,
  operator,
}) => {
  const accessor = await sweeper.asker();
  expect(await sweeper.revokeRoot(accessor)).toMatchObject({ kind: 'revoked', accessor });
  expect(homeLines(operator).at(-1)).toMatchObject({ event: 'token-revoked', data: { accessor } });
});

test('a revocation that is cut off before the server acts is on record as begun, and the same again proves it', async ({
  sweeper,
  child,
  proxy,
  operator,
}) => {
  const accessor = await child();
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.endsWith('/revoke-accessor')) return false;
    response.destroy();
    return true;
  };
  await expect(sweeper.revokeRoot(accessor)).rejects.toMatchObject({
    code: 'unproven',
    message: expect.stringMatching(/on record as begun.*Do the same again/),
  });
  expect(eventsOf(homeLines(operator)).at(-1)).toBe('revoke-intent');
  proxy.intercept = () => false;
  expect(await sweeper.revokeRoot(accessor)).toMatchObject({ kind: 'revoked', accessor });
  expect(homeLines(operator).at(-1)).toMatchObject({ event: 'token-revoked', data: { accessor } });
});

test('a revocation that is cut off after the server acted, and whose proof is cut off too, is proven by the same again', async ({
  sweeper,
  child,
  proxy,
  operator,
}) => {
  const accessor = await child();
  let isCut = false;
  proxy.intercept = async ({ request, response, forward }) => {
    isCut ||= request.url?.endsWith('/revoke-accessor') === true;
    if (!isCut) return false;
    await forward();
    response.destroy();
    return true;
  };
  await expect(sweeper.revokeRoot(accessor)).rejects.toMatchObject({ code: 'unproven' });
  proxy.intercept = () => false;
  expect(await sweeper.revokeRoot(accessor)).toMatchObject({ kind: 'revoked', accessor });
  expect(homeLines(operator).at(-1)).toMatchObject({ event: 'token-revoked', data: { accessor } });
});

test.for([
  ['revoke-accessor', 500, '{"errors":["internal error"]}', 'unproven'],
  ['revoke-accessor', 503, '{"errors":["upstream is busy"]}', 'unproven'],
  ['revoke-accessor', 200, '<!doctype html>', 'unproven'],
  ['revoke-accessor', 403, '{"errors":["permission denied"]}', 'revoke-refused'],
  ['revoke-accessor', 204, '', 'not-revoked'],
  ['lookup-accessor', 403, '{"errors":["permission denied"]}', 'lookup-refused'],
  ['lookup-accessor', 500, '{"errors":["internal error"]}', 'server-error'],
  ['lookup-accessor', 200, '<!doctype html>', 'not-a-server'],
] as const)(
  '%s answers %i %s: it stops with its name, and nothing is said to be revoked',
  async ([path, status, body, code], { sweeper, child, proxy, operator }) => {
    const accessor = await child();
    proxy.intercept = ({ request, response }) => {
      if (!request.url?.endsWith(`/${path}`)) return false;
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      return true;
    };
    await expect(sweeper.revokeRoot(accessor)).rejects.toMatchObject({ code });
    expect(eventsOf(homeLines(operator))).not.toContain('token-revoked');
    proxy.intercept = () => false;
    expect(await sweeper.revokeRoot(accessor)).toMatchObject({ kind: 'revoked' });
  },
);

test('a lookup after the revocation that is not allowed is no proof', async ({
  sweeper,
  child,
  proxy,
  operator,
}) => {
  const accessor = await child();
  let revoked = false;
  proxy.intercept = ({ request, response }) => {
    revoked ||= request.url?.endsWith('/revoke-accessor') === true;
    if (!revoked || !request.url?.endsWith('/lookup-accessor')) return false;
    response
      .writeHead(403, { 'content-type': 'application/json' })
      .end('{"errors":["1 error occurred:\\n\\t* permission denied\\n\\n"]}');
    return true;
  };
  await expect(sweeper.revokeRoot(accessor)).rejects.toMatchObject({ code: 'unproven' });
  expect(eventsOf(homeLines(operator))).not.toContain('token-revoked');
});

test('what a lookup says is on record as far as it is no secret, and never the token', async ({
  sweeper,
  server,
  operator,
}) => {
  const token = new TextEncoder().encode(server.rootToken);
  const { facts, ceremony } = await sweeper.describe({ token });
  expect(facts).toMatchObject({ policies: ['root'], type: 'service', ttl: 0, orphan: true, numUses: 0 });
  expect(ceremony).toBeNull();
  expect(homeLines(operator).at(-1)).toMatchObject({
    event: 'token-looked-up',
    data: { by: 'token', accessor: facts.accessor, policies: ['root'], ttl: 0 },
  });
  expect(JSON.stringify(homeLines(operator))).not.toContain(server.rootToken);
  // Whoever holds it here accounts for it from now on.
  const { roots } = await sweeper.sweep({ ceremony: undefined });
  expect(roots).toMatchObject([{ own: true, account: { ceremony: '', by: 'accessor' } }]);
  await expect(sweeper.describe({ accessor: 'noSuchAccessor' })).rejects.toMatchObject({
    code: 'unknown-token',
  });
});
