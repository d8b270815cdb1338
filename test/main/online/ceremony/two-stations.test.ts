import { describe, expect } from 'vitest';
import type { AttemptState } from '../../../../main/online/attempt/state';
import type { SubmitResult } from '../../../../main/online/share/submit';
import type { SignedMessage } from '../../../../shared/message/wire';
import { decodeToken } from '../../../../shared/token/encoded-token';
import type { Otp } from '../../../../shared/token/otp';
import { crashAfter, stateOf } from '../crash';
import { test as onlineTest } from '../fixtures';
import type { Passing } from '../proxy';
import { eventsOf, journalOf, startMessage } from '../stage';

const test = onlineTest.extend<{
  /** The officer's start message: with a PGP key, where a test doesn't say otherwise. */
  planned: { readonly message: SignedMessage<'start'>; readonly otp: Otp | null };
  /** The attempt messages of the two stations. */
  attempts: readonly [SignedMessage<'attempt'>, SignedMessage<'attempt'>];
  /** A custodian's share message for that station, and giving it there. */
  shareFor: (station: 0 | 1, custodian: number) => Promise<SignedMessage<'share'>>;
  giveAt: (station: 0 | 1, custodian: number) => Promise<SubmitResult>;
  /** Does something once, when the next share is on its way. */
  atNextShare: (work: (passing: Passing) => Promise<boolean>) => void;
}>({
  planned: async ({ stage, operator }, use) => {
    const { message } = await operator.station.status();
    await use({ message: await startMessage(stage, message), otp: null });
  },
  attempts: async ({ other, started: { attempt } }, use) =>
    use([attempt.message, (await other.station.join(attempt.message)).message]),
  shareFor: async ({ shareOf, attempts }, use) => use((station, i) => shareOf(i, attempts[station])),
  giveAt: async ({ stage, shareFor }, use) =>
    use(async (station, i) => stage.operators[station].station.submit(await shareFor(station, i))),
  atNextShare: async ({ proxy, attempts: _ }, use) =>
    use((work) => {
      let done = false;
      proxy.intercept = async (passing) => {
        if (done || !passing.request.url?.endsWith('/update')) return false;
        done = true;
        return work(passing);
      };
    }),
});

// Three shares of three are needed, and two stations take them.
test.override({
  shape: { shares: 3, threshold: 3 },
  stations: [0, 1, 0],
  started: async ({ planned, operator }, use) =>
    use({ start: planned.message, attempt: await operator.station.start(planned.message) }),
});

test('a lost answer is one that may have been the last when another station gave a share in between', async ({
  stage,
  giveAt,
  atNextShare,
}) => {
  await giveAt(0, 0);
  atNextShare(async ({ forward, response }) => {
    await giveAt(1, 1);
    expect((await forward()).body).toContain('"complete":true');
    response.destroy();
    return true;
  });
  await expect(giveAt(0, 2)).rejects.toMatchObject({
    code: 'answer-lost',
    message: expect.stringMatching(/may have been.*root token may exist.*Sweep/),
  });
  expect(stateOf(stage, stage.operators[0]).step).toBe('lost');
  expect(eventsOf(journalOf(stage, stage.operators[0]))).toContain('answer-lost');
});

test('a share that the server refused because the attempt was over made no token, and nobody is sent to sweep', async ({
  server,
  stage,
  giveAt,
  atNextShare,
}) => {
  await giveAt(0, 0);
  atNextShare(async () => {
    await fetch(`${server.address}/v1/sys/generate-root/attempt`, { method: 'DELETE' });
    return false;
  });
  await expect(giveAt(0, 2)).rejects.toMatchObject({
    code: 'attempt-changed',
    message: expect.stringContaining('did not take this share'),
  });
  expect(stateOf(stage, stage.operators[0]).step).toBe('cancelled');
});

test.for([
  ['a standby that lost the active server', '{"errors":["error during forwarding RPC request"]}', 500],
  ['a gateway', '{"message":"Bad Gateway"}', 502],
] as const)(
  'an error of %s says nothing of the share that was passed on',
  async ([_what, body, status], { giveAt, atNextShare }) => {
    await giveAt(0, 0);
    atNextShare(async ({ forward, response }) => {
      await giveAt(1, 1);
      await forward();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      return true;
    });
    await expect(giveAt(0, 2)).rejects.toMatchObject({ code: 'answer-lost' });
  },
);

describe('with a one-time password', () => {
  test.override({
    planned: async ({ otpStart }, use) => use(await otpStart()),
  });

  test('the station that opened the OTP and finished unforeseen says so, and it is on record', async ({
    stage,
    giveAt,
    atNextShare,
    planned,
  }) => {
    await giveAt(0, 0);
    atNextShare(async () => {
      await giveAt(1, 1);
      return false;
    });
    const last = await giveAt(0, 2);
    expect(last).toMatchObject({ complete: true, couldDecode: true });
    if (planned.otp === null) throw new Error('no OTP');
    expect(decodeToken(last.result?.envelope.body.encodedToken ?? '', planned.otp).format).toBe('hvs');
    const exceptions = journalOf(stage, stage.operators[0]).filter(({ event }) => event === 'exception');
    expect(exceptions).toMatchObject([{ data: { text: expect.stringContaining('had not allowed it') } }]);
  });
});

test.for(['never arrived', 'was counted'])(
  "another station's progress is not taken for a share whose answer was lost: the share can be given again when it %s",
  async (what, { stage, giveAt, shareFor, atNextShare }) => {
    atNextShare(async ({ forward, response }) => {
      await giveAt(1, 1);
      if (what === 'was counted') await forward();
      response.destroy();
      return true;
    });
    const share = await shareFor(0, 0);
    const [{ station }] = stage.operators;
    await expect(station.submit(share)).rejects.toMatchObject({
      code: 'share-unknown',
      message: expect.stringMatching(
        /isn't known whether the share of Ada.*Give the same share message again/,
      ),
    });
    const lines = journalOf(stage, stage.operators[0]);
    expect(eventsOf(lines)).not.toContain('share-submitted');
    expect(lines.at(-1)).toMatchObject({
      event: 'exception',
      data: { text: expect.stringContaining('It is not known') },
    });
    expect(await station.submit(share)).toMatchObject({ progress: 2, complete: false });
    // From here on it is known, and a further one of Ada's is one too many.
    await expect(giveAt(0, 0)).rejects.toMatchObject({ code: 'given-already' });
    expect(await giveAt(0, 2)).toMatchObject({ complete: true, couldDecode: false });
  },
);

test('a share that may have counted does not stand in the way of a cancel', async ({
  stage,
  giveAt,
  atNextShare,
}) => {
  const [operator] = stage.operators;
  const onItsWay: AttemptState[] = [];
  atNextShare(async ({ forward, response }) => {
    onItsWay.push(stateOf(stage, operator));
    await forward();
    response.destroy();
    return true;
  });
  await expect(giveAt(0, 0)).rejects.toMatchObject({ code: 'share-unknown' });
  const [pending = stateOf(stage, operator)] = onItsWay;
  crashAfter(stage, operator, 'share-submit-intent', pending);
  await operator.station.cancel();
  expect(eventsOf(journalOf(stage, operator))).toContain('exception');
  expect(stateOf(stage, operator).step).toBe('cancelled');
  expect(stateOf(stage, operator)).not.toHaveProperty('pending');
});
