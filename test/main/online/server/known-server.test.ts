import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import type { AttemptResult } from '../../../../main/online/attempt/record';
import { type AttemptState, saveAttempt } from '../../../../main/online/attempt/state';
import { OnlineStation } from '../../../../main/online/online-station';
import type { RehearsalServer } from '../../../../main/rehearsal/server';
import { toHex } from '../../../../shared/bytes';
import type { SignedMessage } from '../../../../shared/message/wire';
import { crashAfter, openStateOf, stateOf } from '../crash';
import { startFake, startProxy } from '../proxy';
import {
  eventsOf,
  journalOf,
  newStage,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
} from '../stage';

let server: RehearsalServer;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let other: RehearsalServer;
let stage: Stage;
let attempt: AttemptResult;
let start: SignedMessage<'start'>;

beforeEach(async () => {
  server = await rehearsalServer({ shares: 2, threshold: 2 });
  other = await rehearsalServer({ shares: 2, threshold: 2 });
  proxy = await startProxy(server.address);
  stage = await newStage({ address: proxy.address });
  ({ attempt, start } = await startedAttempt(stage));
});

/** The first operator's station, with a mistyped address. */
const at = (address: string): OnlineStation => {
  const [{ home, identity }] = stage.operators;
  return new OnlineStation({ home, identity, server: { address } });
};
const share = (i: number) =>
  shareMessage(stage, stage.custodians[i] ?? stage.officer, attempt.message, server.shares[i] ?? '');

/** What must be as it was: the state, the sealing key, and the journal but for the arrival of a share. */
function standing() {
  const [operator] = stage.operators;
  return {
    state: stateOf(stage, operator),
    key: toHex(readFileSync(operator.home.ceremony(toHex(stage.ceremony)).secret)),
    events: eventsOf(journalOf(stage, operator)).filter((event) => event !== 'message-received'),
  };
}

const otherServer = () => ({
  code: 'other-server',
  message: expect.stringMatching(new RegExp(`${proxy.address}.*${other.address}`)),
});

test('a share that is submitted at the wrong server leaves the attempt as it is, and counts at the right one', async () => {
  const [{ station }] = stage.operators;
  await station.submit(await share(0));
  const before = standing();
  const last = await share(1);
  await expect(at(other.address).submit(last)).rejects.toMatchObject(otherServer());
  expect(standing()).toEqual(before);
  expect(await station.submit(last)).toMatchObject({ complete: true });
});

test('a cancel at the wrong server ends nothing here, and works at the right one', async () => {
  const [{ station }] = stage.operators;
  const before = standing();
  await expect(at(other.address).cancel()).rejects.toMatchObject(otherServer());
  await expect(at(other.address).cancel({ nonce: attempt.nonce })).rejects.toMatchObject(otherServer());
  expect(standing()).toEqual(before);
  expect(await station.cancel()).toEqual({ nonce: attempt.nonce });
});

test('the start message again at the wrong server ends nothing here', async () => {
  const [operator] = stage.operators;
  saveAttempt(operator.home, { ...openStateOf(stage, operator), attempts: [] });
  const before = standing();
  await expect(at(other.address).start(start)).rejects.toMatchObject(otherServer());
  expect(standing()).toEqual(before);
});

test('what became of a share that a crash left open is asked of the right server only', async () => {
  const [operator] = stage.operators;
  const onItsWay: AttemptState[] = [];
  await operator.station.submit(await share(0));
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.endsWith('/update')) return false;
    onItsWay.push(stateOf(stage, operator));
    response.destroy();
    return true;
  };
  const last = await share(1);
  await expect(operator.station.submit(last)).rejects.toMatchObject({ code: 'connection-lost' });
  proxy.intercept = () => false;
  const [pending = stateOf(stage, operator)] = onItsWay;
  crashAfter(stage, operator, 'share-submit-intent', pending);
  const before = standing();

  const wrong = at(other.address);
  await expect(wrong.cancel()).rejects.toMatchObject(otherServer());
  await expect(wrong.result()).rejects.toMatchObject(otherServer());
  await expect(wrong.submit(last)).rejects.toMatchObject(otherServer());
  const broken = await startFake((_request, _body, response) => response.destroy());
  await expect(at(broken.address).result()).rejects.toMatchObject({ code: 'connection-lost' });
  expect(standing()).toEqual(before);
  expect(await operator.station.submit(last)).toMatchObject({ complete: true });
});

test('a server that goes by another address is known by its cluster, and one that cannot name it is not called another', async () => {
  const standby = await startProxy(server.address);
  standby.intercept = async ({ request, response, forward }) => {
    if (!request.url?.includes('sys/health')) return false;
    const health = JSON.parse((await forward()).body) as object;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...health, standby: true, cluster_id: '', cluster_name: '' }));
    return true;
  };
  expect(await at(server.address).submit(await share(0))).toMatchObject({ progress: 1 });
  const before = standing();
  const sealed = await startFake((_request, _body, response) =>
    response
      .writeHead(503, { 'content-type': 'application/json' })
      .end(JSON.stringify({ initialized: true, sealed: true, standby: true, version: '1.21.4' })),
  );
  await expect(at(sealed.address).submit(await share(1))).rejects.toMatchObject({ code: 'sealed' });
  await expect(at(sealed.address).cancel()).rejects.toMatchObject({ code: 'sealed' });
  expect(standing()).toEqual(before);
  expect(await at(standby.address).submit(await share(1))).toMatchObject({ complete: true });
});
