import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toHex } from '../../../shared/bytes';
import { verifyMessage } from '../../../shared/message/wire';
import { decodeToken } from '../../../shared/token/encoded-token';
import { openPgpToken } from '../../../shared/token/pgp-token';
import type { TokenFormat } from '../../../shared/token/root-token';
import {
  eventsOf,
  journalOf,
  newStage,
  otpStartMessage,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
  startMessage,
} from './stage';

const custodianAt = (stage: Stage, i: number) => {
  const custodian = stage.custodians[i];
  if (custodian === undefined) throw new Error('no such custodian');
  return custodian;
};

test('a PGP attempt goes from the station message to a token that the server knows, is revoked, and is seen to be', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [operator] = stage.operators;
  const { attempt } = await startedAttempt(stage);
  expect(attempt.required).toBe(3);
  expect(attempt.pgpFingerprint).toBe(toHex(stage.key.fingerprint));

  let result = null;
  for (const [i, share] of server.shares.slice(0, 3).entries()) {
    const submitted = await operator.station.submit(
      await shareMessage(stage, custodianAt(stage, i), attempt.message, share),
    );
    expect(submitted.progress).toBe(i + 1);
    expect(submitted.sharesSeenHere).toBe(i + 1);
    result = submitted.result;
  }
  await verifyMessage(result ?? attempt.message, [operator.identity]);
  const token = await openPgpToken(result?.envelope.body.encodedToken ?? '', stage.key.privateKey);
  expect(await operator.station.lookup(token.bytes)).toMatchObject({
    policies: ['root'],
    path: 'auth/token/root',
  });
  const ceremony = attempt.ceremony;
  await operator.station.use(token.bytes, { ceremony });
  const revoked = await operator.station.revoke({ token: token.bytes }, { ceremony });
  expect(revoked.proof).toMatch(/^auth\/token\/lookup-self answers 403/);
  expect(await operator.station.lookup(token.bytes)).toBeNull();

  expect(eventsOf(journalOf(stage, operator))).toEqual([
    'journal-opened',
    'message-sent',
    'message-received',
    'attempt-intent',
    'attempt-started',
    'message-sent',
    'secret-destroyed',
    ...['message-received', 'share-submit-intent', 'answer-received', 'share-submitted'],
    ...['message-received', 'share-submit-intent', 'answer-received', 'share-submitted'],
    ...['message-received', 'share-submit-intent', 'answer-received', 'share-submitted'],
    'message-sent',
    'secret-destroyed',
    'token-used',
    'revoke-intent',
    'token-revoked',
  ]);
  expect(existsSync(operator.home.ceremony(ceremony).secret)).toBe(false);
});

test.each<TokenFormat>(['hvs', 's', 'bare', 'uuid'])(
  'an OTP attempt on a server of the era of %s tokens is started at one station and finished at another',
  async (tokenFormat) => {
    const server = await rehearsalServer({ tokenFormat, shares: 3, threshold: 2 });
    const stage = await newStage({ address: server.address });
    stage.stations = [0, 1];
    const [first, second] = stage.operators;
    const { message } = await first.station.status();
    const { otp, message: start } = await otpStartMessage(stage, message);
    const opened = await first.station.start(start);
    const joined = await second.station.join(opened.message);
    expect(joined.nonce).toBe(opened.nonce);
    expect(opened.otpLength).toBe(server.otpLength);

    const [one = '', two = ''] = server.shares;
    await first.station.submit(await shareMessage(stage, custodianAt(stage, 0), opened.message, one));
    const last = await second.station.submit(
      await shareMessage(stage, custodianAt(stage, 1), joined.message, two),
    );
    expect(last.sharesSeenHere).toBe(1);
    const token = decodeToken(last.result?.envelope.body.encodedToken ?? '', otp);
    expect((await second.station.lookup(token.bytes))?.policies).toEqual(['root']);
  },
);

test('the station that opened the OTP refuses the last share, which then comes from a custodian of another station', async () => {
  const server = await rehearsalServer({ shares: 3, threshold: 2 });
  const stage = await newStage({ address: server.address });
  stage.stations = [0, 0, 1];
  const [first, second] = stage.operators;
  const { message } = await first.station.status();
  const { message: start } = await otpStartMessage(stage, message);
  const opened = await first.station.start(start);
  const [one = '', two = '', three = ''] = server.shares;
  await first.station.submit(await shareMessage(stage, custodianAt(stage, 0), opened.message, one));
  const held = await shareMessage(stage, custodianAt(stage, 1), opened.message, two);
  await expect(first.station.submit(held)).rejects.toMatchObject({ code: 'would-finish' });
  expect((await first.station.facts()).attempt.progress).toBe(1);

  const joined = await second.station.join(opened.message);
  const last = await second.station.submit(
    await shareMessage(stage, custodianAt(stage, 2), joined.message, three),
  );
  expect(last.complete).toBe(true);
});

test('an officer may let the OTP station finish, and that stands in the journal as an exception', async () => {
  const server = await rehearsalServer({ shares: 1, threshold: 1 });
  const stage = await newStage({ address: server.address });
  const [operator] = stage.operators;
  const { message } = await operator.station.status();
  const { otp, message: start } = await otpStartMessage(stage, message, { sameStationAllowed: true });
  const opened = await operator.station.start(start);
  const { result } = await operator.station.submit(
    await shareMessage(stage, custodianAt(stage, 0), opened.message, server.shares[0] ?? ''),
  );
  expect(decodeToken(result?.envelope.body.encodedToken ?? '', otp).format).toBe('hvs');
  expect(eventsOf(journalOf(stage, operator))).toContain('exception');
});

test('the same start message again brings back the same attempt message, and starts nothing', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [operator] = stage.operators;
  const { start, attempt } = await startedAttempt(stage);
  const again = await operator.station.start(start);
  expect(toHex(again.message.digest)).toBe(toHex(attempt.message.digest));
  expect(eventsOf(journalOf(stage, operator)).filter((event) => event === 'attempt-intent')).toHaveLength(1);
});

test('an attempt is cancelled only when it is the one that was named, and its sealing key goes with it', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [operator, other] = stage.operators;
  const { start, attempt } = await startedAttempt(stage);
  await expect(other.station.cancel({ nonce: 'another' })).rejects.toMatchObject({ code: 'attempt-changed' });
  expect((await operator.station.facts()).attempt.open).toBe(true);
  expect(await operator.station.cancel()).toEqual({ nonce: attempt.nonce });
  expect((await operator.station.facts()).attempt.open).toBe(false);
  expect(existsSync(operator.home.ceremony(attempt.ceremony).secret)).toBe(false);
  await expect(operator.station.cancel()).rejects.toMatchObject({ code: 'no-attempt' });
  await expect(operator.station.start(start)).rejects.toMatchObject({ code: 'no-attempt' });
});

test('the station message names what the server says, with a new sealing key each time', async () => {
  const server = await rehearsalServer({ shares: 7, threshold: 4, tokenFormat: 's' });
  const stage = await newStage({ address: server.address });
  const [{ station, identity }] = stage.operators;
  const one = (await station.status()).message;
  const two = (await station.status()).message;
  await verifyMessage(one, [identity]);
  expect(one.envelope.body).toMatchObject({
    threshold: 4,
    shares: 7,
    otpLength: 26,
    server: { address: server.address },
  });
  expect(toHex(one.envelope.body.station.sealingKey)).not.toBe(toHex(two.envelope.body.station.sealingKey));
  // Both still open what is sealed to them: showing a second code must not spoil the first.
  await expect(station.start(await startMessage(stage, one))).resolves.toMatchObject({ required: 4 });
});

test('an introduction that is older than twelve hours is no longer answered to', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [{ station, home }] = stage.operators;
  const { message } = await station.status();
  const later = new Date(Date.now() + 12 * 3600_000 + 1000);
  stage.clock = () => later;
  await expect(station.start(await startMessage(stage, message))).rejects.toMatchObject({ code: 'stale' });
  expect(existsSync(home.stationSecret(toHex(message.digest)))).toBe(false);
});

test('a custodian is no operator: their home makes no station message', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const { OnlineStation } = await import('../../../main/online/online-station');
  const station = new OnlineStation({
    home: stage.operators[0].home,
    identity: custodianAt(stage, 0),
    server: { address: server.address },
  });
  await expect(station.status()).rejects.toMatchObject({ code: 'wrong-role' });
});
