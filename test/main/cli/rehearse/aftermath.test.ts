import { expect, test } from 'vitest';
import { takeBack } from '../../../../main/cli/rehearse/aftermath';
import type { Cast } from '../../../../main/cli/rehearse/cast';
import { saveAttempt } from '../../../../main/online/attempt/state';
import { operatorNext } from '../../../../shared/ceremony/operator';
import { stateOf } from '../../online/crash';
import { newStage, rehearsalServer, startedAttempt } from '../../online/stage';

test('an attempt whose last answer was lost at its only station is cancelled where it is open still', async () => {
  const stage = await newStage({ address: (await rehearsalServer()).address });
  await startedAttempt(stage);
  const [operator] = stage.operators;
  saveAttempt(
    operator.home,
    operatorNext(stateOf(stage, operator), { type: 'ended', step: 'lost' }, new Date().toISOString()),
  );
  const { done, left } = await takeBack({ operators: [operator] } as unknown as Cast);
  expect(done).toEqual(['The attempt was cancelled.']);
  expect(left).toEqual([expect.stringContaining('Sweep for it')]);
  expect((await operator.station.facts()).attempt.open).toBe(false);
});
