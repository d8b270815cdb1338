import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../fixtures';
import { eventsOf, journalOf, newStage, shareMessage, startedAttempt } from '../stage';
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
    message: expect.stringMatching(/root token may exist.*auth\/token\/accessors.*revoke/),
    typed: expect.stringMatching(/vault list auth\/token\/accessors.*revoke/),
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

test('TLS that breaks after the last share went out is a lost answer, and never a share that was not sent', async ({
  server,
}) => {
  const front = await startTlsFront(server.address);
  const stage = await newStage({ address: front.address, caPem: front.caPem });
  const [operator] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  front.breaks = (answer) => answer.includes('"complete":true');
  const shares = stage.custodians.map((custodian, i) =>
    shareMessage(stage, custodian, attempt.message, server.shares[i] ?? ''),
  );
  const [first, last] = await Promise.all(shares.slice(0, 2));
  if (first === undefined || last === undefined) throw new Error('two shares');
  await operator.station.submit(first);
  await expect(operator.station.submit(last)).rejects.toMatchObject({ code: 'answer-lost' });
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
