import { expect } from 'vitest';
import { parseWire } from '../../../shared/message/wire';
import { openCeremony, stageTest, surroundings, take } from './fixtures';

const test = stageTest(2);

test('the plan says how long the token may be in somebody’s hands, and everyone who checks it reads that; a start that says nothing means an hour', async ({
  stage,
}) => {
  const { custodians, operators } = stage.cast;
  for (const [tokenMinutes, signed] of [
    [15, 15],
    [60, undefined],
  ] as const) {
    const { desk, attempts } = await openCeremony(stage, { tokenMinutes });
    const start = parseWire(attempts[0].envelope.body.start).envelope;
    if (start.type !== 'start') throw new Error('no start');
    // Earlier versions read a start with the usual time, and theirs have none.
    expect(start.body.tokenMinutes).toBe(signed);
    expect(desk.state.draft.tokenMinutes).toBe(tokenMinutes);
    const ada = custodians[0];
    if (ada === undefined) throw new Error('nobody is there');
    await take(ada, attempts[0]);
    expect(ada.station.state(surroundings).ceremony).toMatchObject({ tokenMinutes });
    await operators[0].station.cancel({ ceremony: desk.state.id });
  }
}, 60_000);
