import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { OnlineStation } from '../../../main/online/online-station';
import { SweepDesk } from '../../../main/operator/sweep-desk';
import { sweepView } from '../../../shared/ipc/online/sweep';
import { test as base } from '../online/fixtures';

const test = base.extend<{
  desk: SweepDesk;
  station: OnlineStation;
  /** Makes a root token, and returns its accessor. */
  child: () => Promise<string>;
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from it which fixtures this one needs
  desk: async ({}, use) =>
    use(
      new SweepDesk(
        () => new Date(),
        () => undefined,
      ),
    ),
  station: async ({ operator: { home, identity }, proxy, server }, use) =>
    use(new OnlineStation({ home, identity, server: { address: proxy.address, token: server.rootToken } })),
  child: async ({ server }, use) =>
    use(async () => {
      const answer = await fetch(`${server.address}/v1/auth/token/create`, {
        method: 'POST',
        headers: { 'X-Vault-Token': server.rootToken },
        body: JSON.stringify({ policies: ['root'] }),
      });
      return ((await answer.json()) as { auth: { accessor: string } }).auth.accessor;
    }),
});

async function ended(desk: SweepDesk): Promise<void> {
  while (desk.view()?.phase === 'running') await sleep(10);
}

test('a window is told how far a sweep is, what it found, and what became of those that were chosen', async ({
  desk,
  station,
  child,
}) => {
  expect(desk.view()).toBeNull();
  const chosen = await child();
  desk.begin(station, undefined);
  expect(sweepView.parse(desk.view())).toMatchObject({ phase: 'running', asked: 0, roots: [] });
  await ended(desk);
  const done = sweepView.parse(desk.view());
  expect(done).toMatchObject({ phase: 'done', asked: 2, found: 2, onRecord: null, problem: null });
  expect(done.roots).toContainEqual(
    expect.objectContaining({ accessor: chosen, own: false, account: null, fate: 'alive', proof: '' }),
  );
  // What is no root token of this list is left alone.
  await desk.revoke(station, [chosen, 'somebodyElse']);
  const root = sweepView.parse(desk.view()).roots.find(({ accessor }) => accessor === chosen);
  expect(root).toMatchObject({ fate: 'revoked', proof: expect.stringContaining('invalid accessor') });
  await desk.revoke(station, [chosen]);
  expect(desk.view()?.roots.find(({ accessor }) => accessor === chosen)?.fate).toBe('gone');
});

test('a sweep that is stopped, or fails, says so, and is never shown as a list of all', async ({
  desk,
  station,
  proxy,
}) => {
  proxy.intercept = ({ request }) => request.url?.endsWith('/lookup-accessor') === true;
  desk.begin(station, undefined);
  // A second press begins no second one.
  desk.begin(station, undefined);
  await sleep(200);
  desk.stop();
  await ended(desk);
  expect(desk.view()).toMatchObject({
    phase: 'stopped',
    roots: [],
    problem: expect.stringContaining('stopped before its end'),
  });
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.includes('/accessors?')) return false;
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"errors":["permission denied"]}');
    return true;
  };
  desk.begin(station, undefined);
  await ended(desk);
  expect(desk.view()).toMatchObject({ phase: 'stopped', problem: expect.stringContaining('sudo') });
});

test('what a sweep finds after its station was locked is forgotten', async ({ desk, station, proxy }) => {
  proxy.intercept = ({ request }) => request.url?.endsWith('/lookup-accessor') === true;
  desk.begin(station, undefined);
  await sleep(100);
  desk.forget();
  await sleep(300);
  expect(desk.view()).toBeNull();
});
