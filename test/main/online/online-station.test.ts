import { existsSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { OnlineStation } from '../../../main/online/online-station';
import { toHex } from '../../../shared/bytes';
import { type SignedMessage, verifyMessage } from '../../../shared/message/wire';
import { decodeToken } from '../../../shared/token/encoded-token';
import { openPgpToken } from '../../../shared/token/pgp-token';
import type { TokenFormat } from '../../../shared/token/root-token';
import { test as onlineTest } from './fixtures';
import { eventsOf, journalOf, shareMessage, startMessage } from './stage';

const test = onlineTest.extend<{
  /** As `shareOf`, without an attempt of the fixtures' own. */
  shareAt: (i: number, attempt: SignedMessage<'attempt'>) => Promise<SignedMessage<'share'>>;
}>({
  shareAt: async ({ stage, server }, use) =>
    use((i, attempt) =>
      shareMessage(stage, stage.custodians[i] ?? stage.officer, attempt, server.shares[i] ?? ''),
    ),
});

test('a PGP attempt goes from the station message to a token that the server knows, is revoked, and is seen to be', async ({
  stage,
  operator,
  give,
  started: { attempt },
}) => {
  expect(attempt.required).toBe(3);
  expect(attempt.pgpFingerprint).toBe(toHex(stage.key.fingerprint));

  let result = null;
  for (const i of [0, 1, 2]) {
    const submitted = await give(i);
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
    'plan-taken',
    'preflight',
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

describe.each<TokenFormat>(['hvs', 's', 'bare', 'uuid'])(
  'on a server of the era of %s tokens',
  (tokenFormat) => {
    test.override({ shape: { tokenFormat, shares: 3, threshold: 2 }, stations: [0, 1] });

    test('an OTP attempt is started at one station and finished at another', async ({
      server,
      operator: first,
      other: second,
      otpStart,
      shareAt,
    }) => {
      const { otp, message: start } = await otpStart();
      const opened = await first.station.start(start);
      const joined = await second.station.join(opened.message);
      expect(joined.nonce).toBe(opened.nonce);
      expect(opened.otpLength).toBe(server.otpLength);

      await first.station.submit(await shareAt(0, opened.message));
      const last = await second.station.submit(await shareAt(1, joined.message));
      expect(last.sharesSeenHere).toBe(1);
      const token = decodeToken(last.result?.envelope.body.encodedToken ?? '', otp);
      expect((await second.station.lookup(token.bytes))?.policies).toEqual(['root']);
    });
  },
);

describe('where the third custodian gives at the other station', () => {
  test.override({ shape: { shares: 3, threshold: 2 }, stations: [0, 0, 1] });

  test('the station that opened the OTP refuses the last share, which then comes from a custodian of another station', async ({
    operator: first,
    other: second,
    otpStart,
    shareAt,
  }) => {
    const { message: start } = await otpStart();
    const opened = await first.station.start(start);
    await first.station.submit(await shareAt(0, opened.message));
    const held = await shareAt(1, opened.message);
    await expect(first.station.submit(held)).rejects.toMatchObject({ code: 'would-finish' });
    expect((await first.station.facts()).attempt.progress).toBe(1);

    const joined = await second.station.join(opened.message);
    const last = await second.station.submit(await shareAt(2, joined.message));
    expect(last.complete).toBe(true);
  });
});

describe('where one share is the whole quorum', () => {
  test.override({ shape: { shares: 1, threshold: 1 } });

  test('an officer may let the OTP station finish, and that stands in the journal as an exception', async ({
    stage,
    operator,
    otpStart,
    shareAt,
  }) => {
    const { otp, message: start } = await otpStart({ sameStationAllowed: true });
    const opened = await operator.station.start(start);
    const { result } = await operator.station.submit(await shareAt(0, opened.message));
    expect(decodeToken(result?.envelope.body.encodedToken ?? '', otp).format).toBe('hvs');
    expect(eventsOf(journalOf(stage, operator))).toContain('exception');
  });
});

test('the same start message again brings back the same attempt message, and starts nothing', async ({
  stage,
  operator,
  started: { start, attempt },
}) => {
  const again = await operator.station.start(start);
  expect(toHex(again.message.digest)).toBe(toHex(attempt.message.digest));
  expect(eventsOf(journalOf(stage, operator)).filter((event) => event === 'attempt-intent')).toHaveLength(1);
});

describe('on a server with seven shares, of which it needs four', () => {
  test.override({ shape: { shares: 7, threshold: 4, tokenFormat: 's' } });

  test('the station message names what the server says, with a new sealing key each time', async ({
    proxy,
    stage,
    operator: { station, identity },
  }) => {
    const one = (await station.status()).message;
    const two = (await station.status()).message;
    await verifyMessage(one, [identity]);
    expect(one.envelope.body).toMatchObject({
      threshold: 4,
      shares: 7,
      otpLength: 26,
      server: { address: proxy.address },
    });
    expect(toHex(one.envelope.body.station.sealingKey)).not.toBe(toHex(two.envelope.body.station.sealingKey));
    // Both still open what is sealed to them: showing a second code must not spoil the first.
    await expect(station.start(await startMessage(stage, one))).resolves.toMatchObject({ required: 4 });
  });
});

test('an introduction that is older than twelve hours is no longer answered to', async ({
  stage,
  operator: { station, home },
}) => {
  const { message } = await station.status();
  const later = new Date(Date.now() + 12 * 3600_000 + 1000);
  stage.clock = () => later;
  await expect(station.start(await startMessage(stage, message))).rejects.toMatchObject({ code: 'stale' });
  expect(existsSync(home.stationSecret(toHex(message.digest)))).toBe(false);
});

test('a custodian is no operator: their home makes no station message', async ({
  server,
  stage,
  operator,
}) => {
  const station = new OnlineStation({
    home: operator.home,
    identity: stage.custodians[0] ?? stage.officer,
    server: { address: server.address },
  });
  await expect(station.status()).rejects.toMatchObject({ code: 'wrong-role' });
});
test('without the passphrase a station reads and cancels, but signs nothing', async ({
  server,
  operator: { home, identity },
  started: { start, attempt },
}) => {
  const { privateKey: _, ...locked } = identity;
  const station = new OnlineStation({ home, identity: locked, server: { address: server.address } });
  await expect(station.status()).rejects.toMatchObject({ code: 'locked' });
  await expect(station.start(start)).rejects.toMatchObject({ code: 'locked' });
  await expect(station.cancel()).resolves.toEqual({ nonce: attempt.nonce });
});
