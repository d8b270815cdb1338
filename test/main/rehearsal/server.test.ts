import { afterEach, expect, test } from 'vitest';
import { RehearsalError } from '../../../main/rehearsal/rehearsal-error';
import {
  type RehearsalOptions,
  type RehearsalServer,
  startRehearsalServer,
} from '../../../main/rehearsal/server';
import { random } from '../../../main/rehearsal/token/format';
import { asciiText } from '../../../shared/bytes';
import { decodeToken } from '../../../shared/token/encoded-token';
import { generateOtp, parseOtp } from '../../../shared/token/otp';
import type { TokenFormat } from '../../../shared/token/root-token';

const servers: RehearsalServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options: Partial<RehearsalOptions> = {}): Promise<RehearsalServer> {
  const server = await startRehearsalServer({
    listen: '127.0.0.1:0',
    shares: 5,
    threshold: 3,
    tokenFormat: 'hvs',
    ...options,
  });
  servers.push(server);
  return server;
}

async function call(server: RehearsalServer, method: string, path: string, body?: object, token?: string) {
  const response = await fetch(`${server.address}/v1/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(token === undefined ? {} : { headers: { 'X-Vault-Token': token } }),
  });
  return { status: response.status, json: JSON.parse((await response.text()) || 'null') };
}

test.each<[TokenFormat, number, RegExp]>([
  ['hvs', 28, /^hvs\.[0-9A-Za-z]{24}$/],
  ['s', 26, /^s\.[0-9A-Za-z]{24}$/],
  ['bare', 24, /^[0-9A-Za-z]{24}$/],
  ['uuid', 0, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
])('a quorum makes a %s root token that works', async (tokenFormat, otpLength, shape) => {
  const server = await start({ tokenFormat });
  expect(server.otpLength).toBe(otpLength);
  expect(server.rootToken).toMatch(shape);
  const otp = generateOtp(otpLength, random);
  const path = 'sys/generate-root';
  const status = await call(server, 'GET', `${path}/attempt`);
  expect(status.json.otp_length).toBe(otpLength === 0 ? undefined : otpLength);
  const begun = await call(server, 'PUT', `${path}/attempt`, { otp: asciiText(otp.characters) });
  let answer = begun;
  for (const key of server.shares.slice(1, 4)) {
    answer = await call(server, 'PUT', `${path}/update`, { key, nonce: begun.json.nonce });
  }
  expect(answer.json).toMatchObject({ complete: true, progress: 3, required: 3 });
  const token = asciiText(decodeToken(answer.json.encoded_token, otp).bytes);
  expect(token).toMatch(shape);
  const self = await call(server, 'GET', 'auth/token/lookup-self', undefined, token);
  expect(self.json.data).toMatchObject({ id: token, policies: ['root'], path: 'auth/token/root' });
});

test('the old era asks for an OTP of sixteen bytes in base64', async () => {
  const server = await start({ tokenFormat: 'uuid' });
  const init = async (otp: string) =>
    (await call(server, 'PUT', 'sys/generate-root/attempt', { otp })).json.errors;
  expect(await init('not base64!')).toEqual(['error decoding base64 OTP value']);
  expect(await init('AAAA')).toEqual(['decoded OTP value is invalid or wrong length']);
  expect(await init('')).toEqual(['otp or pgp_key parameter must be provided']);
});

test('a single share is the key itself', async () => {
  const server = await start({ shares: 1, threshold: 1 });
  expect(server.shares).toHaveLength(1);
  expect(server.shares[0]).toMatch(/^[0-9a-f]{64}$/);
  const { json } = await call(server, 'PUT', 'sys/generate-root/attempt');
  const done = await call(server, 'PUT', 'sys/generate-root/update', {
    key: server.shares[0],
    nonce: json.nonce,
  });
  expect(done.json).toMatchObject({ complete: true, progress: 1, required: 1 });
});

test('shares are as long as Vault’s and end in coordinates of their own', async () => {
  const { shares } = await start({ shares: 255, threshold: 128 });
  expect(shares.every((share) => /^[0-9a-f]{66}$/.test(share))).toBe(true);
  expect(new Set(shares.map((share) => share.slice(-2))).size).toBe(255);
  expect(shares.some((share) => share.endsWith('00'))).toBe(false);
});

test('an expired token is gone, and what it made with it', async () => {
  const server = await start();
  const create = (body: object, token: string) => call(server, 'POST', 'auth/token/create', body, token);
  const parent = (await create({ ttl: '1s' }, server.rootToken)).json.auth.client_token;
  const child = (await create({ ttl: '1h' }, parent)).json.auth.client_token;
  await expect
    .poll(async () => (await call(server, 'GET', 'auth/token/lookup-self', undefined, child)).status, {
      timeout: 5000,
    })
    .toBe(403);
});

test('a DR secondary says that it is one, and does nothing else', async () => {
  const server = await start({ api: 'dr' });
  const health = await call(server, 'GET', 'sys/health');
  expect([health.status, health.json.replication_dr_mode]).toEqual([472, 'secondary']);
  expect((await call(server, 'GET', 'sys/seal-status')).json).toMatchObject({ sealed: false, t: 3, n: 5 });
  for (const path of ['sys/generate-root/attempt', 'auth/token/lookup-self', 'secret/x']) {
    expect(await call(server, 'GET', path)).toEqual({
      status: 400,
      json: { errors: ['path disabled in replication DR secondary mode'] },
    });
  }
});

test('an operation token of a DR secondary can be deleted, once', async () => {
  const server = await start({ api: 'dr' });
  const path = 'sys/replication/dr/secondary';
  const { nonce, otp } = (await call(server, 'PUT', `${path}/generate-operation-token/attempt`)).json;
  let encoded = '';
  for (const key of server.shares.slice(0, 3)) {
    const given = await call(server, 'PUT', `${path}/generate-operation-token/update`, { key, nonce });
    encoded = given.json.encoded_token;
  }
  const token = asciiText(decodeToken(encoded, parseOtp(otp)).bytes);
  const remove = (dr_operation_token: string) =>
    call(server, 'POST', `${path}/operation-token/delete`, { dr_operation_token });
  expect((await remove('hvs.nonsense')).status).toBe(403);
  expect((await remove(token)).status).toBe(204);
  expect(await remove(token)).toEqual({ status: 403, json: { errors: ['permission denied'] } });
});

test('what only Vault 2 asks a token for says nothing to whom has none', async () => {
  const server = await start({ api: 'vault-token' });
  expect(server.wantsToken).toBe(true);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    expect((await call(server, method, 'sys/generate-root/attempt')).status).toBe(403);
  }
  const asked = await call(server, 'GET', 'sys/generate-root/attempt', undefined, server.rootToken);
  expect(asked.json).toMatchObject({ started: false, required: 3, otp_length: 28 });
});

test('a client that stops in the middle of a request holds nobody up', async () => {
  const server = await start();
  const { connect } = await import('node:net');
  const { hostname, port } = new URL(server.address);
  const slow = connect(Number(port), hostname);
  slow.write('PUT /v1/sys/generate-root/attempt HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  expect((await call(server, 'GET', 'sys/health')).status).toBe(200);
  slow.destroy();
});

test('a closed server answers no more', async () => {
  const server = await start();
  await server.close();
  await expect(fetch(`${server.address}/v1/sys/health`)).rejects.toThrow();
});

test.each([
  [{ listen: '0.0.0.0:0' }, 'bad-listen'],
  [{ listen: 'example.com:8200' }, 'bad-listen'],
  [{ listen: '127.0.0.1' }, 'bad-listen'],
  [{ listen: '127.0.0.1:70000' }, 'bad-listen'],
  [{ shares: 0 }, 'bad-shares'],
  [{ shares: 256 }, 'bad-shares'],
  [{ threshold: 6 }, 'bad-shares'],
  [{ threshold: 1 }, 'bad-shares'],
  [{ threshold: 2.5 }, 'bad-shares'],
  [{ shares: Number.NaN }, 'bad-shares'],
])('refuses to start with %j', async (options, code) => {
  const problem = await start(options).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(RehearsalError);
  expect(problem).toMatchObject({ code });
});

test('says so when the port is taken', async () => {
  const { address } = await start();
  await expect(start({ listen: new URL(address).host })).rejects.toMatchObject({ code: 'cannot-listen' });
});

test('keeps a connection open between shares that come minutes apart', async () => {
  const server = await start();
  const { headers } = await fetch(`${server.address}/v1/sys/health`);
  expect(headers.get('keep-alive')).toBe('timeout=300');
});
