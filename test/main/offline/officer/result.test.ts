import { expect } from 'vitest';
import type { SignedMessage } from '../../../../shared/message/wire';
import { hexOf, openCeremony, release, type Stage, stageTest, take } from '../fixtures';

const test = stageTest(2);

/**
 * A ceremony with a one-time password, finished at one of the two stations; what the officer's journal says
 * of it.
 */
async function exceptionsOf(stage: Stage, finisher: 0 | 1): Promise<string[]> {
  const { server, cast } = stage;
  const { officer, operators, custodians } = cast;
  const stationFor = (index: number) => (index === 0 ? 1 - finisher : finisher) as 0 | 1;
  const { desk, attempts } = await openCeremony(stage, {
    method: 'otp',
    sameStationAllowed: true,
    stations: Object.fromEntries(
      custodians.map((custodian, index) => [hexOf(custodian), hexOf(operators[stationFor(index)])]),
    ),
  });
  let result: SignedMessage | null = null;
  for (const [i, custodian] of custodians.entries()) {
    const at = stationFor(i);
    const share = await release(custodian, attempts[at], server.shares[i] ?? '');
    ({ result } = await operators[at].station.submit(share));
  }
  if (result === null) throw new Error('no result');
  await take(officer, result);
  await desk.token.decode(officer.passphrase);
  return desk.file.journal.entries().flatMap((line) => (line.event === 'exception' ? [line.data.text] : []));
}

test('the officer’s transcript says where the station that opened the one-time password took the answer too', async ({
  stage,
}) => {
  expect(await exceptionsOf(stage, 0)).toEqual([
    expect.stringMatching(/opened the one-time password .* also took the answer.* allowed it in the plan/),
  ]);
  expect(await exceptionsOf(stage, 1)).toEqual([]);
}, 60_000);
