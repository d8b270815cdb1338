import { expect, test } from 'vitest';
import { asciiBytes } from '../../../../shared/bytes';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import { startProxy } from '../proxy';
import { newStage, rehearsalServer, shareMessage, startedAttempt } from '../stage';

test('a whole ceremony sends the server these requests, in this order, and no others', async () => {
  const server = await rehearsalServer({ shares: 2, threshold: 2 });
  const proxy = await startProxy(server.address);
  const asked: string[] = [];
  proxy.intercept = ({ request }) => {
    asked.push(`${request.method} ${request.url?.replace('/v1/', '')}`);
    return false;
  };
  const stage = await newStage({ address: proxy.address });
  const [{ station }] = stage.operators;
  const step = async <T>(work: () => Promise<T>): Promise<readonly [T, string[]]> => {
    asked.length = 0;
    return [await work(), [...asked]];
  };
  const look = ['GET sys/health', 'GET sys/seal-status', 'GET sys/generate-root/attempt'];

  const [{ attempt }, begun] = await step(() => startedAttempt(stage));
  // Whether there are standbys is asked once, as advice before the start.
  expect(begun).toEqual([...look, ...look, 'GET sys/leader', 'PUT sys/generate-root/attempt']);
  const give = async (i: number) =>
    station.submit(
      await shareMessage(
        stage,
        stage.custodians[i] ?? stage.officer,
        attempt.message,
        server.shares[i] ?? '',
      ),
    );
  expect((await step(() => give(0)))[1]).toEqual([...look, 'PUT sys/generate-root/update']);
  const [{ result }, last] = await step(() => give(1));
  expect(last).toEqual([...look, 'PUT sys/generate-root/update']);

  const token = await openPgpToken(result?.envelope.body.encodedToken ?? '', stage.key.privateKey);
  expect((await step(() => station.use(token.bytes)))[1]).toEqual([
    // Its accessor goes on record before it is used.
    'GET auth/token/lookup-self',
    'POST auth/token/create',
    'PUT auth/token/revoke-accessor',
  ]);
  expect((await step(() => station.revoke({ token: token.bytes })))[1]).toEqual([
    'GET auth/token/lookup-self',
    'PUT auth/token/revoke-self',
    'GET auth/token/lookup-self',
  ]);
  expect((await step(() => station.lookup(asciiBytes('hvs.unknown'))))[1]).toEqual([
    'GET auth/token/lookup-self',
  ]);
});

test('an attempt that is given up is cancelled, and looked for once more', async () => {
  const server = await rehearsalServer();
  const proxy = await startProxy(server.address);
  const stage = await newStage({ address: proxy.address });
  await startedAttempt(stage);
  const asked: string[] = [];
  proxy.intercept = ({ request }) => {
    asked.push(`${request.method} ${request.url?.replace('/v1/', '')}`);
    return false;
  };
  await stage.operators[0].station.cancel();
  expect(asked).toEqual([
    'GET sys/health',
    'GET sys/generate-root/attempt',
    'DELETE sys/generate-root/attempt',
    'GET sys/generate-root/attempt',
  ]);
});
