import { beforeEach, expect, test } from 'vitest';
import type { AttemptResult } from '../../../../main/online/attempt/record';
import type { AttemptState } from '../../../../main/online/attempt/state';
import type { RehearsalServer } from '../../../../main/rehearsal/server';
import type { SignedMessage } from '../../../../shared/message/wire';
import { crossFindings } from '../../../../shared/transcript/verify';
import { crashAfter, stateOf } from '../crash';
import { startProxy } from '../proxy';
import {
  eventsOf,
  journalOf,
  newStage,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
} from '../stage';

let server: RehearsalServer;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let stage: Stage;
let attempt: AttemptResult;

beforeEach(async () => {
  server = await rehearsalServer({ shares: 3, threshold: 3 });
  proxy = await startProxy(server.address);
  stage = await newStage({ address: proxy.address });
  ({ attempt } = await startedAttempt(stage));
});

const share = (custodian: number, of = custodian) =>
  shareMessage(stage, stage.custodians[custodian] ?? stage.officer, attempt.message, server.shares[of] ?? '');
const submit = (message: SignedMessage<'share'>) => stage.operators[0].station.submit(message);

/**
 * The connection is cut at the next share, and the server counts it only once it was asked what became of it.
 */
function countedLate() {
  const late: { count: () => Promise<unknown>; state: AttemptState | null } = {
    count: async () => undefined,
    state: null,
  };
  proxy.intercept = ({ request, response, forward }) => {
    if (late.state !== null || !request.url?.endsWith('/update')) return false;
    late.state = stateOf(stage, stage.operators[0]);
    late.count = forward;
    response.destroy();
    return true;
  };
  return late;
}

const quorum = () =>
  crossFindings(journalOf(stage, stage.operators[0]).map((line) => ({ station: 'Otto', line }))).filter(
    ({ code }) => code === 'quorum',
  );

test.each(['the same message', 'a new message', 'the same message, after another that never got there'])(
  'a share that the server counts after the connection was cut counts for its custodian at the next try (%s)',
  async (how) => {
    const late = countedLate();
    const first = await share(0);
    await expect(submit(first)).rejects.toMatchObject({
      code: 'connection-lost',
      message: expect.stringContaining('Run the same command again'),
    });
    await late.count();
    if (how.includes('never got there')) {
      proxy.intercept = ({ request, response }) => {
        if (!request.url?.endsWith('/update')) return false;
        response.writeHead(307, { location: 'http://127.0.0.1:1/v1/sys/generate-root/update' }).end();
        return true;
      };
      await expect(submit(first)).rejects.toThrow();
      proxy.intercept = () => false;
    }
    expect(await submit(how === 'a new message' ? await share(0) : first)).toMatchObject({ progress: 1 });
    await submit(await share(1));
    expect(await submit(await share(2))).toMatchObject({ complete: true });
    expect(quorum()).toEqual([]);
  },
);

test('so does one whose station stopped before any of that was on record', async () => {
  const late = countedLate();
  const first = await share(0);
  await expect(submit(first)).rejects.toMatchObject({ code: 'connection-lost' });
  const [operator] = stage.operators;
  crashAfter(stage, operator, 'share-submit-intent', late.state ?? stateOf(stage, operator));
  await operator.station.result();
  await late.count();
  expect(await submit(first)).toMatchObject({ progress: 1 });
});

test('a share that the server counts late counts for its custodian in the transcript, too, where it is not given again', async () => {
  const late = countedLate();
  await expect(submit(await share(0))).rejects.toMatchObject({ code: 'connection-lost' });
  await late.count();
  await submit(await share(1));
  expect(await submit(await share(2))).toMatchObject({ complete: true });
  expect(quorum()).toEqual([]);
});

test('a last share that the server counts late leads to the sweep, once the attempt is seen to be gone', async () => {
  await submit(await share(0));
  await submit(await share(1));
  const late = countedLate();
  const last = await share(2);
  await expect(submit(last)).rejects.toMatchObject({ code: 'connection-lost' });
  await late.count();
  await expect(submit(last)).rejects.toMatchObject({
    code: 'answer-lost',
    message: expect.stringContaining('vault list auth/token/accessors'),
  });
  expect(eventsOf(journalOf(stage, stage.operators[0]))).toContain('answer-lost');
  expect(stateOf(stage, stage.operators[0]).step).toBe('lost');
});
