import { expect, test } from 'vitest';
import { beginAttempt } from '../../../../main/online/attempt/on-server';
import { type RawAnswer, ServerClient } from '../../../../main/online/server/client';
import { findDialect } from '../../../../main/online/server/dialect';
import { surveyServer } from '../../../../main/online/server/facts';
import { giveShare } from '../../../../main/online/share/give';
import { startFake } from '../proxy';

const attempt = { started: false, nonce: '', progress: 0, required: 3, otp_length: 26, complete: false };
const errors = (...texts: string[]) => JSON.stringify({ errors: texts });
const TOKEN = 's.operatortokenoperatortoken';

/** OpenBao 2.6: the old paths are off, the new ones want a token and answer below `data`. */
const openBao = () => {
  let open = { ...attempt };
  return startFake((request, body, response) => {
    const reply = (status: number, text: string) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(text);
    if (request.url?.startsWith('/v1/sys/health')) {
      return reply(
        200,
        JSON.stringify({ initialized: true, sealed: false, version: '2.6.2', cluster_id: 'c1' }),
      );
    }
    if (request.url === '/v1/sys/seal-status') return reply(200, JSON.stringify({ t: 3, n: 5 }));
    if (request.url?.startsWith('/v1/sys/generate-root/')) return reply(405, errors('unsupported operation'));
    if (request.headers['x-vault-token'] !== TOKEN) return reply(403, errors('permission denied'));
    if (request.url?.endsWith('/update'))
      return reply(
        500,
        errors(
          `1 error occurred:\n\t* ${body.includes('aa') ? 'given key has already been provided during this generation operation' : 'no'}`,
        ),
      );
    if (request.method === 'PUT') open = { ...open, started: true, nonce: 'n-1' };
    return reply(200, JSON.stringify({ request_id: 'r', data: open }));
  });
};

test('OpenBao 2.6 is spoken to on its new paths with the token, which the old ones never see', async () => {
  const bao = await openBao();
  const client = new ServerClient({ address: bao.address, token: TOKEN });
  const { facts, found } = await surveyServer(client);
  expect(facts).toMatchObject({
    dialect: 'generate-root-token',
    tokenNeeded: true,
    otpLength: 26,
    threshold: 3,
    shares: 5,
  });
  const begun = await beginAttempt(client, found.dialect, {
    method: 'otp',
    characters: new TextEncoder().encode('x'.repeat(26)),
  });
  expect(begun).toMatchObject({ open: true, nonce: 'n-1' });
  expect(bao.asked.filter((line) => line.includes('generate-root/'))).toEqual([
    'GET /v1/sys/generate-root/attempt',
  ]);
});

test("OpenBao's errors are recognised by what they say, inside a 500", async () => {
  const bao = await openBao();
  const client = new ServerClient({ address: bao.address, token: TOKEN });
  const { dialect } = await findDialect(client);
  await beginAttempt(client, dialect, {
    method: 'otp',
    characters: new TextEncoder().encode('x'.repeat(26)),
  });
  const found = await findDialect(client);
  const kept: string[] = [];
  const keep = ({ body }: RawAnswer) => kept.push(new TextDecoder().decode(body));
  expect(await giveShare(client, found, new Uint8Array(33).fill(0xaa), keep)).toEqual({
    kind: 'given-before',
  });
  expect(kept.join()).toContain('already been provided');
});

test('without a token OpenBao 2.6 gets a sentence that says which token is missing', async () => {
  const bao = await openBao();
  await expect(findDialect(new ServerClient({ address: bao.address }))).rejects.toMatchObject({
    code: 'token-needed',
    message: expect.stringContaining('only for someone with a token'),
    typed: expect.stringContaining('VAULT_TOKEN'),
  });
  const wrong = new ServerClient({ address: bao.address, token: 's.wrong' });
  await expect(findDialect(wrong)).rejects.toMatchObject({ code: 'token-refused' });
});

test('Vault 2.x wants a token on the old paths, and gets it only after it said so', async () => {
  const tokens: (string | undefined)[] = [];
  const vault = await startFake((request, _body, response) => {
    const token = request.headers['x-vault-token'];
    tokens.push(typeof token === 'string' ? token : undefined);
    response.writeHead(token === 'hvs.op' ? 200 : 403, { 'content-type': 'application/json' });
    response.end(token === 'hvs.op' ? JSON.stringify(attempt) : errors('permission denied'));
  });
  const { dialect } = await findDialect(new ServerClient({ address: vault.address, token: 'hvs.op' }));
  expect(dialect).toMatchObject({ name: 'generate-root with token', path: 'sys/generate-root' });
  expect(tokens).toEqual([undefined, 'hvs.op']);
  await expect(findDialect(new ServerClient({ address: vault.address }))).rejects.toMatchObject({
    code: 'token-needed',
  });
});

test('a server that needs no token never sees the one that is set', async () => {
  const seen: unknown[] = [];
  const vault = await startFake((request, _body, response) => {
    seen.push(request.headers['x-vault-token']);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(attempt));
  });
  await findDialect(new ServerClient({ address: vault.address, token: 'hvs.secret' }));
  expect(seen).toEqual([undefined]);
});

test('a server that has every way switched off is told how to switch one on', async () => {
  const bao = await startFake((_request, _body, response) =>
    response.writeHead(405, { 'content-type': 'application/json' }).end(errors('unsupported operation')),
  );
  await expect(findDialect(new ServerClient({ address: bao.address, token: TOKEN }))).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('disable_unauthed_generate_root_endpoints'),
  });
});
