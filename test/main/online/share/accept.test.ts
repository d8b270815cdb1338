import { rmSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { OnlineStation } from '../../../../main/online/online-station';
import type { SubmitResult } from '../../../../main/online/share/submit';
import { identityMessage, type UnlockedIdentity } from '../../../../main/store/identity';
import { addPerson } from '../../../../main/store/people';
import { toHex } from '../../../../shared/bytes';
import { sealingKeyId } from '../../../../shared/message/seal';
import { type SignedMessage, signMessage } from '../../../../shared/message/wire';
import { findingsOf } from '../crash';
import { test as onlineTest } from '../fixtures';
import { journalOf, newPerson, random, rosterOf, shareMessage, startedAttempt, startMessage } from '../stage';

const test = onlineTest.extend<{
  /** The first custodian, and her share in hex. */
  ada: UnlockedIdentity;
  share: string;
  /** Gives a message at the first operator's station. */
  submit: (message: SignedMessage<'share'>) => Promise<SubmitResult>;
  /** Expects the attempt to be as it began. */
  nothingArrived: () => Promise<void>;
}>({
  ada: async ({ stage }, use) => use(stage.custodians[0] ?? stage.officer),
  share: async ({ server }, use) => use(server.shares[0] ?? ''),
  submit: async ({ operator }, use) => use((message) => operator.station.submit(message)),
  nothingArrived: async ({ operator }, use) =>
    use(async () => {
      expect((await operator.station.facts()).attempt).toMatchObject({ open: true, progress: 0 });
    }),
});

test('a share message serves once: the same code again is refused, and the first one still counts', async ({
  stage,
  operator,
  ada,
  share,
  submit,
  started: { attempt },
}) => {
  const message = await shareMessage(stage, ada, attempt.message, share);
  await submit(message);
  await expect(submit(message)).rejects.toMatchObject({
    code: 'already-submitted',
    message: expect.stringContaining('Ada'),
  });
  expect((await operator.station.facts()).attempt.progress).toBe(1);
});

test('the same share under two names is named before the server sees it, and the attempt goes on', async ({
  server,
  stage,
  ada,
  share,
  submit,
  started: { attempt },
}) => {
  await submit(await shareMessage(stage, ada, attempt.message, share));
  const ben = stage.custodians[1] ?? ada;
  await expect(submit(await shareMessage(stage, ben, attempt.message, share))).rejects.toMatchObject({
    code: 'same-share',
  });
  const second = await submit(await shareMessage(stage, ben, attempt.message, server.shares[1] ?? ''));
  expect(second.progress).toBe(2);
});

describe('where Ada gives at the other station', () => {
  test.override({ stations: [1] });

  test('a share sealed to the other station is refused here by name, and taken there', async ({
    stage,
    other,
    ada,
    share,
    submit,
    nothingArrived,
    started: { attempt },
  }) => {
    const joined = await other.station.join(attempt.message);
    const message = await shareMessage(stage, ada, joined.message, share);
    await expect(submit(message)).rejects.toMatchObject({ code: 'other-station' });
    const forged = await shareMessage(stage, ada, attempt.message, share, {
      sealedTo: sealingKeyId(joined.message.envelope.body.station.sealingKey),
    });
    await expect(submit(forged)).rejects.toMatchObject({ code: 'other-station' });
    await nothingArrived();
    expect((await other.station.submit(message)).progress).toBe(1);
  });
});

test('a share for another nonce, or one whose time has passed, is refused and never sent', async ({
  stage,
  ada,
  share,
  submit,
  nothingArrived,
  started: { attempt },
}) => {
  await expect(
    submit(await shareMessage(stage, ada, attempt.message, share, { nonce: 'another-nonce' })),
  ).rejects.toMatchObject({
    code: 'other-nonce',
  });
  const expired = await shareMessage(stage, ada, attempt.message, share, {
    expiresAt: '2020-01-01T00:00:00.000Z',
  });
  await expect(submit(expired)).rejects.toMatchObject({ code: 'expired' });
  await nothingArrived();
});

test('a share whose words outside the seal were changed cannot be opened', async ({
  stage,
  ada,
  share,
  submit,
  nothingArrived,
  started: { attempt },
}) => {
  const later = new Date(Date.now() + 3600_000).toISOString();
  const honest = await shareMessage(stage, ada, attempt.message, share);
  const longer = await shareMessage(stage, ada, attempt.message, share, {
    sealed: honest.envelope.body.sealed,
    expiresAt: later,
  });
  await expect(submit(longer)).rejects.toMatchObject({ code: 'not-for-this-station' });
  await nothingArrived();
});

test('a share from someone who is known but not on the roster is refused by name', async ({
  stage,
  operator,
  share,
  submit,
  nothingArrived,
  started: { attempt },
}) => {
  const zoe = await newPerson('Zoe', 'custodian');
  await addPerson(operator.home, await identityMessage(zoe, new Date()), new Date());
  await expect(submit(await shareMessage(stage, zoe, attempt.message, share))).rejects.toMatchObject({
    code: 'not-on-roster',
    message: expect.stringContaining('Zoe'),
  });
  await nothingArrived();
});

test('a share from someone nobody knows here, or from the officer, is refused', async ({
  stage,
  share,
  submit,
  nothingArrived,
  started: { attempt },
}) => {
  const stranger = await newPerson('Mallory', 'custodian');
  await expect(submit(await shareMessage(stage, stranger, attempt.message, share))).rejects.toMatchObject({
    code: 'unknown-signer',
  });
  await expect(
    submit(await shareMessage(stage, stage.officer, attempt.message, share)),
  ).rejects.toMatchObject({ code: 'wrong-sender' });
  await nothingArrived();
});

test('a share of another ceremony is refused, and so is any other type of message', async ({
  stage,
  operator,
  other,
  ada,
  share,
  submit,
  started: { attempt },
}) => {
  const elsewhere = { ...stage, ceremony: random(16) };
  await expect(submit(await shareMessage(elsewhere, ada, attempt.message, share))).rejects.toMatchObject({
    code: 'no-ceremony',
  });
  const { message } = await other.station.status();
  await expect(operator.station.submit(message)).rejects.toMatchObject({
    code: 'wrong-direction',
  });
});

test('every refusal stands in the journal, and no share does', async ({
  stage,
  operator,
  ada,
  share,
  submit,
  started: { attempt },
}) => {
  const expired = await shareMessage(stage, ada, attempt.message, share, {
    expiresAt: '2020-01-01T00:00:00.000Z',
  });
  await expect(submit(expired)).rejects.toThrow();
  await submit(await shareMessage(stage, ada, attempt.message, share));
  const lines = journalOf(stage, operator);
  expect(lines.find(({ event }) => event === 'message-refused')?.data).toMatchObject({ code: 'expired' });
  expect(JSON.stringify(lines)).not.toContain(share);
});

describe('with a one-time password at two stations', () => {
  test.override({ shape: { shares: 4, threshold: 2 }, stations: [0, 1, 1, 0] });

  test('every share that was refused at a station is accounted for, so an honest ceremony verifies', async ({
    server,
    stage,
    otpStart,
  }) => {
    const { officer } = stage;
    const [ada = officer, ben = officer, cem = officer, dia = officer] = stage.custodians;
    const [otto, petra] = stage.operators;
    const { message: start } = await otpStart();
    const opened = await otto.station.start(start);
    const joined = await petra.station.join(opened.message);
    const [one = '', two = '', three = '', four = ''] = server.shares;
    const expired = await shareMessage(stage, ada, opened.message, one, {
      expiresAt: '2020-01-01T00:00:00.000Z',
    });
    const elsewhere = await shareMessage(stage, ada, joined.message, one);
    const counted = await shareMessage(stage, ada, opened.message, one);
    const held = await shareMessage(stage, dia, opened.message, four);
    const last = await shareMessage(stage, ben, joined.message, two);
    const surplus = await shareMessage(stage, cem, joined.message, three);
    const late = await shareMessage(stage, dia, opened.message, four);
    const refusals: [typeof otto, typeof expired, string][] = [
      [otto, expired, 'expired'],
      [otto, elsewhere, 'other-station'],
    ];
    for (const [at, share, code] of refusals) {
      await expect(at.station.submit(share)).rejects.toMatchObject({ code });
    }
    await otto.station.submit(counted);
    await expect(otto.station.submit(held)).rejects.toMatchObject({ code: 'would-finish' });
    const { result } = await petra.station.submit(last);
    await expect(petra.station.submit(surplus)).rejects.toMatchObject({ code: 'already-finished' });
    await expect(otto.station.submit(late)).rejects.toMatchObject({ code: 'attempt-changed' });
    const refused = [...journalOf(stage, otto), ...journalOf(stage, petra)].flatMap((line) =>
      line.event === 'message-refused' ? [[line.data.code, line.data.type, line.data.digest]] : [],
    );
    expect(refused).toEqual([
      ['expired', 'share', toHex(expired.digest)],
      ['other-station', 'share', toHex(elsewhere.digest)],
      ['would-finish', 'share', toHex(held.digest)],
      ['already-finished', 'share', toHex(surplus.digest)],
    ]);
    const found = await findingsOf(stage, [otto, petra], {
      sent: [
        [stage.officer, start],
        ...[expired, elsewhere, counted].map((each) => [ada, each] as const),
        [ben, last],
        [cem, surplus],
        ...[held, late].map((each) => [dia, each] as const),
      ],
      received: [
        [ada, opened.message],
        [ada, joined.message],
        [stage.officer, result ?? start],
      ],
    });
    expect(found).toEqual([]);
  });
});

test('a share that a server out of reach kept from being taken in is on record as received', async ({
  server,
  stage,
  operator,
  ada,
  share,
  started: { attempt },
}) => {
  const message = await shareMessage(stage, ada, attempt.message, share);
  const { home, identity } = operator;
  const direct = new OnlineStation({ home, identity, server: { address: server.address } });
  await server.close();
  await expect(direct.submit(message)).rejects.toMatchObject({ code: 'unreachable' });
  const events = journalOf(stage, operator).filter(
    (line) => line.event === 'message-received' && line.data.type === 'share',
  );
  expect(events).toHaveLength(1);
});

test('a share answers the attempt message of this station, and nothing else: not the start message', async ({
  stage,
  ada,
  share,
  submit,
  nothingArrived,
  started: { attempt },
}) => {
  const honest = await shareMessage(stage, ada, attempt.message, share);
  const prev = attempt.message.envelope.prev;
  const answersStart = await signMessage({ ...honest.envelope, prev }, ada.privateKey);
  await expect(submit(answersStart)).rejects.toMatchObject({ code: 'stale' });
  await nothingArrived();
});

test('how many shares this station has seen counts the messages over all attempts, from the moment of opening, and not the people', async ({
  server,
  stage,
  operator,
  ada,
  share,
  submit,
  started: { attempt },
}) => {
  const [, ben = ada] = stage.custodians;
  expect((await submit(await shareMessage(stage, ada, attempt.message, share))).sharesSeenHere).toBe(1);
  await operator.station.cancel();
  const { message } = await operator.station.status();
  const roster = rosterOf(stage).map((person) => (person.name === 'Ada' ? { ...person, shares: 2 } : person));
  const again = await operator.station.start(await startMessage(stage, message, { roster }));
  const bens = await shareMessage(stage, ben, again.message, server.shares[1] ?? '');
  expect((await submit(bens)).sharesSeenHere).toBe(2);
  // Ada holds two shares: this station has seen a whole quorum from two people.
  const adas = await shareMessage(stage, ada, again.message, server.shares[2] ?? '');
  expect(await submit(adas)).toMatchObject({ progress: 2, sharesSeenHere: 3 });
});

test('a share that was opened and never reached the server counts as seen', async ({
  server,
  proxy,
  stage,
  ada,
  share,
  submit,
  started: { attempt },
}) => {
  const [, ben = ada] = stage.custodians;
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.endsWith('/update')) return false;
    response.destroy();
    return true;
  };
  await expect(submit(await shareMessage(stage, ada, attempt.message, share))).rejects.toMatchObject({
    code: 'connection-lost',
  });
  proxy.intercept = () => false;
  const counted = await submit(await shareMessage(stage, ben, attempt.message, server.shares[1] ?? ''));
  expect(counted).toMatchObject({ progress: 1, sharesSeenHere: 2 });
});

describe('where one share is the whole quorum', () => {
  test.override({ shape: { shares: 1, threshold: 1 } });

  test('a finished attempt takes no further share, and is not joined again', async ({
    operator,
    give,
    started: { start },
  }) => {
    const { station } = operator;
    expect((await give(0)).complete).toBe(true);
    await expect(give(0)).rejects.toMatchObject({ code: 'already-finished' });
    await expect(station.join(start)).rejects.toMatchObject({ code: 'already-finished' });
    await expect(station.start(start)).rejects.toMatchObject({ code: 'already-finished' });
  });

  test('a second start message of the same ceremony begins anew after a cancelled attempt', async ({
    stage,
    operator,
    started,
    shareOf,
    give,
  }) => {
    const { station } = operator;
    await station.cancel();
    const again = await startedAttempt(stage);
    expect(again.attempt.nonce).not.toBe(started.attempt.nonce);
    await expect(give(0)).rejects.toMatchObject({ code: 'other-nonce' });
    const share = await shareOf(0, again.attempt.message);
    expect((await station.submit(share)).complete).toBe(true);
  });
});

test('a start message that is missing from the disk is named, and no share is sent without it', async ({
  operator,
  give,
  started: { start, attempt },
}) => {
  const { station, home } = operator;
  rmSync(home.ceremony(attempt.ceremony).message(toHex(start.digest)));
  await expect(give(0)).rejects.toMatchObject({ code: 'state-damaged' });
  expect((await station.facts()).attempt.progress).toBe(0);
});
