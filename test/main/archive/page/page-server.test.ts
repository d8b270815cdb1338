import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PageServer, servePage } from '../../../../main/archive/page/page-server';

let server: PageServer;
const asked: string[] = [];
beforeAll(async () => {
  server = await servePage(async (path, query) => {
    asked.push(`${path}?${query}`);
    return { status: 200, type: 'text/plain', body: 'the archive', policy: "default-src 'none'" };
  });
});
afterAll(() => server.close());

interface Got {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** A request whose path goes out as it is, with any Host. */
const get = (path: string, { host, method = 'GET' }: { host?: string; method?: string } = {}): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(server.address);
    const sent = request(
      { host: '127.0.0.1', port, path, method, headers: { host: host ?? `127.0.0.1:${port}` } },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          body += chunk.toString();
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      },
    );
    sent.on('error', reject);
    sent.end();
  });

const key = (): string => new URL(server.address).pathname.slice(1, -1);

test('whoever has the address is answered, under headers that keep the answer to them', async () => {
  expect(key()).toMatch(/^[\w-]{43}$/);
  const { status, headers, body } = await get(`/${key()}/api/ceremonies?words=a%20b`);
  expect({ status, body, asked: asked.at(-1) }).toEqual({
    status: 200,
    body: 'the archive',
    asked: 'api/ceremonies?words=a+b',
  });
  expect(headers).toMatchObject({
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  expect(headers).not.toHaveProperty('set-cookie');
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

test('without the key, or with any other, there is nothing, and nobody asks the archive', async () => {
  const before = asked.length;
  const last = key().endsWith('A') ? 'E' : 'A';
  for (const path of [
    '/',
    '/api/overview',
    `/${key()}`,
    `/${key().slice(0, -1)}/`,
    `/${key().slice(0, -1)}${last}/`,
    `/${key()}x/api/overview`,
    `//${key()}/`,
    `/x/../${key()}/`,
    `/${encodeURIComponent('é')}/`,
  ])
    expect({ path, status: (await get(path)).status }).toEqual({ path, status: 404 });
  expect(asked).toHaveLength(before);
});

test('a page of another name that points to this machine is refused, also with the key', async () => {
  const before = asked.length;
  const { port } = new URL(server.address);
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1.evil.example:${port}`,
    '127.0.0.1:1',
  ])
    expect((await get(`/${key()}/`, { host })).status).toBe(403);
  expect(asked).toHaveLength(before);
  expect((await get(`/${key()}/`, { host: `localhost:${port}` })).status).toBe(200);
});

test('nothing but reading is taken', async () => {
  const before = asked.length;
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
    expect({ method, ...(await get(`/${key()}/`, { method })) }).toMatchObject({
      method,
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  expect(asked).toHaveLength(before);
  expect(await get(`/${key()}/`, { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

test('each start has another key', async () => {
  const other = await servePage(() => Promise.reject(new Error('not asked')));
  expect(new URL(other.address).pathname).not.toBe(new URL(server.address).pathname);
  await other.close();
});

test('no other address of this machine listens', async () => {
  const { port } = new URL(server.address);
  const others = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
    .map(({ address }) => address);
  // On Linux all of 127.0.0.0/8 is this machine, so that there is always another to try.
  for (const host of [...others, '127.0.0.2']) {
    const connected = await new Promise<boolean>((resolve) => {
      const socket = connect({ host, port: Number(port), timeout: 2000 });
      socket.on('connect', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('timeout', () => resolve(false));
    });
    expect({ host, connected }).toEqual({ host, connected: false });
  }
});
