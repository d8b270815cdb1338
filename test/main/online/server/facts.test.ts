import { expect, test } from 'vitest';
import { ServerClient } from '../../../../main/online/server/client';
import { findDialect } from '../../../../main/online/server/dialect';
import { surveyServer } from '../../../../main/online/server/facts';
import { startFake } from '../proxy';
import { rehearsalServer } from '../stage';

test('a server that refuses for a reason of its own is quoted, in one line', async () => {
  const { address } = await startFake((request, _body, response) => {
    const body = request.url?.startsWith('/v1/sys/generate-root')
      ? { errors: ['storage is\n\u001b[31mfull'] }
      : { initialized: true, sealed: false, t: 1, n: 1 };
    response
      .writeHead('errors' in body ? 500 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(body));
  });
  const error = await surveyServer(new ServerClient({ address })).catch((each: unknown) => each);
  expect(error).toMatchObject({
    code: 'server-error',
    message: expect.stringContaining('storage is [31mfull'),
  });
});

test('a server in recovery mode, and http to a port that speaks TLS, are named for what they are', async () => {
  const recovery = await startFake((request, _body, response) => {
    const there = request.url === '/v1/sys/generate-recovery-token/attempt';
    response.writeHead(there ? 200 : 404, { 'content-type': there ? 'application/json' : 'text/plain' });
    response.end(there ? '{"started":false,"required":3,"otp_length":28}' : '404 page not found\n');
  });
  const { facts } = await surveyServer(new ServerClient({ address: recovery.address }));
  expect(facts).toMatchObject({ tokenKind: 'recovery', dialect: 'generate-recovery-token', threshold: 3 });
  const elsewhere = await startFake((_request, _body, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
  });
  await expect(surveyServer(new ServerClient({ address: elsewhere.address }))).rejects.toMatchObject({
    code: 'not-a-server',
  });
  const tls = await startFake((_request, _body, response) => {
    response.writeHead(400, { 'content-type': 'text/plain' });
    response.end('Client sent an HTTP request to an HTTPS server.\n');
  });
  await expect(surveyServer(new ServerClient({ address: tls.address }))).rejects.toMatchObject({
    code: 'not-a-server',
    message: expect.stringContaining('https://'),
  });
});

test('in a namespace of OpenBao the way with a token is taken, and the shares are the namespace’s own', async () => {
  const bao = await startFake((request, _body, response) => {
    const inside = request.headers['x-vault-namespace'] === 'team/';
    const answers: Record<string, readonly [number, object]> = {
      '/v1/sys/health': [200, { initialized: true, sealed: false, version: '2.7.2', cluster_id: 'c1' }],
      // It tells of the whole server everywhere: the namespace's own is asked for around it.
      '/v1/sys/seal-status': [200, { t: 5, n: 9 }],
      '/v1/sys/namespaces/team/seal-status': [200, { data: inside ? {} : { t: 2, n: 3, type: 'shamir' } }],
      '/v1/sys/generate-root-token/attempt': [200, { data: { required: inside ? 2 : 5, otp_length: 35 } }],
    };
    const [status, body] = answers[(request.url ?? '').replace(/\?.*/, '')] ?? [
      400,
      { errors: ['operation unavailable in namespaces'] },
    ];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const { facts } = await surveyServer(
    new ServerClient({ address: bao.address, namespace: 'team/', token: 's.operatortokenoperatortoken' }),
  );
  expect(facts).toMatchObject({ dialect: 'generate-root-token', threshold: 2, shares: 3, otpLength: 35 });
  expect(facts.server).toMatchObject({ namespace: 'team', shareKind: 'unseal' });
});

test('a disaster-recovery secondary makes operation tokens, and is asked for nothing else', async () => {
  const secondary = await startFake((request, _body, response) => {
    const answers: Record<string, readonly [number, object]> = {
      '/v1/sys/health': [
        472,
        { initialized: true, sealed: false, version: '1.21.4+ent', replication_dr_mode: 'secondary' },
      ],
      '/v1/sys/seal-status': [200, { t: 2, n: 3 }],
      '/v1/sys/replication/dr/secondary/generate-operation-token/attempt': [
        200,
        { required: 2, otp_length: 28 },
      ],
    };
    const [status, body] = answers[request.url ?? ''] ?? [
      400,
      { errors: ['path disabled in replication DR secondary mode'] },
    ];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const client = new ServerClient({ address: secondary.address });
  const { facts } = await surveyServer(client);
  expect(facts).toMatchObject({ tokenKind: 'dr', dialect: 'generate-operation-token', threshold: 2 });
  expect(secondary.asked).toHaveLength(3);
  expect((await findDialect(client)).dialect.kind).toBe('dr');
});

test('a server that ignores the namespace, as Vault’s community edition does, is named before anything is sent', async () => {
  const { address } = await rehearsalServer();
  const client = new ServerClient({ address, namespace: 'team' });
  await expect(surveyServer(client)).rejects.toMatchObject({
    code: 'namespace-ignored',
    message: expect.stringContaining('a root token of the whole server'),
  });
  const whole = await surveyServer(new ServerClient({ address, namespace: 'root' }));
  expect(whole.facts.server).not.toHaveProperty('namespace');
});

test('a server that unseals itself wants its recovery keys', async () => {
  const { address } = await startFake((request, _body, response) => {
    const body = request.url?.startsWith('/v1/sys/seal-status')
      ? { t: 2, n: 3, type: 'static', recovery_seal: true }
      : { initialized: true, sealed: false, required: 2, otp_length: 26 };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const { facts } = await surveyServer(new ServerClient({ address }));
  expect(facts.server.shareKind).toBe('recovery');
});

test('a server that does not tell its time cannot be trusted with a key', async () => {
  const { address } = await startFake((_request, _body, response) => {
    response.sendDate = false;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"initialized":true,"sealed":false,"required":1,"t":1,"n":1}');
  });
  await expect(surveyServer(new ServerClient({ address }))).rejects.toMatchObject({ code: 'no-clock' });
});
