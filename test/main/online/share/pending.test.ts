import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type AttemptState, loadAttempt, saveAttempt } from '../../../../main/online/attempt/state';
import { OnlineStation } from '../../../../main/online/online-station';
import { toHex } from '../../../../shared/bytes';
import type { SignedMessage } from '../../../../shared/message/wire';
import { crashAfter, findingsOf, openStateOf, stateOf } from '../crash';
import { test as onlineTest } from '../fixtures';
import { eventsOf, journalOf, shareMessage, startedAttempt, startMessage } from '../stage';

const test = onlineTest.extend<{
  /** What was on the disk when the share of that number, from 0, was on its way. */
  pendingAt: (i: number) => AttemptState;
  /** Share messages that were given, in order. */
  given: SignedMessage[];
  /** What verify finds wrong, where the officer took in `result`. */
  findings: (result: SignedMessage | null) => Promise<string[]>;
}>({
  pendingAt: async ({ proxy, stage, operator }, use) => {
    const states: AttemptState[] = [];
    proxy.intercept = ({ request }) => {
      if (request.url?.endsWith('/update')) states.push(stateOf(stage, operator));
      return false;
    };
    await use((i) => {
      const state = states[i];
      if (state?.step !== 'open' || state.pending === null) throw new Error('nothing was on its way');
      return state;
    });
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  given: async ({}, use) => use([]),
  findings: async ({ stage, operator, started: { start, attempt }, given }, use) =>
    use((result) => {
      const [ada = stage.officer, ben = stage.officer] = stage.custodians;
      return findingsOf(stage, [operator], {
        sent: [[stage.officer, start], ...given.map((share, i) => [i === 0 ? ada : ben, share] as const)],
        received: [[ada, attempt.message], ...(result === null ? [] : [[stage.officer, result] as const])],
      });
    }),
});

test.override({
  shape: { shares: 2, threshold: 2 },
  give: async ({ operator, shareOf, given }, use) =>
    use(async (i) => {
      const message = await shareOf(i);
      given.push(message);
      return operator.station.submit(message);
    }),
});

test('a cancel reads a last answer that lies on the disk unread, and cancels nothing', async ({
  stage,
  operator,
  give,
  pendingAt,
  findings,
  tokenWorks,
}) => {
  await give(0);
  await give(1);
  crashAfter(stage, operator, 'answer-received', pendingAt(1));
  await expect(operator.station.cancel()).rejects.toMatchObject({
    code: 'already-finished',
    typed: expect.stringContaining('airlock online submit'),
  });
  expect(stateOf(stage, operator)).toMatchObject({ step: 'finished' });
  const result = await operator.station.result();
  await tokenWorks(result);
  await expect(operator.station.cancel()).rejects.toMatchObject({ code: 'already-finished' });
  expect(stateOf(stage, operator).step).toBe('finished');
  expect(await findings(result)).toEqual([]);
});

test('a cancel without the passphrase leaves an unread last answer as it is, and says how it is read', async ({
  server,
  stage,
  operator,
  give,
  pendingAt,
  tokenWorks,
}) => {
  await give(0);
  await give(1);
  crashAfter(stage, operator, 'answer-received', pendingAt(1));
  const { privateKey: _, ...identity } = operator.identity;
  const locked = new OnlineStation({ home: operator.home, identity, server: { address: server.address } });
  await expect(locked.cancel()).rejects.toMatchObject({
    code: 'already-finished',
    message: expect.stringMatching(/unread.*passphrase/),
  });
  expect(openStateOf(stage, operator).pending).not.toBeNull();
  await tokenWorks(await operator.station.result());
});

test('neither a new start message nor a join puts an attempt in the place of an unread last answer', async ({
  stage,
  operator,
  give,
  pendingAt,
  tokenWorks,
  started: { start },
}) => {
  await give(0);
  await give(1);
  const next = await startMessage(stage, (await operator.station.status()).message);
  for (const begin of [() => operator.station.start(next), () => operator.station.join(start)]) {
    crashAfter(stage, operator, 'answer-received', pendingAt(1));
    await expect(begin()).rejects.toMatchObject({ code: 'already-finished' });
    await tokenWorks(await operator.station.result());
  }
});

test('a lost answer stays on record as lost when the attempt is cancelled, and the attempt is not joined again', async ({
  proxy,
  stage,
  operator,
  give,
  findings,
  started: { start },
}) => {
  await give(0);
  let dead = false;
  proxy.intercept = async ({ request, response, forward }) => {
    if (request.url?.endsWith('/update')) {
      dead = true;
      response.destroy();
      return true;
    }
    if (!dead || !request.url?.endsWith('/attempt') || request.method !== 'GET') return false;
    response.end((await forward()).body.replace('"progress":1', '"progress":0'));
    return true;
  };
  await expect(give(1)).rejects.toMatchObject({ code: 'answer-lost' });
  await expect(operator.station.join(start)).rejects.toMatchObject({
    code: 'no-attempt',
    message: expect.stringContaining('Sweep'),
  });
  await operator.station.cancel();
  expect(stateOf(stage, operator).step).toBe('lost');
  await expect(operator.station.cancel()).rejects.toMatchObject({ code: 'no-attempt' });
  expect(stateOf(stage, operator).step).toBe('lost');
  expect(await findings(null)).toEqual([]);
});

test('a cancel settles a wrong share that was on its way, and then cancels', async ({
  server,
  stage,
  operator,
  give,
  pendingAt,
  started: { attempt },
}) => {
  await give(0);
  const ben = stage.custodians[1] ?? stage.officer;
  const wrong = await shareMessage(stage, ben, attempt.message, `5a${server.shares[1]?.slice(2)}`);
  await expect(operator.station.submit(wrong)).rejects.toMatchObject({ code: 'share-rejected' });
  crashAfter(stage, operator, 'answer-received', pendingAt(1));
  await operator.station.cancel();
  expect(eventsOf(journalOf(stage, operator))).toContain('share-rejected');
  expect(stateOf(stage, operator).step).toBe('cancelled');
  expect(stateOf(stage, operator)).not.toHaveProperty('pending');
});

test.for(['share-submitted', 'message-sent'] as const)(
  'a crash right after the last %s line leaves one line of each kind, one result, and a transcript that verifies',
  async (event, { stage, operator, give, pendingAt, findings, tokenWorks }) => {
    await give(0);
    const first = (await give(1)).result;
    if (event === 'message-sent' && first !== null) {
      rmSync(operator.home.ceremony(toHex(stage.ceremony)).message(toHex(first.digest)));
    }
    crashAfter(stage, operator, event, pendingAt(1));
    const result = await operator.station.result();
    await tokenWorks(result);
    const events = eventsOf(journalOf(stage, operator));
    expect(events.filter((each) => each === 'share-submitted')).toHaveLength(2);
    expect(await findings(result)).toEqual([]);
  },
);

test('a crash before the state was saved brings back the very result that was written', async ({
  stage,
  operator,
  give,
  pendingAt,
  findings,
}) => {
  await give(0);
  const first = (await give(1)).result;
  crashAfter(stage, operator, 'message-sent', pendingAt(1));
  const result = await operator.station.result();
  expect(toHex(result?.digest ?? new Uint8Array())).toBe(toHex(first?.digest ?? new Uint8Array()));
  expect(await findings(result)).toEqual([]);
});

test('a crash right after a counted share counts it once, whatever the server says by then', async ({
  stage,
  operator,
  give,
  pendingAt,
  findings,
}) => {
  await give(0);
  crashAfter(stage, operator, 'share-submitted', pendingAt(0));
  rmSync(operator.home.ceremony(toHex(stage.ceremony)).answers, { recursive: true });
  const { result } = await give(1);
  expect(stateOf(stage, operator).submitted).toHaveLength(2);
  expect(await findings(result)).toEqual([]);
});

test('an answer that was on the disk before it had its name is found, and half a one counts as none', async ({
  stage,
  operator,
  give,
  pendingAt,
  tokenWorks,
}) => {
  await give(0);
  await give(1);
  const { answers } = operator.home.ceremony(toHex(stage.ceremony));
  const whole = readFileSync(join(answers, '2.raw'));
  const unnamed = (bytes: Uint8Array) => {
    rmSync(join(answers, '2.raw'), { force: true });
    writeFileSync(
      join(answers, 'unnamed.part'),
      Buffer.concat([bytes, new Uint8Array(65_536 - bytes.length)]),
    );
    crashAfter(stage, operator, 'share-submit-intent', pendingAt(1));
  };
  unnamed(whole);
  await tokenWorks(await operator.station.result());
  expect(readFileSync(join(answers, '2.raw'))).toEqual(whole);
  unnamed(whole.subarray(0, 40));
  await expect(operator.station.result()).rejects.toMatchObject({ code: 'answer-lost' });
  expect(readFileSync(join(answers, '2.torn')).subarray(0, 40)).toEqual(whole.subarray(0, 40));
});

test('an answer of an earlier attempt of the same ceremony is not taken for the answer to a share that is on its way', async ({
  proxy,
  server,
  stage,
  operator,
  give,
}) => {
  await give(0);
  await operator.station.cancel();
  const again = await startedAttempt(stage);
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.endsWith('/update')) return false;
    response.destroy();
    return true;
  };
  const ada = stage.custodians[0] ?? stage.officer;
  const share = await shareMessage(stage, ada, again.attempt.message, server.shares[0] ?? '');
  await expect(operator.station.submit(share)).rejects.toMatchObject({ code: 'connection-lost' });
  expect(stateOf(stage, operator)).toMatchObject({ pending: null, progress: 0, answers: 1 });
  crashAfter(stage, operator, 'share-submit-intent', {
    ...openStateOf(stage, operator),
    pending: {
      digest: toHex(share.digest),
      custodian: toHex(ada.fingerprint),
      name: ada.name,
      x: null,
      progressBefore: 0,
    },
  });
  proxy.intercept = () => false;
  expect((await operator.station.submit(share)).progress).toBe(1);
});

test('after a crash between the last answer and the result, the result comes from the answer on disk', async ({
  give,
  operator,
  stage,
  tokenWorks,
  started: { attempt },
}) => {
  await give(0);
  const before = loadAttempt(operator.home, attempt.ceremony);
  const { result } = await give(1);
  if (before?.step !== 'open' || result === null) throw new Error('not finished');
  // As the disk was when the answer had just been written.
  const ben = stage.custodians[1] ?? stage.officer;
  const pending = {
    digest: '0'.repeat(64),
    custodian: toHex(ben.fingerprint),
    name: ben.name,
    x: null,
    progressBefore: 1,
  };
  saveAttempt(operator.home, { ...before, pending });
  const recovered = await operator.station.result();
  await tokenWorks(recovered);
});
