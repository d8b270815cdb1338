import { expect, test } from 'vitest';
import { startProxy } from '../proxy';
import { eventsOf, journalOf, newStage, rehearsalServer, startedAttempt } from '../stage';

test('an attempt that is open still after the server took the cancel is not said to be cancelled', async () => {
  const server = await rehearsalServer();
  const proxy = await startProxy(server.address);
  const stage = await newStage({ address: proxy.address });
  const [operator] = stage.operators;
  await startedAttempt(stage);
  proxy.intercept = ({ request, response }) => {
    if (request.method !== 'DELETE') return false;
    response.writeHead(204).end();
    return true;
  };
  await expect(operator.station.cancel()).rejects.toMatchObject({ code: 'not-cancelled' });
  const events = eventsOf(journalOf(stage, operator));
  expect(events).toContain('cancel-intent');
  expect(events).not.toContain('attempt-cancelled');
});
