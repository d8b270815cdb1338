import { expect } from 'vitest';
import type { AttemptState } from '../../../../main/online/attempt/state';
import { crossFindings } from '../../../../shared/transcript/verify';
import { crashAfter, stateOf } from '../crash';
import { test as onlineTest } from '../fixtures';
import { eventsOf, journalOf } from '../stage';

interface Late {
  count: () => Promise<unknown>;
  state: AttemptState | null;
}

const test = onlineTest.extend<{
  /**
   * Cuts the connection at the next share, which the server counts only when the test says so: after it was
   * asked what became of it.
   */
  countedLate: () => Late;
  /** What verify finds wrong with the quorum. */
  quorum: () => ReturnType<typeof crossFindings>;
}>({
  countedLate: async ({ proxy, stage, operator }, use) =>
    use(() => {
      const late: Late = { count: async () => undefined, state: null };
      proxy.intercept = ({ request, response, forward }) => {
        if (late.state !== null || !request.url?.endsWith('/update')) return false;
        late.state = stateOf(stage, operator);
        late.count = forward;
        response.destroy();
        return true;
      };
      return late;
    }),
  quorum: async ({ stage, operator }, use) =>
    use(() =>
      crossFindings(journalOf(stage, operator).map((line) => ({ station: 'Otto', line }))).filter(
        ({ code }) => code === 'quorum',
      ),
    ),
});

test.override({ shape: { shares: 3, threshold: 3 } });

test.for(['the same message', 'a new message', 'the same message, after another that never got there'])(
  'a share that the server counts after the connection was cut counts for its custodian at the next try (%s)',
  async (how, { proxy, operator, shareOf, give, countedLate, quorum }) => {
    const late = countedLate();
    const first = await shareOf(0);
    await expect(operator.station.submit(first)).rejects.toMatchObject({
      code: 'connection-lost',
      message: expect.stringContaining('Give the same share again'),
    });
    await late.count();
    if (how.includes('never got there')) {
      proxy.intercept = ({ request, response }) => {
        if (!request.url?.endsWith('/update')) return false;
        response.writeHead(307, { location: 'http://127.0.0.1:1/v1/sys/generate-root/update' }).end();
        return true;
      };
      await expect(operator.station.submit(first)).rejects.toThrow();
      proxy.intercept = () => false;
    }
    expect(await operator.station.submit(how === 'a new message' ? await shareOf(0) : first)).toMatchObject({
      progress: 1,
    });
    await give(1);
    expect(await give(2)).toMatchObject({ complete: true });
    expect(quorum()).toEqual([]);
  },
);

test('so does one whose station stopped before any of that was on record', async ({
  stage,
  operator,
  shareOf,
  countedLate,
}) => {
  const late = countedLate();
  const first = await shareOf(0);
  await expect(operator.station.submit(first)).rejects.toMatchObject({ code: 'connection-lost' });
  crashAfter(stage, operator, 'share-submit-intent', late.state ?? stateOf(stage, operator));
  await operator.station.result();
  await late.count();
  expect(await operator.station.submit(first)).toMatchObject({ progress: 1 });
});

test('a share that the server counts late counts for its custodian in the transcript, too, where it is not given again', async ({
  give,
  countedLate,
  quorum,
}) => {
  const late = countedLate();
  await expect(give(0)).rejects.toMatchObject({ code: 'connection-lost' });
  await late.count();
  await give(1);
  expect(await give(2)).toMatchObject({ complete: true });
  expect(quorum()).toEqual([]);
});

test('a last share that the server counts late leads to the sweep, once the attempt is seen to be gone', async ({
  stage,
  operator,
  shareOf,
  give,
  countedLate,
}) => {
  await give(0);
  await give(1);
  const late = countedLate();
  const last = await shareOf(2);
  await expect(operator.station.submit(last)).rejects.toMatchObject({ code: 'connection-lost' });
  await late.count();
  await expect(operator.station.submit(last)).rejects.toMatchObject({
    code: 'answer-lost',
    message: expect.stringContaining('list the accessors (auth/token/accessors)'),
    typed: expect.stringContaining('vault list auth/token/accessors'),
  });
  expect(eventsOf(journalOf(stage, operator))).toContain('answer-lost');
  expect(stateOf(stage, operator).step).toBe('lost');
});
