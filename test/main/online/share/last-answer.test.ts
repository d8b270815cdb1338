import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { loadAttempt, saveAttempt } from '../../../../main/online/attempt/state';
import { toHex } from '../../../../shared/bytes';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import { test } from '../fixtures';
import { startProxy } from '../proxy';
import { eventsOf, journalOf, newStage, rehearsalServer, shareMessage, startedAttempt } from '../stage';
import { startTlsFront } from '../tls-front';

test.override({ shape: { shares: 2, threshold: 2 } });

const isUpdate = (url: string | undefined) => url?.endsWith('/update') === true;

test('the connection dies at the last answer: the loss is on record, and the sentence leads to the sweep for orphan roots', async ({
  server,
  proxy,
  stage,
  operator,
  give,
}) => {
  await give(0);
  proxy.intercept = async ({ request, forward, response }) => {
    if (!isUpdate(request.url)) return false;
    await forward();
    response.destroy();
    return true;
  };
  await expect(give(1)).rejects.toMatchObject({
    code: 'answer-lost',
    message: expect.stringMatching(/root token may exist.*vault list auth\/token\/accessors.*revoke/),
  });
  expect(eventsOf(journalOf(stage, operator)).slice(-3)).toEqual([
    'answer-lost',
    'message-withdrawn',
    'secret-destroyed',
  ]);
  // That really happened: besides the first root token there is an orphan now.
  const answer = await fetch(`${server.address}/v1/auth/token/accessors?list=true`, {
    headers: { 'X-Vault-Token': server.rootToken },
  });
  expect(((await answer.json()) as { data: { keys: string[] } }).data.keys.length).toBeGreaterThanOrEqual(2);
  await expect(give(1)).rejects.toMatchObject({
    code: 'no-attempt',
    message: expect.stringContaining('Sweep'),
  });
});

test('TLS that breaks after the last share went out is a lost answer, and never a share that was not sent', async () => {
  const server = await rehearsalServer({ shares: 1, threshold: 1 });
  const front = await startTlsFront(server.address);
  const stage = await newStage({ address: front.address, caPem: front.caPem });
  const [operator] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  front.breaks = (answer) => answer.includes('"complete":true');
  const custodian = stage.custodians[0] ?? stage.officer;
  const share = await shareMessage(stage, custodian, attempt.message, server.shares[0] ?? '');
  await expect(operator.station.submit(share)).rejects.toMatchObject({ code: 'answer-lost' });
  const events = eventsOf(journalOf(stage, operator));
  expect(events).toContain('answer-lost');
  expect(events).not.toContain('share-rejected');
});

test('a panicking server that leaves the attempt open at progress 0 after the last share counts as a lost answer', async ({
  proxy,
  give,
  operator,
  stage,
}) => {
  await give(0);
  let dead = false;
  proxy.intercept = async ({ request, response, forward }) => {
    if (isUpdate(request.url)) {
      dead = true;
      response.destroy();
      return true;
    }
    if (!dead || !request.url?.endsWith('/attempt')) return false;
    const answer = await forward();
    response.end(answer.body.replace('"progress":1', '"progress":0'));
    return true;
  };
  await expect(give(1)).rejects.toMatchObject({ code: 'answer-lost' });
  expect(eventsOf(journalOf(stage, operator))).toContain('answer-lost');
});

test('a connection that dies before the last share arrived loses nothing: the same message goes again', async ({
  proxy,
  give,
}) => {
  await give(0);
  proxy.intercept = ({ request, response }) => {
    if (!isUpdate(request.url)) return false;
    response.destroy();
    return true;
  };
  await expect(give(1)).rejects.toMatchObject({ code: 'connection-lost' });
  proxy.intercept = () => false;
  await expect(give(1)).resolves.toMatchObject({ complete: true });
});

test('a share whose answer was lost on the way, but that the server counted, is counted here when it is given again', async ({
  proxy,
  give,
}) => {
  proxy.intercept = async ({ request, response, forward }) => {
    if (!isUpdate(request.url)) return false;
    await forward();
    response.destroy();
    return true;
  };
  await expect(give(0)).rejects.toMatchObject({ code: 'share-unknown' });
  proxy.intercept = () => false;
  await expect(give(0)).resolves.toMatchObject({ progress: 1, complete: false });
  await expect(give(1)).resolves.toMatchObject({ complete: true });
});

test('a proxy that puts an error page in place of the last answer is as bad as silence, and the page is kept', async ({
  proxy,
  give,
  operator,
  started: { attempt },
}) => {
  await give(0);
  proxy.intercept = async ({ request, response, forward }) => {
    if (!isUpdate(request.url)) return false;
    await forward();
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad gateway</html>');
    return true;
  };
  await expect(give(1)).rejects.toMatchObject({ code: 'answer-lost' });
  const { answers } = operator.home.ceremony(attempt.ceremony);
  expect(readFileSync(join(answers, '2.raw'), 'utf8')).toBe('<html>Bad gateway</html>');
});

test('the last answer lies on the disk byte by byte, with its hash in the journal', async ({
  proxy,
  give,
  operator,
  stage,
  started: { attempt },
}) => {
  await give(0);
  let sent = '';
  proxy.intercept = async ({ request, response, forward }) => {
    if (!isUpdate(request.url)) return false;
    const answer = await forward();
    sent = answer.body;
    response.end(answer.body);
    return true;
  };
  await give(1);
  const raw = readFileSync(join(operator.home.ceremony(attempt.ceremony).answers, '2.raw'), 'utf8');
  expect(raw).toBe(sent);
  const received = journalOf(stage, operator).filter(({ event }) => event === 'answer-received');
  expect(received.at(-1)?.data).toMatchObject({ sha256: createHash('sha256').update(sent).digest('hex') });
});

test('after a crash between the last answer and the result, the result comes from the answer on disk', async ({
  give,
  operator,
  stage,
  started: { attempt },
}) => {
  await give(0);
  const before = loadAttempt(operator.home, attempt.ceremony);
  const { result } = await give(1);
  if (before?.step !== 'open' || result === null) throw new Error('not finished');
  // As the disk was when the answer had just been written.
  const ben = stage.custodians[1] ?? stage.officer;
  const pending = {
    digest: '0'.repeat(64),
    custodian: toHex(ben.fingerprint),
    name: ben.name,
    x: null,
    progressBefore: 1,
  };
  saveAttempt(operator.home, { ...before, pending });
  const recovered = await operator.station.result();
  const token = await openPgpToken(recovered?.envelope.body.encodedToken ?? '', stage.key.privateKey);
  expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
});

test('a start whose answer was lost is taken up again with the same message, when the key tells that it is ours', async () => {
  const server = await rehearsalServer();
  const proxy = await startProxy(server.address);
  const stage = await newStage({ address: proxy.address });
  const [operator] = stage.operators;
  const { startMessage } = await import('../stage');
  const start = await startMessage(stage, (await operator.station.status()).message);
  proxy.intercept = async ({ request, response, forward }) => {
    if (request.method !== 'PUT') return false;
    await forward();
    response.destroy();
    return true;
  };
  await expect(operator.station.start(start)).rejects.toMatchObject({ code: 'connection-lost' });
  proxy.intercept = () => false;
  const attempt = await operator.station.start(start);
  expect(attempt.nonce).toBe((await operator.station.facts()).attempt.nonce);
  expect(eventsOf(journalOf(stage, operator)).filter((event) => event === 'attempt-intent')).toHaveLength(1);
});
