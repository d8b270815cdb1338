import { expect, test } from 'vitest';
import { makeKeyPair } from '../../../shared/openpgp/key-pair';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { nonceWords } from '../../../shared/words';
import {
  eventsOf,
  journalOf,
  newStage,
  random,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
  startMessage,
} from './stage';

const call = async (address: string, method: string, path: string, body?: object) =>
  (
    await fetch(`${address}/v1/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  )
    .json()
    .catch(() => null);

const share = (
  stage: Stage,
  i: number,
  attempt: Parameters<typeof shareMessage>[2],
  hex: string | undefined,
) => shareMessage(stage, stage.custodians[i] ?? stage.officer, attempt, hex ?? '');

test('a start is refused while another attempt is open, and its nonce words are named', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [{ station, home }] = stage.operators;
  const { message } = await station.status();
  const open = await call(server.address, 'PUT', 'sys/generate-root/attempt', {});
  await expect(station.start(await startMessage(stage, message))).rejects.toMatchObject({
    code: 'attempt-open',
    message: expect.stringContaining(nonceWords(open.nonce)),
  });
  expect(home.listCeremonies()).toEqual([]);
  await call(server.address, 'DELETE', 'sys/generate-root/attempt');
  await expect(station.start(await startMessage(stage, message))).resolves.toMatchObject({ progress: 0 });
});

test('an attempt that vanished is an alarm: no share is sent, and the journal says so', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [operator] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  await call(server.address, 'DELETE', 'sys/generate-root/attempt');
  const message = await share(stage, 0, attempt.message, server.shares[0]);
  await expect(operator.station.submit(message)).rejects.toMatchObject({ code: 'attempt-changed' });
  const alarm = journalOf(stage, operator).find(({ event }) => event === 'attempt-changed');
  expect(alarm).toMatchObject({ event: 'attempt-changed', data: { expected: attempt.nonce, found: '' } });
});

test('an attempt that somebody replaced gets no share, and both nonces are named', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [operator] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  await call(server.address, 'DELETE', 'sys/generate-root/attempt');
  const theirs = await call(server.address, 'PUT', 'sys/generate-root/attempt', {});
  await expect(
    operator.station.submit(await share(stage, 0, attempt.message, server.shares[0])),
  ).rejects.toMatchObject({
    code: 'attempt-changed',
    message: expect.stringContaining(nonceWords(theirs.nonce)),
  });
  expect((await call(server.address, 'GET', 'sys/generate-root/attempt')).progress).toBe(0);
});

test('a wrong share is noticed at the threshold: who has to release again is named, and the attempt still ends well', async () => {
  const server = await rehearsalServer({ shares: 3, threshold: 2 });
  const stage = await newStage({ address: server.address });
  const [operator] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  const wrong = `${'5a'.repeat(32)}09`;
  await operator.station.submit(await share(stage, 0, attempt.message, wrong));
  await expect(
    operator.station.submit(await share(stage, 1, attempt.message, server.shares[1])),
  ).rejects.toMatchObject({
    code: 'share-rejected',
    message: expect.stringContaining('Ada, Ben'),
  });
  expect(eventsOf(journalOf(stage, operator))).toContain('share-rejected');

  await operator.station.submit(await share(stage, 0, attempt.message, server.shares[0]));
  const last = await operator.station.submit(await share(stage, 1, attempt.message, server.shares[1]));
  const token = await openPgpToken(last.result?.envelope.body.encodedToken ?? '', stage.key.privateKey);
  expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
  expect(last.sharesSeenHere).toBe(2);
});

test('an attempt whose key is not the one in the plan is not joined', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [first, second] = stage.operators;
  const { message } = await first.station.status();
  const start = await startMessage(stage, message);
  await expect(second.station.join(start)).rejects.toMatchObject({ code: 'no-attempt' });
  const other = await makeKeyPair({
    name: 'Mallory',
    algorithm: 'curve25519',
    now: new Date(),
    use: 'encrypt',
  });
  await call(server.address, 'PUT', 'sys/generate-root/attempt', {
    pgp_key: Buffer.from(other.publicKey).toString('base64'),
  });
  await expect(second.station.join(start)).rejects.toMatchObject({ code: 'other-key' });
  expect(second.home.listCeremonies()).toEqual([]);
});

test('an attempt message of another station is joined only while its own attempt is open', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [first, second] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  await first.station.cancel();
  const { message } = await first.station.status();
  const again = await first.station.start(await startMessage({ ...stage, ceremony: random(16) }, message));
  await expect(second.station.join(attempt.message)).rejects.toMatchObject({ code: 'attempt-changed' });
  await expect(second.station.join(again.message)).resolves.toMatchObject({ nonce: again.nonce });
});

test.each([
  ['expired', -400 * 86_400_000, 86_400],
  ['from the future', 10 * 60_000 + 86_400_000, 0],
])('a key that is %s by the server clock is refused before anything is started', async (_what, shift) => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [{ station }] = stage.operators;
  const made = new Date(Date.now() + shift);
  const { generateKey } = await import('openpgp');
  const { publicKey } = await generateKey({
    type: 'ecc',
    curve: 'curve25519Legacy',
    userIDs: [{ name: 'Ceremony' }],
    date: made,
    keyExpirationTime: shift < 0 ? 86_400 : 0,
    format: 'binary',
    config: { v6Keys: false },
  });
  const { message } = await station.status();
  await expect(station.start(await startMessage(stage, message, { publicKey }))).rejects.toMatchObject({
    code: shift < 0 ? 'expired' : 'future',
  });
  expect((await station.facts()).attempt.open).toBe(false);
});
