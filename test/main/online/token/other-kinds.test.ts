import { expect } from 'vitest';
import { OnlineStation } from '../../../../main/online/online-station';
import { asciiBytes } from '../../../../shared/bytes';
import { test } from '../fixtures';
import { startFake } from '../proxy';
import { journalOf, newStage, rehearsalServer, startMessage } from '../stage';
import { finishedAttempt } from '../task/handed';

const token = asciiBytes('hvs.AbCdEfGhIjKlMnOpQrStUvWx');

/** A station with a plan for that kind of token in its journal, and what its server answers afterwards. */
async function planned(
  stage: Parameters<typeof startMessage>[0],
  tokenKind: 'dr' | 'recovery',
  answer: Parameters<typeof startFake>[0],
) {
  const modes = {
    recovery: { path: '/v1/sys/generate-recovery-token/attempt', health: null },
    dr: {
      path: '/v1/sys/replication/dr/secondary/generate-operation-token/attempt',
      health: { initialized: true, sealed: false, replication_dr_mode: 'secondary', cluster_id: 'c' },
    },
  } as const;
  const { path, health } = modes[tokenKind];
  let made = false;
  const fake = await startFake((request, body, response) => {
    if (made) return answer(request, body, response);
    const url = request.url ?? '';
    const json = (content: object) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    if (url === path && request.method === 'GET') return json({ required: 3, otp_length: 28 });
    if (url === path) {
      const fingerprint = Buffer.from(stage.key.fingerprint).toString('hex');
      return json({ started: true, nonce: 'n1', required: 3, otp_length: 28, pgp_fingerprint: fingerprint });
    }
    if (url === '/v1/sys/health' && health !== null) return json(health);
    if (url === '/v1/sys/seal-status' && health !== null) return json({ t: 3, n: 5 });
    return response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
  });
  const [{ home, identity }] = stage.operators;
  const station = new OnlineStation({ home, identity, server: { address: fake.address } });
  const { message } = await station.status();
  expect(message.envelope.body.tokenKind).toBe(tokenKind);
  await station.start(await startMessage(stage, message, { tokenKind }));
  made = true;
  return station;
}

test('a recovery token is proven dead by a server that runs as usual again, and not before', async ({
  stage,
  operator,
}) => {
  let usual = false;
  const station = await planned(stage, 'recovery', (request, _body, response) => {
    const there = usual
      ? request.url === '/v1/sys/health'
      : request.url === '/v1/sys/generate-recovery-token/attempt';
    response.writeHead(there ? 200 : 404, { 'content-type': there ? 'application/json' : 'text/plain' });
    response.end(there ? '{"initialized":true,"sealed":false,"version":"2.7.2","required":3}' : '404');
  });
  expect(station.tokenKind()).toBe('recovery');
  await expect(station.proveEnded()).rejects.toMatchObject({ code: 'recovery-mode' });
  usual = true;
  expect(await station.revoke({ token })).toMatchObject({ by: 'restart' });
  expect(journalOf(stage, operator).at(-1)).toMatchObject({
    event: 'token-revoked',
    data: { by: 'restart', proof: expect.stringContaining('runs as usual again') },
  });
  const taken = journalOf(stage, operator).find(({ event }) => event === 'plan-taken');
  expect(taken?.data).toMatchObject({ tokenKind: 'recovery' });
});

test('an operation token is deleted, and a second deletion that is refused is the proof', async ({
  stage,
  operator,
}) => {
  let lives = true;
  const station = await planned(stage, 'dr', (request, body, response) => {
    expect(request.url).toBe('/v1/sys/replication/dr/secondary/operation-token/delete');
    expect(JSON.parse(body)).toEqual({ dr_operation_token: Buffer.from(token).toString() });
    if (lives) response.writeHead(204).end();
    else
      response.writeHead(403, { 'content-type': 'application/json' }).end('{"errors":["permission denied"]}');
    lives = false;
  });
  expect(await station.revoke({ token })).toMatchObject({ by: 'token' });
  expect(journalOf(stage, operator).at(-1)).toMatchObject({
    event: 'token-revoked',
    data: { proof: 'operation-token/delete answers 403: permission denied' },
  });
  await expect(station.revoke({ token })).rejects.toMatchObject({ code: 'unknown-token' });
});

test.each(['dr', 'recovery'] as const)(
  'the result of a ceremony for another token than a root token offers no key to hand it over to: %s',
  async (kind) => {
    const server = await rehearsalServer({ api: kind });
    const stage = await newStage({ address: server.address });
    const result = await finishedAttempt(stage, server.shares, ['Steer it', { task: 'revoke-self' }], kind);
    expect(result.envelope.body.station).toBeUndefined();
  },
);
