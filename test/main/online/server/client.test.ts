import { X509Certificate } from 'node:crypto';
import { createServer as createTlsServer, type ServerOptions as ServerSettings } from 'node:https';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { expect, test } from 'vitest';
import { ANSWER_LIMIT, ServerClient, type ServerOptions } from '../../../../main/online/server/client';
import { surveyServer } from '../../../../main/online/server/facts';
import { requestAttempt, requestBegin, requestUpdate } from '../../../../main/online/server/requests';
import { type Certificate, selfSigned } from '../certificate';
import { startFake } from '../proxy';
import { closing, rehearsalServer } from '../stage';

const survey = (options: ServerOptions) => surveyServer(new ServerClient(options));
const json = { 'content-type': 'application/json' };

async function tlsServer({ certPem, keyPem }: Certificate, more: ServerSettings = {}): Promise<string> {
  const server = createTlsServer({ cert: certPem, key: keyPem, ...more }, (_request, response) =>
    response.writeHead(200, json).end('{"initialized":true,"sealed":false,"required":1}'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing({
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('a server that answers with a web page is named as no Vault or OpenBao server', async () => {
  const { address } = await startFake((_request, _body, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
  );
  await expect(survey({ address })).rejects.toMatchObject({
    code: 'not-a-server',
    message: expect.stringContaining('web page'),
  });
});

test.each([
  ['sealed', { initialized: true, sealed: true }, 503],
  ['not-initialised', { initialized: false, sealed: true }, 501],
])('a server that is %s says so in a sentence', async (code, health, status) => {
  const { address } = await startFake((_request, _body, response) =>
    response.writeHead(status, json).end(JSON.stringify(health)),
  );
  await expect(survey({ address })).rejects.toMatchObject({ code });
});

test('a server that is not there is named with what to check', async () => {
  const gone = createSocketServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise<void>((resolve) => gone.close(() => resolve()));
  await expect(survey({ address: `http://127.0.0.1:${port}` })).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

test('a server that never answers is given up', async () => {
  const { address } = await startFake(() => undefined);
  await expect(survey({ address, timeoutMs: 100 })).rejects.toMatchObject({ code: 'timeout' });
});

test('the answer to a start or a share is waited for after any other answer would be given up', async () => {
  const { address } = await startFake((_request, _body, response) => {
    setTimeout(() => response.writeHead(200, json).end('{}'), 400);
  });
  const client = new ServerClient({ address, timeoutMs: 100 });
  const dialect = { name: 'generate-root', kind: 'root', path: 'sys/generate-root', token: false } as const;
  const body = new Uint8Array([0x7b, 0x7d]);
  for (const request of [requestBegin, requestUpdate])
    expect((await request(client, dialect, body)).status).toBe(200);
  await expect(requestAttempt(client, dialect)).rejects.toMatchObject({
    code: 'timeout',
    message: expect.stringContaining('VAULT_CLIENT_TIMEOUT'),
  });
});

test('an answer larger than any server gives is cut off', async () => {
  const { address } = await startFake((_request, _body, response) =>
    response.writeHead(200, json).end('x'.repeat(ANSWER_LIMIT + 1)),
  );
  await expect(survey({ address })).rejects.toMatchObject({ code: 'answer-too-large' });
});

test('an answer that breaks off is a lost connection, not an answer', async () => {
  const { address } = await startFake((_request, _body, response) => {
    response.writeHead(200, { ...json, 'content-length': '1000' });
    response.write('{"initialized":true');
    setTimeout(() => response.destroy(), 20);
  });
  await expect(survey({ address })).rejects.toMatchObject({ code: 'connection-lost' });
});

test('nothing ever follows a redirect to another machine: a standby names the active server instead', async () => {
  const active = await startFake((_request, _body, response) => response.end('{}'));
  const standby = await startFake((request, _body, response) =>
    response.writeHead(307, { location: `${active.address}${request.url}` }).end(),
  );
  const client = new ServerClient({ address: standby.address });
  const body = new TextEncoder().encode('{"key":"a share"}');
  await expect(client.request('PUT', 'sys/generate-root/update', { body })).rejects.toMatchObject({
    code: 'standby',
    message: expect.stringContaining(active.address),
  });
  expect(active.asked).toEqual([]);
  const login = await startFake((_request, _body, response) =>
    response.writeHead(302, { location: `${active.address}/login` }).end(),
  );
  await expect(survey({ address: login.address })).rejects.toMatchObject({ code: 'redirected' });
  expect(active.asked).toEqual([]);
});

test('a 307 to the same path is followed with method and body, and not forever; one to another path never', async () => {
  const server = await startFake((request, body, response) => {
    const again = server.asked.filter((asked) => asked.includes('/v1/first')).length > 1;
    if (request.url === '/v1/first' && again)
      response.writeHead(200, json).end(JSON.stringify({ method: request.method, body }));
    else response.writeHead(307, { location: request.url === '/v1/moved' ? '/v1/other' : request.url }).end();
  });
  const client = new ServerClient({ address: server.address });
  const body = new TextEncoder().encode('{"a":1}');
  const answer = await client.request('PUT', 'first', { body });
  expect(JSON.parse(new TextDecoder().decode(answer.body))).toEqual({ method: 'PUT', body: '{"a":1}' });
  await expect(client.request('GET', 'loop')).rejects.toMatchObject({ code: 'redirected' });
  await expect(client.request('PUT', 'moved', { body })).rejects.toMatchObject({
    code: 'redirected',
    message: expect.stringContaining('/v1/other'),
  });
  expect(server.asked.filter((asked) => asked.includes('/v1/other'))).toEqual([]);
});

test.each([
  ['http://vault.example.com:8200', 'plain-http'],
  ['http://10.0.0.1:8200', 'plain-http'],
  ['http://127.0.0.1.example.com', 'plain-http'],
  ['ftp://127.0.0.1', 'bad-address'],
  ['vault.example.com', 'bad-address'],
  ['https://user:secret@vault.example.com', 'bad-address'],
])('the address %s is refused: %s', (address, code) => {
  expect(() => new ServerClient({ address })).toThrow(expect.objectContaining({ code }));
});

test('plain http to this very machine is fine, by number and by name', async () => {
  const server = await rehearsalServer();
  await expect(survey({ address: server.address })).resolves.toMatchObject({ facts: { threshold: 3 } });
  await expect(survey({ address: server.address.replace('127.0.0.1', 'localhost') })).resolves.toMatchObject({
    facts: { shares: 5 },
  });
});

test('a certificate that nobody vouches for is refused before anything is sent, and taken with its CA', async () => {
  const certificate = selfSigned();
  const address = await tlsServer(certificate);
  await expect(new ServerClient({ address }).request('GET', 'sys/health')).rejects.toMatchObject({
    code: 'untrusted-certificate',
  });
  const answer = await new ServerClient({ address, caPem: certificate.certPem }).request('GET', 'sys/health');
  expect(answer.status).toBe(200);
});

test('a certificate for another name is refused, unless that name is the one to expect', async () => {
  const certificate = selfSigned('vault.internal');
  const address = await tlsServer(certificate);
  const caPem = certificate.certPem;
  await expect(new ServerClient({ address, caPem }).request('GET', 'sys/health')).rejects.toMatchObject({
    code: 'untrusted-certificate',
    message: expect.stringContaining('VAULT_TLS_SERVER_NAME'),
  });
  const named = new ServerClient({ address, caPem, serverName: 'vault.internal' });
  expect((await named.request('GET', 'sys/health')).status).toBe(200);
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a server that asks for a client certificate by %s is not called untrusted: what to set is named',
  async (version) => {
    const certificate = selfSigned();
    const client = selfSigned('client');
    const address = await tlsServer(certificate, {
      ca: client.certPem,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    });
    const caPem = certificate.certPem;
    const ask = (options: Partial<ServerOptions>) =>
      new ServerClient({ address, caPem, ...options }).request('GET', 'sys/health');
    await expect(ask({})).rejects.toMatchObject({
      code: 'client-certificate',
      message: expect.stringContaining('VAULT_CLIENT_CERT and VAULT_CLIENT_KEY name'),
    });
    // By TLS 1.3 the request may be on its way before the server has looked.
    const body = new Uint8Array(2);
    await expect(new ServerClient({ address, caPem }).request('PUT', 'x', { body })).rejects.toMatchObject({
      code: version === 'TLSv1.3' ? 'connection-lost' : 'client-certificate',
    });
    const known = await ask({ clientCertPem: client.certPem, clientKeyPem: client.keyPem });
    expect(known.status).toBe(200);
  },
);

test.each([
  [
    'bad certificate',
    42,
    /asks for a client certificate.*VAULT_CLIENT_CERT and VAULT_CLIENT_KEY name/,
    /in date/,
  ],
  ['unknown CA', 48, /VAULT_CLIENT_CERT and VAULT_CLIENT_KEY name/, /doesn't take the client certificate/],
])('a server that breaks off with the alert “%s” is understood', async (_name, alert, without, having) => {
  const server = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, alert])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing({ close: () => new Promise((resolve) => server.close(() => resolve())) });
  const address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { certPem, keyPem } = selfSigned('client');
  for (const [options, message] of [
    [{ address }, without],
    [{ address, clientCertPem: certPem, clientKeyPem: keyPem }, having],
  ] as const) {
    const body = new Uint8Array(2);
    await expect(new ServerClient(options).request('PUT', 'x', { body })).rejects.toMatchObject({
      code: 'client-certificate',
      message: expect.stringMatching(message),
    });
  }
});

test('a pin alone does not make a certificate pass that nobody vouches for', async () => {
  const certificate = selfSigned();
  const address = await tlsServer(certificate);
  const pin = new X509Certificate(certificate.certPem).fingerprint256;
  await expect(new ServerClient({ address, pin }).request('GET', 'sys/health')).rejects.toMatchObject({
    code: 'untrusted-certificate',
    message: expect.stringContaining('VAULT_CACERT'),
  });
});

test('a pinned certificate is the only one that is spoken to, every time anew', async () => {
  const certificate = selfSigned();
  const address = await tlsServer(certificate);
  const caPem = certificate.certPem;
  const pin = new X509Certificate(certificate.certPem).fingerprint256;
  const pinned = new ServerClient({ address, caPem, pin });
  expect((await pinned.request('GET', 'sys/health')).status).toBe(200);
  expect((await pinned.request('GET', 'sys/health')).status).toBe(200);
  const other = new ServerClient({ address, caPem, pin: 'ab'.repeat(32) });
  await expect(other.request('GET', 'sys/health')).rejects.toMatchObject({ code: 'wrong-pin' });
  expect(() => new ServerClient({ address, pin: 'abc' })).toThrow(
    expect.objectContaining({ code: 'bad-pin' }),
  );
});

test('a port that does not speak TLS is told apart from one that is closed', async () => {
  const server = await rehearsalServer();
  await expect(survey({ address: server.address.replace('http:', 'https:') })).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining("doesn't speak TLS"),
  });
});
