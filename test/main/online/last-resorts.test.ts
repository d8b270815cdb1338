import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadAttempt, saveAttempt } from '../../../main/online/attempt/state';
import { OnlineStation } from '../../../main/online/online-station';
import { ServerClient } from '../../../main/online/server/client';
import { surveyServer } from '../../../main/online/server/facts';
import { revokeToken } from '../../../main/online/token/revoke';
import { Journal } from '../../../main/store/journal';
import { asciiBytes, toHex } from '../../../shared/bytes';
import { signMessage } from '../../../shared/message/wire';
import { startFake, startProxy } from './proxy';
import {
  newFolder,
  newStage,
  random,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
} from './stage';

const custodian = (stage: Stage) => stage.custodians[0] ?? stage.officer;

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

test('a server that does not tell its time cannot be trusted with a key', async () => {
  const { address } = await startFake((_request, _body, response) => {
    response.sendDate = false;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"initialized":true,"sealed":false,"required":1,"t":1,"n":1}');
  });
  await expect(surveyServer(new ServerClient({ address }))).rejects.toMatchObject({ code: 'no-clock' });
});

test('a token that the server still knows after its revocation is not called revoked', async () => {
  const server = await rehearsalServer();
  const proxy = await startProxy(server.address);
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.endsWith('/revoke-self')) return false;
    response.writeHead(204).end();
    return true;
  };
  const journal = Journal.open(join(newFolder(), 'journal.jsonl'), {
    station: 'S',
    who: '',
    ceremony: '',
    rehearsal: false,
    clock: () => new Date(),
  });
  const token = asciiBytes(server.rootToken);
  await expect(
    revokeToken(new ServerClient({ address: proxy.address }), { token }, journal),
  ).rejects.toMatchObject({
    code: 'not-revoked',
  });
  expect(journal.entries().map(({ event }) => event)).toEqual(['revoke-intent']);
});

test('a finished attempt takes no further share, and is not joined again', async () => {
  const server = await rehearsalServer({ shares: 1, threshold: 1 });
  const stage = await newStage({ address: server.address });
  const [{ station }] = stage.operators;
  const { start, attempt } = await startedAttempt(stage);
  const share = () => shareMessage(stage, custodian(stage), attempt.message, server.shares[0] ?? '');
  expect((await station.submit(await share())).complete).toBe(true);
  await expect(station.submit(await share())).rejects.toMatchObject({ code: 'already-finished' });
  await expect(station.join(start)).rejects.toMatchObject({ code: 'already-finished' });
  await expect(station.start(start)).rejects.toMatchObject({ code: 'already-finished' });
});

test('where several ceremonies are open, one has to be named', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [{ station, home }] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  const state = loadAttempt(home, attempt.ceremony);
  if (state?.step !== 'open') throw new Error('no open attempt');
  const other = toHex(random(16));
  home.makeCeremony(other);
  saveAttempt(home, { ...state, id: other, nonce: 'n-2' });
  await expect(station.cancel()).rejects.toMatchObject({ code: 'several-ceremonies' });
  await expect(station.cancel({ ceremony: attempt.ceremony })).resolves.toEqual({ nonce: attempt.nonce });
});

test('a start message that is missing from the disk is named, and no share is sent without it', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [{ station, home }] = stage.operators;
  const { start, attempt } = await startedAttempt(stage);
  rmSync(home.ceremony(attempt.ceremony).message(toHex(start.digest)));
  const share = await shareMessage(stage, custodian(stage), attempt.message, server.shares[0] ?? '');
  await expect(station.submit(share)).rejects.toMatchObject({ code: 'state-damaged' });
  expect((await station.facts()).attempt.progress).toBe(0);
});

test('an attempt message that answers another start message than it carries is not joined', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [first, second] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  const twisted = await signMessage(
    { ...attempt.message.envelope, prev: random(32) },
    first.identity.privateKey,
  );
  await expect(second.station.join(twisted)).rejects.toMatchObject({ code: 'other-start' });
});

test('without the passphrase a station reads and cancels, but signs nothing', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [{ home, identity }] = stage.operators;
  const { start, attempt } = await startedAttempt(stage);
  const { privateKey: _, ...locked } = identity;
  const station = new OnlineStation({ home, identity: locked, server: { address: server.address } });
  await expect(station.status()).rejects.toMatchObject({ code: 'locked' });
  await expect(station.start(start)).rejects.toMatchObject({ code: 'locked' });
  await expect(station.cancel()).resolves.toEqual({ nonce: attempt.nonce });
});

test('a second start message of the same ceremony begins anew after a cancelled attempt', async () => {
  const server = await rehearsalServer({ shares: 1, threshold: 1 });
  const stage = await newStage({ address: server.address });
  const [{ station }] = stage.operators;
  const before = await startedAttempt(stage);
  await station.cancel();
  const again = await startedAttempt(stage);
  expect(again.attempt.nonce).not.toBe(before.attempt.nonce);
  const old = await shareMessage(stage, custodian(stage), before.attempt.message, server.shares[0] ?? '');
  await expect(station.submit(old)).rejects.toMatchObject({ code: 'other-nonce' });
  const share = await shareMessage(stage, custodian(stage), again.attempt.message, server.shares[0] ?? '');
  expect((await station.submit(share)).complete).toBe(true);
});
