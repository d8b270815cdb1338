import { expect } from 'vitest';
import { identityMessage } from '../../../../main/store/identity';
import { addPerson } from '../../../../main/store/people';
import { asciiText, toHex } from '../../../../shared/bytes';
import { signMessage } from '../../../../shared/message/wire';
import { makeKeyPair } from '../../../../shared/openpgp/key-pair';
import { generateOtp } from '../../../../shared/token/otp';
import { openPgpToken } from '../../../../shared/token/pgp-token';
import { nonceWords } from '../../../../shared/words';
import { test } from '../fixtures';
import { startProxy } from '../proxy';
import {
  eventsOf,
  journalOf,
  newPerson,
  newStage,
  otpStartMessage,
  random,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
  startMessage,
} from '../stage';

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

test('a start is refused while another attempt is open, and its nonce words are named', async ({
  server,
  stage,
}) => {
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

test('an attempt that vanished is an alarm: no share is sent, and the journal says so', async ({
  server,
  stage,
  operator,
  started: { attempt },
}) => {
  await call(server.address, 'DELETE', 'sys/generate-root/attempt');
  const message = await share(stage, 0, attempt.message, server.shares[0]);
  await expect(operator.station.submit(message)).rejects.toMatchObject({ code: 'attempt-changed' });
  const alarm = journalOf(stage, operator).find(({ event }) => event === 'attempt-changed');
  expect(alarm).toMatchObject({ event: 'attempt-changed', data: { expected: attempt.nonce, found: '' } });
});

test.for([
  ['cancelled', 'has vanished from the server'],
  ['replaced', 'stands in the place of ours'],
] as const)(
  'an attempt that was %s is not announced again, whatever message asks for it',
  async ([how, said], { server, stage, operator, started: { start, attempt } }) => {
    await call(server.address, 'DELETE', 'sys/generate-root/attempt');
    if (how === 'replaced') await call(server.address, 'PUT', 'sys/generate-root/attempt', {});
    const gone = { code: 'attempt-changed', message: expect.stringContaining(said) };
    await expect(operator.station.start(start)).rejects.toMatchObject(gone);
    expect(operator.station.announced(attempt.ceremony)).toBeNull();
    expect(eventsOf(journalOf(stage, operator))).toContain('message-withdrawn');
    await expect(operator.station.start(start)).rejects.toMatchObject({ code: 'no-attempt' });
  },
);

test('a share that was counted in an attempt which is gone isn’t asked for anew: the attempt’s end is told', async ({
  server,
  stage,
  operator,
  started: { attempt },
}) => {
  const message = await share(stage, 0, attempt.message, server.shares[0]);
  await operator.station.submit(message);
  await expect(operator.station.submit(message)).rejects.toMatchObject({ code: 'already-submitted' });
  await call(server.address, 'DELETE', 'sys/generate-root/attempt');
  await expect(operator.station.confirmOpen(attempt.ceremony)).rejects.toMatchObject({
    code: 'attempt-changed',
  });
  await expect(operator.station.submit(message)).rejects.toMatchObject({ code: 'no-attempt' });
});

test.each(['its start', "another station's attempt"])(
  'an attempt that was gone and is back is joined again with %s message, as the refusals say, and finished',
  async (which) => {
    const server = await rehearsalServer({ shares: 2, threshold: 2 });
    const proxy = await startProxy(server.address);
    const stage = await newStage({ address: proxy.address });
    const [{ station }, other] = stage.operators;
    const { message: introduction } = await station.status();
    const { message: start } = await otpStartMessage(stage, introduction, { sameStationAllowed: true });
    const attempt = await station.start(start);
    const theirs = await other.station.join(attempt.message);
    // Another node of the cluster took over for a moment, and an attempt is in the memory of one only.
    proxy.intercept = ({ request, response }) => {
      if (!request.url?.endsWith('/generate-root/attempt')) return false;
      const gone = { started: false, nonce: '', progress: 0, required: 2, complete: false, otp_length: 28 };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(gone));
      return true;
    };
    const first = await share(stage, 0, attempt.message, server.shares[0]);
    await expect(station.submit(first)).rejects.toMatchObject({ code: 'attempt-changed' });
    proxy.intercept = () => false;
    for (const refused of [() => station.submit(first), () => station.start(start)]) {
      await expect(refused()).rejects.toMatchObject({
        code: 'no-attempt',
        message: expect.stringMatching(/join it again.*new one, after a new station message/),
        typed: expect.stringContaining('join --message FILE'),
      });
    }
    const again = await station.join(which === 'its start' ? start : theirs.message);
    await station.submit(await share(stage, 0, again.message, server.shares[0]));
    expect(await station.submit(await share(stage, 1, again.message, server.shares[1]))).toMatchObject({
      complete: true,
    });
  },
);

test('an attempt that somebody replaced gets no share, and both nonces are named', async ({
  server,
  stage,
  operator,
  started: { attempt },
}) => {
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
  const rejected = journalOf(stage, operator).filter(({ event }) => event === 'share-rejected');
  expect(rejected.map(({ data }) => data)).toEqual([expect.objectContaining({ reset: true })]);

  await operator.station.submit(await share(stage, 0, attempt.message, server.shares[0]));
  const last = await operator.station.submit(await share(stage, 1, attempt.message, server.shares[1]));
  const token = await openPgpToken(last.result?.envelope.body.encodedToken ?? '', stage.key.privateKey);
  expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
  expect(last.sharesSeenHere).toBe(4);
});

test('an attempt whose key is not the one in the plan is not joined', async ({ server, stage }) => {
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

test('an attempt with a one-time password is joined by the attempt message of its station, never because it is the one that is open', async ({
  server,
  stage,
}) => {
  const [first, second] = stage.operators;
  const { message } = await first.station.status();
  const { message: start } = await otpStartMessage(stage, message);
  const stranger = generateOtp(28, random);
  const theirs = await call(server.address, 'PUT', 'sys/generate-root/attempt', {
    otp: asciiText(stranger.characters),
  });
  await expect(first.station.start(start)).rejects.toMatchObject({
    code: 'attempt-open',
    message: expect.stringContaining(`nonce ${theirs.nonce}`),
    typed: expect.stringMatching(
      new RegExp(`airlock online join --message ATTEMPT.*cancel --nonce ${theirs.nonce}`),
    ),
  });
  for (const { station, home } of [first, second]) {
    await expect(station.join(start)).rejects.toMatchObject({
      code: 'attempt-unproven',
      typed: expect.stringContaining(`--nonce ${theirs.nonce}`),
    });
    expect(home.listCeremonies()).toEqual([]);
  }
  await first.station.cancel({ nonce: theirs.nonce });
  const opened = await first.station.start(start);
  await expect(second.station.join(start)).rejects.toMatchObject({ code: 'attempt-unproven' });
  expect((await second.station.join(opened.message)).nonce).toBe(opened.nonce);
  // From here on both know the nonce.
  for (const { station } of [first, second]) expect((await station.join(start)).nonce).toBe(opened.nonce);
});

test('a one-time password start whose answer was lost is not joined: it is cancelled by its nonce, and the same message starts anew', async ({
  proxy,
  stage,
}) => {
  const [{ station }] = stage.operators;
  const { message } = await station.status();
  const { message: start } = await otpStartMessage(stage, message);
  proxy.intercept = async ({ request, response, forward }) => {
    if (request.method !== 'PUT') return false;
    await forward();
    response.destroy();
    return true;
  };
  await expect(station.start(start)).rejects.toMatchObject({ code: 'connection-lost' });
  proxy.intercept = () => false;
  const { nonce } = (await station.facts()).attempt;
  await expect(station.start(start)).rejects.toMatchObject({
    code: 'attempt-open',
    message: expect.stringMatching(/Cancel it.*this same start message again/),
    typed: expect.stringContaining(`cancel --nonce ${nonce}`),
  });
  await expect(station.join(start)).rejects.toMatchObject({ code: 'attempt-unproven' });
  await station.cancel({ nonce });
  const opened = await station.start(start);
  expect(opened.nonce).not.toBe(nonce);
});

test('an attempt message of an operator who is not on the roster is not joined', async ({ stage }) => {
  const [, second] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  const olaf = await newPerson('Olaf', 'operator');
  await addPerson(second.home, await identityMessage(olaf, new Date()), new Date());
  const { envelope } = attempt.message;
  const theirs = await signMessage({ ...envelope, from: olaf.fingerprint }, olaf.privateKey);
  await expect(second.station.join(theirs)).rejects.toMatchObject({ code: 'not-on-roster' });
});

test.each(['answered', 'lost'])(
  'a cancel is announced in the journal before the server is asked, and its outcome after: %s',
  async (answer) => {
    const server = await rehearsalServer();
    const proxy = await startProxy(server.address);
    const stage = await newStage({ address: proxy.address });
    const [operator] = stage.operators;
    const { attempt } = await startedAttempt(stage);
    const written: string[][] = [];
    proxy.intercept = ({ request, response }) => {
      if (request.method !== 'DELETE') return false;
      written.push(eventsOf(journalOf(stage, operator)));
      if (answer === 'answered') return false;
      response.destroy();
      return true;
    };
    const cancelled = operator.station.cancel();
    if (answer === 'answered') await cancelled;
    else await expect(cancelled).rejects.toMatchObject({ code: 'connection-lost' });
    expect(written).toMatchObject([expect.arrayContaining(['cancel-intent'])]);
    expect(written.flat()).not.toContain('attempt-cancelled');
    const lines = journalOf(stage, operator);
    expect(lines.find(({ event }) => event === 'cancel-intent')?.data).toEqual({ nonce: attempt.nonce });
    expect(eventsOf(lines).includes('attempt-cancelled')).toBe(answer === 'answered');
  },
);

test('a server that took another key than the one it was given has its attempt cancelled at once, announced and on record', async ({
  proxy,
  stage,
  operator,
}) => {
  proxy.intercept = async ({ request, response, forward }) => {
    if (request.method !== 'PUT') return false;
    const { body } = await forward();
    response.end(body.replace(/"pgp_fingerprint":"[^"]*"/, `"pgp_fingerprint":"${'ab'.repeat(20)}"`));
    return true;
  };
  await expect(startedAttempt(stage)).rejects.toMatchObject({ code: 'other-key' });
  expect((await operator.station.facts()).attempt.open).toBe(false);
  expect(eventsOf(journalOf(stage, operator))).toEqual(
    expect.arrayContaining(['attempt-started', 'cancel-intent', 'attempt-cancelled']),
  );
});

test('an attempt message of another station is joined only while its own attempt is open', async ({
  stage,
}) => {
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

test('joining again gives the same attempt message, and a new one only where its key is gone', async ({
  server,
  stage,
}) => {
  stage.stations = [0, 1];
  const [otto, petra] = stage.operators;
  const { start, attempt } = await startedAttempt(stage);
  const joined = await petra.station.join(attempt.message);
  await otto.station.submit(await share(stage, 0, attempt.message, server.shares[0]));
  const before = journalOf(stage, petra);
  for (const message of [attempt.message, start]) {
    expect(await petra.station.join(message)).toMatchObject({
      message: { digest: joined.message.digest },
      progress: 1,
    });
  }
  expect((await otto.station.join(start)).message.digest).toEqual(attempt.message.digest);
  expect(journalOf(stage, petra)).toEqual(before);
  // Its share may have been released before, or after.
  expect(await petra.station.submit(await share(stage, 1, joined.message, server.shares[1]))).toMatchObject({
    progress: 2,
  });

  const later = new Date(Date.now() + 13 * 60 * 60 * 1000);
  stage.clock = () => later;
  const renewed = await petra.station.join(start);
  expect(renewed.message.digest).not.toEqual(joined.message.digest);
  expect(
    journalOf(stage, petra).filter(({ event }) => event === 'message-sent' || event === 'message-withdrawn'),
  ).toMatchObject([
    { event: 'message-sent', data: { digest: toHex(joined.message.digest) } },
    { event: 'message-withdrawn', data: { digest: toHex(joined.message.digest) } },
    { event: 'message-sent', data: { digest: toHex(renewed.message.digest) } },
  ]);
});
