import { beforeEach, expect, test } from 'vitest';
import type { AttemptResult } from '../../../../main/online/attempt/record';
import type { AttemptState } from '../../../../main/online/attempt/state';
import type { RehearsalServer } from '../../../../main/rehearsal/server';
import { decodeToken } from '../../../../shared/token/encoded-token';
import { crashAfter, stateOf } from '../crash';
import { type Passing, startProxy } from '../proxy';
import {
  eventsOf,
  journalOf,
  newStage,
  otpStartMessage,
  rehearsalServer,
  type Stage,
  shareMessage,
  startMessage,
} from '../stage';

let server: RehearsalServer;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let stage: Stage;
/** The attempt messages of the two stations. */
let attempts: readonly [AttemptResult, AttemptResult];

/** Three shares of three are needed, and two stations take them. */
beforeEach(async () => {
  server = await rehearsalServer({ shares: 3, threshold: 3 });
  proxy = await startProxy(server.address);
  stage = await newStage({ address: proxy.address });
  stage.stations = [0, 1, 0];
});

async function begin(method: 'pgp' | 'otp') {
  const [otto, petra] = stage.operators;
  const { message } = await otto.station.status();
  const { message: start, otp } =
    method === 'otp'
      ? await otpStartMessage(stage, message)
      : { message: await startMessage(stage, message), otp: null };
  const opened = await otto.station.start(start);
  attempts = [opened, await petra.station.join(opened.message)];
  return { otp };
}

const shareFor = (station: 0 | 1, custodian: number) =>
  shareMessage(
    stage,
    stage.custodians[custodian] ?? stage.officer,
    attempts[station].message,
    server.shares[custodian] ?? '',
  );

async function give(station: 0 | 1, custodian: number) {
  return stage.operators[station].station.submit(await shareFor(station, custodian));
}

/** Does something once, when the next share is on its way. */
function atNextShare(work: (passing: Passing) => Promise<boolean>): void {
  let done = false;
  proxy.intercept = async (passing) => {
    if (done || !passing.request.url?.endsWith('/update')) return false;
    done = true;
    return work(passing);
  };
}

test('a lost answer is one that may have been the last when another station gave a share in between', async () => {
  await begin('pgp');
  await give(0, 0);
  atNextShare(async ({ forward, response }) => {
    await give(1, 1);
    expect((await forward()).body).toContain('"complete":true');
    response.destroy();
    return true;
  });
  await expect(give(0, 2)).rejects.toMatchObject({
    code: 'answer-lost',
    message: expect.stringMatching(/may have been.*root token may exist.*Sweep/),
  });
  expect(stateOf(stage, stage.operators[0]).step).toBe('lost');
  expect(eventsOf(journalOf(stage, stage.operators[0]))).toContain('answer-lost');
});

test('a share that the server refused because the attempt was over made no token, and nobody is sent to sweep', async () => {
  await begin('pgp');
  await give(0, 0);
  atNextShare(async () => {
    await fetch(`${server.address}/v1/sys/generate-root/attempt`, { method: 'DELETE' });
    return false;
  });
  await expect(give(0, 2)).rejects.toMatchObject({
    code: 'attempt-changed',
    message: expect.stringContaining('did not take this share'),
  });
  expect(stateOf(stage, stage.operators[0]).step).toBe('cancelled');
});

test.each([
  ['a standby that lost the active server', '{"errors":["error during forwarding RPC request"]}', 500],
  ['a gateway', '{"message":"Bad Gateway"}', 502],
])('an error of %s says nothing of the share that was passed on', async (_what, body, status) => {
  await begin('pgp');
  await give(0, 0);
  atNextShare(async ({ forward, response }) => {
    await give(1, 1);
    await forward();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    return true;
  });
  await expect(give(0, 2)).rejects.toMatchObject({ code: 'answer-lost' });
});

test('the station that opened the OTP and finished unforeseen says so, and it is on record', async () => {
  const { otp } = await begin('otp');
  await give(0, 0);
  atNextShare(async () => {
    await give(1, 1);
    return false;
  });
  const last = await give(0, 2);
  expect(last).toMatchObject({ complete: true, couldDecode: true });
  if (otp === null) throw new Error('no OTP');
  expect(decodeToken(last.result?.envelope.body.encodedToken ?? '', otp).format).toBe('hvs');
  const exceptions = journalOf(stage, stage.operators[0]).filter(({ event }) => event === 'exception');
  expect(exceptions).toMatchObject([{ data: { text: expect.stringContaining('had not allowed it') } }]);
});

test.each(['never arrived', 'was counted'])(
  "another station's progress is not taken for a share whose answer was lost: the share can be given again when it %s",
  async (what) => {
    await begin('pgp');
    atNextShare(async ({ forward, response }) => {
      await give(1, 1);
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
    await expect(give(0, 0)).rejects.toMatchObject({ code: 'given-already' });
    expect(await give(0, 2)).toMatchObject({ complete: true, couldDecode: false });
  },
);

test('a share that may have counted does not stand in the way of a cancel', async () => {
  await begin('pgp');
  const [operator] = stage.operators;
  const onItsWay: AttemptState[] = [];
  atNextShare(async ({ forward, response }) => {
    onItsWay.push(stateOf(stage, operator));
    await forward();
    response.destroy();
    return true;
  });
  await expect(give(0, 0)).rejects.toMatchObject({ code: 'share-unknown' });
  const [pending = stateOf(stage, operator)] = onItsWay;
  crashAfter(stage, operator, 'share-submit-intent', pending);
  await operator.station.cancel();
  expect(eventsOf(journalOf(stage, operator))).toContain('exception');
  expect(stateOf(stage, operator).step).toBe('cancelled');
  expect(stateOf(stage, operator)).not.toHaveProperty('pending');
});
