import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { ServerClient } from '../../../../main/online/server/client';
import { AT_ONCE, sweepTokens } from '../../../../main/online/sweep/sweep';
import type { SweepProgress } from '../../../../main/online/sweep/sweep-progress';
import { rehearsalServer } from '../stage';
import { type FakeToken, startTokenServer, type TokenServerOptions } from './token-server';

const clock = () => new Date();
const json = { 'content-type': 'application/json' };
const tokens = (count: number): FakeToken[] =>
  Array.from({ length: count }, (_, i) => ({ accessor: `accessor${i}` }));
const root = { accessor: 'theRoot', policies: ['root'], path: 'auth/token/root' };

const clientOf = (address: string, timeoutMs = 5000) =>
  new ServerClient({ address, token: 'hvs.asker', timeoutMs });

async function childOf(address: string, token: string, body: object): Promise<string> {
  const answer = await fetch(`${address}/v1/auth/token/create`, {
    method: 'POST',
    headers: { 'X-Vault-Token': token },
    body: JSON.stringify(body),
  });
  return ((await answer.json()) as { auth: { accessor: string } }).auth.accessor;
}

test('a sweep finds every root token with its path and when it was made, and keeps nothing of the others', async () => {
  const server = await rehearsalServer();
  for (let i = 0; i < 30; i++) await childOf(server.address, server.rootToken, { policies: ['default'] });
  const child = await childOf(server.address, server.rootToken, { policies: ['root'], ttl: '1h' });
  const client = new ServerClient({ address: server.address, token: server.rootToken });
  const swept = await sweepTokens(client, { clock });
  expect(swept).toMatchObject({ asked: 32, listed: 32, gone: 0, unreadable: 0 });
  expect(swept.roots.map(({ path, ttl }) => [path, ttl > 0]).sort()).toEqual([
    ['auth/token/create', true],
    ['auth/token/root', false],
  ]);
  expect(swept.roots.map(({ accessor }) => accessor)).toContain(child);
  expect(swept.roots.map(({ accessor }) => accessor)).toContain(swept.asker);
  for (const { createdAt } of swept.roots)
    expect(Math.abs((createdAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
});

test('sixteen are asked for at once, over as many connections, which are kept', async () => {
  const server = await startTokenServer({ tokens: tokens(300), delayMs: 30 });
  const seen: SweepProgress[] = [];
  await sweepTokens(clientOf(server.address), { clock, progress: (progress) => seen.push(progress) });
  expect(server.atOnce()).toBe(AT_ONCE);
  expect(server.connections()).toBeLessThanOrEqual(AT_ONCE);
  expect([...server.lookedUp.values()].every((times) => times === 1)).toBe(true);
  expect(server.lookedUp.size).toBe(300);
  expect(seen).toHaveLength(300);
  expect(seen.at(-1)).toMatchObject({ asked: 300, listed: 300 });
});

test.each([
  ['a page at a time', true, 25],
  ['a page at a time, the last one full', true, 10],
  ['all at once, whatever is asked', false, 25],
  ['all at once, and by chance as many as a page has', false, 10],
])('a server that lists %s has each token looked up once', async (_how, pages, count) => {
  const server = await startTokenServer({ tokens: [...tokens(count - 1), root], pages });
  const swept = await sweepTokens(clientOf(server.address), { clock, page: 10 });
  expect(swept).toMatchObject({ asked: count, listed: count });
  expect(swept.roots.map(({ accessor }) => accessor)).toEqual(['theRoot']);
  expect([...server.lookedUp.values()]).toEqual(Array.from({ length: count }, () => 1));
});

test('a page is looked at before the next one is asked for', async () => {
  const server = await startTokenServer({ tokens: tokens(25), pages: true });
  await sweepTokens(clientOf(server.address), { clock, page: 10 });
  const lists = server.asked.flatMap((line, i) => (line.includes('/accessors?') ? [i] : []));
  const between = lists
    .slice(1)
    .map((at, i) =>
      server.asked.slice((lists[i] ?? 0) + 1, at).filter((line) => line.includes('lookup-acc')),
    );
  expect(between.map(({ length }) => length)).toEqual([10, 10, 5]);
});

test('a token that ends meanwhile is no error, also where the server says so as of a bad token', async () => {
  const server = await startTokenServer({
    tokens: [...tokens(20), root],
    intercept: (path, body, response) => {
      if (path !== 'auth/token/lookup-accessor' || !/accessor[357]"/.test(body)) return false;
      const errors = body.includes('accessor3') ? ['bad token'] : ['1 error occurred:\n\t* invalid accessor'];
      response.writeHead(403, json).end(JSON.stringify({ errors }));
      return true;
    },
  });
  const swept = await sweepTokens(clientOf(server.address), { clock });
  expect(swept).toMatchObject({ asked: 21, gone: 3 });
  expect(swept.roots).toHaveLength(1);
});

test('a server token that dies in the middle is not taken for tokens that are gone', async () => {
  let lookups = 0;
  const server = await startTokenServer({
    tokens: tokens(100),
    intercept: (path, _body, response) => {
      if (path !== 'auth/token/lookup-accessor' && path !== 'auth/token/lookup-self') return false;
      if (path === 'auth/token/lookup-accessor' && ++lookups <= 40) return false;
      if (path === 'auth/token/lookup-self' && lookups <= 40) return false;
      response.writeHead(403, json).end('{"errors":["bad token"]}');
      return true;
    },
  });
  await expect(sweepTokens(clientOf(server.address), { clock })).rejects.toMatchObject({
    code: 'lookup-refused',
    message: expect.stringMatching(
      /\d+ of 100 or more tokens.*auth\/token\/lookup-accessor.*Nothing was changed/,
    ),
  });
});

test('an entry that the server can’t read is counted, and a warning about the request is none', async () => {
  const server = await startTokenServer({
    tokens: tokens(3),
    intercept: (path, _body, response) => {
      if (path !== 'auth/token/accessors') return false;
      const warnings = [
        'Endpoint ignored these unrecognized parameters: [limit]',
        'Found an accessor entry that could not be successfully decoded; associated error is "x"',
        'Found an accessor entry missing a token: abc',
      ];
      const keys = ['accessor0', 'accessor1', 'accessor2'];
      response.writeHead(200, json).end(JSON.stringify({ data: { keys }, warnings }));
      return true;
    },
  });
  expect(await sweepTokens(clientOf(server.address), { clock, page: 2 })).toMatchObject({
    asked: 3,
    unreadable: 2,
  });
});

test('without a server token nothing is asked, and the sentence says which is needed', async () => {
  const server = await startTokenServer({ tokens: tokens(1) });
  await expect(sweepTokens(new ServerClient({ address: server.address }), { clock })).rejects.toMatchObject({
    code: 'token-needed',
  });
  expect(server.asked).toEqual([]);
});

test.each([
  ['list', 'auth/token/accessors', 'list-refused', /auth\/token\/accessors.*list.*sudo/],
  ['lookup', 'auth/token/lookup-accessor', 'lookup-refused', /auth\/token\/lookup-accessor.*update/],
])(
  'a %s that the policy forbids is named with the lines that a policy needs',
  async (_what, at, code, words) => {
    const server = await startTokenServer({
      tokens: tokens(5),
      intercept: (path, _body, response) => {
        if (path !== at) return false;
        response.writeHead(403, json).end('{"errors":["1 error occurred:\\n\\t* permission denied\\n\\n"]}');
        return true;
      },
    });
    await expect(sweepTokens(clientOf(server.address), { clock })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words),
    });
  },
);

test('a sweep that is told to end breaks off what it waits for, and says how far it came', async () => {
  const ending = new AbortController();
  const server = await startTokenServer({
    tokens: [root, ...tokens(200)],
    intercept: (path, body) => path === 'auth/token/lookup-accessor' && body.includes('accessor90'),
  });
  const begun = Date.now();
  const sweep = sweepTokens(clientOf(server.address, 60_000), {
    clock,
    signal: ending.signal,
    progress: ({ asked }) => {
      if (asked === 200) setTimeout(() => ending.abort(), 20);
    },
  });
  await expect(sweep).rejects.toMatchObject({
    code: 'sweep-stopped',
    message: expect.stringMatching(/200 of 201 or more tokens.*theRoot.*Nothing was changed.*begins anew/),
  });
  expect(Date.now() - begun).toBeLessThan(10_000);
});

/** What a server, or what stands before it, does to a request. */
const faults: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '500': (response) => response.writeHead(500, json).end('{"errors":["internal error"]}'),
  '503': (response) => response.writeHead(503, json).end('{"errors":["upstream is busy"]}'),
  sealed: (response) => response.writeHead(503, json).end('{"errors":["Vault is sealed"]}'),
  cut: (response) => response.destroy(),
  'cut in the middle': (response) => {
    response.writeHead(200, { ...json, 'content-length': '500' }).write('{"data":');
    setTimeout(() => response.destroy(), 10);
  },
  slow: () => undefined,
  drip: (response) => {
    response.writeHead(200, json).write('{"data":');
    const more = (): void => {
      if (!response.destroyed) response.write(' ', () => setTimeout(more, 50));
    };
    more();
  },
  html: (response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
  huge: (response) => {
    response.writeHead(200, json);
    const chunk = Buffer.alloc(1 << 20, 0x20);
    const more = (): void => {
      if (!response.destroyed) response.write(chunk, () => setImmediate(more));
    };
    more();
  },
  redirect: (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/v1/elsewhere' }).end(),
};

const serverWith = (at: string, fault: string, times: number, options: Partial<TokenServerOptions> = {}) => {
  let left = times;
  return startTokenServer({
    tokens: [root, ...tokens(40)],
    ...options,
    intercept: (path, body, response) => {
      if (path !== at || left === 0 || (at.endsWith('lookup-accessor') && !body.includes('accessor20')))
        return false;
      left -= 1;
      faults[fault]?.(response);
      return true;
    },
  });
};

const paths = { list: 'auth/token/accessors', lookup: 'auth/token/lookup-accessor' } as const;

test.each(
  (['list', 'lookup'] as const).flatMap((what) =>
    // The list is given three minutes, whatever the settings say.
    ['500', '503', 'cut', 'cut in the middle', ...(what === 'lookup' ? ['slow', 'drip'] : [])].map(
      (fault) => [what, fault] as const,
    ),
  ),
)('%s × %s, once: it is asked again, and the sweep is whole', async (what, fault) => {
  const server = await serverWith(paths[what], fault, 1);
  const swept = await sweepTokens(clientOf(server.address, 400), { clock });
  expect(swept).toMatchObject({ asked: 41, gone: 0 });
  expect(swept.roots).toHaveLength(1);
});

test.each([
  ['list', '500', 'server-error'],
  ['list', '503', 'server-error'],
  ['list', 'sealed', 'sealed'],
  ['list', 'cut', 'connection-lost'],
  ['list', 'html', 'not-a-server'],
  ['list', 'huge', 'answer-too-large'],
  ['list', 'redirect', 'redirected'],
  ['lookup', '500', 'sweep-stopped'],
  ['lookup', '503', 'sweep-stopped'],
  ['lookup', 'sealed', 'sweep-stopped'],
  ['lookup', 'cut', 'sweep-stopped'],
  ['lookup', 'cut in the middle', 'sweep-stopped'],
  ['lookup', 'slow', 'sweep-stopped'],
  ['lookup', 'drip', 'sweep-stopped'],
  ['lookup', 'html', 'sweep-stopped'],
  ['lookup', 'huge', 'sweep-stopped'],
  ['lookup', 'redirect', 'sweep-stopped'],
] as const)(
  '%s × %s, for good: the sweep stops with its name, and never passes for whole',
  async (what, fault, code) => {
    const server = await serverWith(paths[what], fault, Number.POSITIVE_INFINITY);
    const sweep = sweepTokens(clientOf(server.address, 300), { clock });
    await expect(sweep).rejects.toMatchObject({
      code,
      message:
        what === 'list' ? expect.any(String) : expect.stringMatching(/stopped before its end.*Sweep again/),
    });
  },
);
