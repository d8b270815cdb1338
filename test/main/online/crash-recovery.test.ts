import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AttemptState } from '../../../main/online/attempt/state';
import { OnlineStation } from '../../../main/online/online-station';
import { openCeremonyJournal } from '../../../main/store/home-journal';
import { toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import { openPgpToken } from '../../../shared/token/pgp-token';
import { crashAfter, findingsOf, openStateOf, stateOf } from './crash';
import { startProxy } from './proxy';
import {
  eventsOf,
  journalOf,
  newFolder,
  newStage,
  otpStartMessage,
  rehearsalServer,
  shareMessage,
  startedAttempt,
  startMessage,
} from './stage';

/** Two of two shares are needed; `states` holds what was on the disk when each of them was on its way. */
async function twoShares() {
  const server = await rehearsalServer({ shares: 2, threshold: 2 });
  const proxy = await startProxy(server.address);
  const stage = await newStage({ address: proxy.address });
  const { start, attempt } = await startedAttempt(stage);
  const [operator] = stage.operators;
  const states: AttemptState[] = [];
  const shares: SignedMessage[] = [];
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('/update')) states.push(stateOf(stage, operator));
    return false;
  };
  const give = async (i: number) => {
    const custodian = stage.custodians[i] ?? stage.officer;
    const message = await shareMessage(stage, custodian, attempt.message, server.shares[i] ?? '');
    shares.push(message);
    return operator.station.submit(message);
  };
  const pendingAt = (i: number): AttemptState => {
    const state = states[i];
    if (state?.step !== 'open' || state.pending === null) throw new Error('nothing was on its way');
    return state;
  };
  const findings = (result: SignedMessage | null) => {
    const [ada = stage.officer, ben = stage.officer] = stage.custodians;
    return findingsOf(stage, [operator], {
      sent: [[stage.officer, start], ...shares.map((share, i) => [i === 0 ? ada : ben, share] as const)],
      received: [[ada, attempt.message], ...(result === null ? [] : [[stage.officer, result] as const])],
    });
  };
  const tokenWorks = async (result: SignedMessage<'result'> | null) => {
    const token = await openPgpToken(result?.envelope.body.encodedToken ?? '', stage.key.privateKey);
    expect((await operator.station.lookup(token.bytes))?.policies).toEqual(['root']);
  };
  return { server, proxy, stage, operator, start, attempt, give, pendingAt, findings, tokenWorks };
}

test('a cancel reads a last answer that lies on the disk unread, and cancels nothing', async () => {
  const { stage, operator, give, pendingAt, findings, tokenWorks } = await twoShares();
  await give(0);
  await give(1);
  crashAfter(stage, operator, 'answer-received', pendingAt(1));
  await expect(operator.station.cancel()).rejects.toMatchObject({
    code: 'already-finished',
    message: expect.stringContaining('airlock online submit'),
  });
  expect(stateOf(stage, operator)).toMatchObject({ step: 'finished' });
  const result = await operator.station.result();
  await tokenWorks(result);
  await expect(operator.station.cancel()).rejects.toMatchObject({ code: 'already-finished' });
  expect(stateOf(stage, operator).step).toBe('finished');
  expect(await findings(result)).toEqual([]);
});

test('a cancel without the passphrase leaves an unread last answer as it is, and says how it is read', async () => {
  const { server, stage, operator, give, pendingAt, tokenWorks } = await twoShares();
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

test('neither a new start message nor a join puts an attempt in the place of an unread last answer', async () => {
  const { stage, operator, start, give, pendingAt, tokenWorks } = await twoShares();
  await give(0);
  await give(1);
  const next = await startMessage(stage, (await operator.station.status()).message);
  for (const begin of [() => operator.station.start(next), () => operator.station.join(start)]) {
    crashAfter(stage, operator, 'answer-received', pendingAt(1));
    await expect(begin()).rejects.toMatchObject({ code: 'already-finished' });
    await tokenWorks(await operator.station.result());
  }
});

test('a lost answer stays on record as lost when the attempt is cancelled, and the attempt is not joined again', async () => {
  const { proxy, stage, operator, start, give, findings } = await twoShares();
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

test('a cancel settles a wrong share that was on its way, and then cancels', async () => {
  const { server, stage, operator, attempt, give, pendingAt } = await twoShares();
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

test.each(['share-submitted', 'message-sent'] as const)(
  'a crash right after the last %s line leaves one line of each kind, one result, and a transcript that verifies',
  async (event) => {
    const { stage, operator, give, pendingAt, findings, tokenWorks } = await twoShares();
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

test('a crash before the state was saved brings back the very result that was written', async () => {
  const { stage, operator, give, pendingAt, findings } = await twoShares();
  await give(0);
  const first = (await give(1)).result;
  crashAfter(stage, operator, 'message-sent', pendingAt(1));
  const result = await operator.station.result();
  expect(toHex(result?.digest ?? new Uint8Array())).toBe(toHex(first?.digest ?? new Uint8Array()));
  expect(await findings(result)).toEqual([]);
});

test('a crash right after a counted share counts it once, whatever the server says by then', async () => {
  const { stage, operator, give, pendingAt, findings } = await twoShares();
  await give(0);
  crashAfter(stage, operator, 'share-submitted', pendingAt(0));
  rmSync(operator.home.ceremony(toHex(stage.ceremony)).answers, { recursive: true });
  const { result } = await give(1);
  expect(stateOf(stage, operator).submitted).toHaveLength(2);
  expect(await findings(result)).toEqual([]);
});

test('an answer that was on the disk before it had its name is found, and half a one counts as none', async () => {
  const { stage, operator, give, pendingAt, tokenWorks } = await twoShares();
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

test('a start that broke off before its attempt message was made makes it when the message is given again', async () => {
  const { server, stage, operator, start, attempt, give } = await twoShares();
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

test('an attempt message whose file is gone from the disk is made anew, and the old one is withdrawn', async () => {
  const { stage, operator, start, attempt } = await twoShares();
  rmSync(operator.home.ceremony(attempt.ceremony).message(toHex(attempt.message.digest)));
  const again = await operator.station.start(start);
  expect(toHex(again.message.digest)).not.toBe(toHex(attempt.message.digest));
  expect(eventsOf(journalOf(stage, operator))).toContain('message-withdrawn');
});

test.each(['start', 'join'] as const)(
  'an OTP start that broke off right after the server began it is taken up again by %s: the journal knows the nonce',
  async (command) => {
    const server = await rehearsalServer();
    const proxy = await startProxy(server.address);
    const stage = await newStage({ address: proxy.address });
    const [operator] = stage.operators;
    const { message } = await operator.station.status();
    const { message: start } = await otpStartMessage(stage, message);
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
      required: 3,
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

test('an answer of an earlier attempt of the same ceremony is not taken for the answer to a share that is on its way', async () => {
  const { proxy, server, stage, operator, give } = await twoShares();
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
