import { cpSync, rmSync } from 'node:fs';
import { expect } from 'vitest';
import { openCeremonyJournal } from '../../../../main/store/home-journal';
import { toHex } from '../../../../shared/bytes';
import { crashAfter, findingsOf, openStateOf, stateOf } from '../crash';
import { test } from '../fixtures';
import { eventsOf, journalOf, newFolder, shareMessage, startMessage } from '../stage';

test.override({ shape: { shares: 2, threshold: 2 } });

test('a start that broke off before its attempt message was made makes it when the message is given again', async ({
  server,
  stage,
  operator,
  give,
  started: { start, attempt },
}) => {
  const state = openStateOf(stage, operator);
  for (const event of ['attempt-started', 'message-sent'] as const) {
    rmSync(operator.home.ceremony(attempt.ceremony).message(stateOf(stage, operator).attempts[0] ?? ''), {
      force: true,
    });
    crashAfter(stage, operator, event, { ...state, attempts: [], sealing: null });
    const again = await operator.station.start(start);
    expect(again.nonce).toBe(attempt.nonce);
    const [ada = stage.officer, ben = stage.officer] = stage.custodians;
    await expect(give(0)).rejects.toMatchObject({ code: 'other-station' });
    if (event === 'attempt-started') continue;
    const [one = '', two = ''] = server.shares;
    const share = await shareMessage(stage, ada, again.message, one);
    expect((await operator.station.submit(share)).progress).toBe(1);
    const last = await shareMessage(stage, ben, again.message, two);
    const { result } = await operator.station.submit(last);
    expect(
      await findingsOf(stage, [operator], {
        sent: [
          [stage.officer, start],
          [ada, share],
          [ben, last],
        ],
        received: [
          [ada, again.message],
          [stage.officer, result ?? start],
        ],
      }),
    ).toEqual([]);
  }
});

test('an attempt message whose file is gone from the disk is made anew, and the old one is withdrawn', async ({
  stage,
  operator,
  started: { start, attempt },
}) => {
  rmSync(operator.home.ceremony(attempt.ceremony).message(toHex(attempt.message.digest)));
  const again = await operator.station.start(start);
  expect(toHex(again.message.digest)).not.toBe(toHex(attempt.message.digest));
  expect(eventsOf(journalOf(stage, operator))).toContain('message-withdrawn');
});

test.for(['start', 'join'] as const)(
  'an OTP start that broke off right after the server began it is taken up again by %s: the journal knows the nonce',
  async (command, { proxy, stage, operator, otpStart }) => {
    const { message: start } = await otpStart();
    const copy = newFolder();
    proxy.intercept = ({ request }) => {
      if (request.method === 'PUT') cpSync(operator.home.dir, copy, { recursive: true });
      return false;
    };
    const { nonce } = await operator.station.start(start);
    proxy.intercept = () => false;
    rmSync(operator.home.dir, { recursive: true });
    cpSync(copy, operator.home.dir, { recursive: true });
    const owner = {
      identity: operator.identity,
      clock: () => new Date(),
      rehearsal: false,
      program: 'airlock',
      version: '1',
    };
    openCeremonyJournal(operator.home, toHex(stage.ceremony), owner).append('attempt-started', {
      nonce,
      required: 2,
      otpLength: 28,
    });
    const again = await operator.station[command](start);
    expect(again.nonce).toBe(nonce);
    expect(stateOf(stage, operator)).toMatchObject({ step: 'open', openedOtp: true });
    const ada = stage.custodians[0] ?? stage.officer;
    expect(
      await findingsOf(stage, [operator], {
        sent: [[stage.officer, start]],
        received: [[ada, again.message]],
      }),
    ).toEqual([]);
  },
);

test('a start whose answer was lost is taken up again with the same message, when the key tells that it is ours', async ({
  proxy,
  stage,
  operator,
}) => {
  const start = await startMessage(stage, (await operator.station.status()).message);
  proxy.intercept = async ({ request, response, forward }) => {
    if (request.method !== 'PUT') return false;
    await forward();
    response.destroy();
    return true;
  };
  await expect(operator.station.start(start)).rejects.toMatchObject({ code: 'connection-lost' });
  proxy.intercept = () => false;
  const attempt = await operator.station.start(start);
  expect(attempt.nonce).toBe((await operator.station.facts()).attempt.nonce);
  expect(eventsOf(journalOf(stage, operator)).filter((event) => event === 'attempt-intent')).toHaveLength(1);
});
