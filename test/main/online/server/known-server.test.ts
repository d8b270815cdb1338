import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type AttemptState, saveAttempt } from '../../../../main/online/attempt/state';
import { OnlineStation } from '../../../../main/online/online-station';
import { refuseOtherServer } from '../../../../main/online/server/known-server';
import type { RehearsalServer } from '../../../../main/rehearsal/server';
import { toHex } from '../../../../shared/bytes';
import { crashAfter, openStateOf, stateOf } from '../crash';
import { test as onlineTest } from '../fixtures';
import { startFake, startProxy } from '../proxy';
import { eventsOf, journalOf, rehearsalServer } from '../stage';

const test = onlineTest.extend<{
  wrong: RehearsalServer;
  /** The first operator's station, with a mistyped address. */
  at: (address: string) => OnlineStation;
  /** What must be as it was: the state, the sealing key, and the journal but for the arrival of a share. */
  standing: () => { readonly state: AttemptState; readonly key: string; readonly events: string[] };
  /** The error of a command at the wrong server. */
  otherServer: object;
}>({
  wrong: async ({ shape }, use) => use(await rehearsalServer(shape)),
  at: async ({ operator: { home, identity } }, use) =>
    use((address) => new OnlineStation({ home, identity, server: { address } })),
  standing: async ({ stage, operator, secret }, use) =>
    use(() => ({
      state: stateOf(stage, operator),
      key: toHex(readFileSync(secret)),
      events: eventsOf(journalOf(stage, operator)).filter((event) => event !== 'message-received'),
    })),
  otherServer: async ({ proxy, wrong }, use) =>
    use({
      code: 'other-server',
      message: expect.stringMatching(new RegExp(`${proxy.address}.*${wrong.address}`)),
    }),
});

test.override({ shape: { shares: 2, threshold: 2 } });

test('a share that is submitted at the wrong server leaves the attempt as it is, and counts at the right one', async ({
  operator,
  wrong,
  shareOf,
  give,
  at,
  standing,
  otherServer,
}) => {
  await give(0);
  const before = standing();
  const last = await shareOf(1);
  await expect(at(wrong.address).submit(last)).rejects.toMatchObject(otherServer);
  expect(standing()).toEqual(before);
  expect(await operator.station.submit(last)).toMatchObject({ complete: true });
});

test('a cancel at the wrong server ends nothing here, and works at the right one', async ({
  operator,
  wrong,
  at,
  standing,
  otherServer,
  started: { attempt },
}) => {
  const before = standing();
  await expect(at(wrong.address).cancel()).rejects.toMatchObject(otherServer);
  await expect(at(wrong.address).cancel({ nonce: attempt.nonce })).rejects.toMatchObject(otherServer);
  expect(standing()).toEqual(before);
  expect(await operator.station.cancel()).toEqual({ nonce: attempt.nonce });
});

test('the start message again at the wrong server ends nothing here', async ({
  stage,
  operator,
  wrong,
  at,
  standing,
  otherServer,
  started: { start },
}) => {
  saveAttempt(operator.home, { ...openStateOf(stage, operator), attempts: [] });
  const before = standing();
  await expect(at(wrong.address).start(start)).rejects.toMatchObject(otherServer);
  expect(standing()).toEqual(before);
});

test('what became of a share that a crash left open is asked of the right server only', async ({
  proxy,
  stage,
  operator,
  wrong,
  shareOf,
  give,
  at,
  standing,
  otherServer,
}) => {
  const onItsWay: AttemptState[] = [];
  await give(0);
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.endsWith('/update')) return false;
    onItsWay.push(stateOf(stage, operator));
    response.destroy();
    return true;
  };
  const last = await shareOf(1);
  await expect(operator.station.submit(last)).rejects.toMatchObject({ code: 'connection-lost' });
  proxy.intercept = () => false;
  const [pending = stateOf(stage, operator)] = onItsWay;
  crashAfter(stage, operator, 'share-submit-intent', pending);
  const before = standing();

  const mistyped = at(wrong.address);
  await expect(mistyped.cancel()).rejects.toMatchObject(otherServer);
  await expect(mistyped.result()).rejects.toMatchObject(otherServer);
  await expect(mistyped.submit(last)).rejects.toMatchObject(otherServer);
  const broken = await startFake((_request, _body, response) => response.destroy());
  await expect(at(broken.address).result()).rejects.toMatchObject({ code: 'connection-lost' });
  expect(standing()).toEqual(before);
  expect(await operator.station.submit(last)).toMatchObject({ complete: true });
});

test('a server that goes by another address is known by its cluster, and one that cannot name it is not called another', async ({
  server,
  shareOf,
  at,
  standing,
}) => {
  const standby = await startProxy(server.address);
  standby.intercept = async ({ request, response, forward }) => {
    if (!request.url?.includes('sys/health')) return false;
    const health = JSON.parse((await forward()).body) as object;
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...health, standby: true, cluster_id: '', cluster_name: '' }));
    return true;
  };
  expect(await at(server.address).submit(await shareOf(0))).toMatchObject({ progress: 1 });
  const before = standing();
  const sealed = await startFake((_request, _body, response) =>
    response
      .writeHead(503, { 'content-type': 'application/json' })
      .end(JSON.stringify({ initialized: true, sealed: true, standby: true, version: '1.21.4' })),
  );
  await expect(at(sealed.address).submit(await shareOf(1))).rejects.toMatchObject({ code: 'sealed' });
  await expect(at(sealed.address).cancel()).rejects.toMatchObject({ code: 'sealed' });
  expect(standing()).toEqual(before);
  expect(await at(standby.address).submit(await shareOf(1))).toMatchObject({ complete: true });
});

test('another namespace of the same server is another place, and is named', () => {
  const known = {
    address: 'https://bao:8200',
    version: '2.7.2',
    clusterId: 'c1',
    clusterName: '',
    namespace: 'team',
  };
  expect(() => refuseOtherServer(known, { ...known, address: 'https://other:8200' }, false)).not.toThrow();
  const { namespace: _, ...whole } = known;
  expect(() => refuseOtherServer(known, whole, false)).toThrow(
    /in namespace team of .*the whole server, in no namespace was asked now/,
  );
  expect(() => refuseOtherServer(whole, known, false)).toThrow(/namespace team was asked now/);
});
