import { expect, test } from 'vitest';
import { signMessage } from '../../../../shared/message/wire';
import { newStage, rehearsalServer, startMessage } from '../stage';

test('a start message that names no ceremony, or answers no introduction, begins nothing and says which it lacks', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [{ station, home }] = stage.operators;
  const { message } = await station.status();
  const { envelope } = await startMessage(stage, message);
  const signed = (change: { readonly ceremony?: null; readonly prev?: null }) =>
    signMessage({ ...envelope, ...change }, stage.officer.privateKey);
  await expect(station.join(await signed({ ceremony: null }))).rejects.toMatchObject({
    code: 'start-incomplete',
  });
  await expect(station.start(await signed({ prev: null }))).rejects.toMatchObject({
    code: 'start-unknown',
    message: expect.stringContaining('airlock online status'),
  });
  expect(home.listCeremonies()).toEqual([]);
  expect((await station.facts()).attempt.open).toBe(false);
});
