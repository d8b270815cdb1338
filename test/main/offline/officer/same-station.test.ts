import { expect } from 'vitest';
import { toHex } from '../../../../shared/bytes';
import { startOf } from '../../../../shared/ceremony/officer';
import type { SignedMessage } from '../../../../shared/message/wire';
import { type Stage, stageTest, take } from '../fixtures';

const test = stageTest(2);

/**
 * A ceremony with a one-time password, finished at one of the two stations; what the officer's journal says
 * of it.
 */
async function exceptionsOf({ server, cast }: Stage, finisher: 0 | 1): Promise<string[]> {
  const { officer, operators, custodians } = cast;
  officer.station.beginCeremony(true);
  await take(officer, (await operators[0].station.status()).message);
  const desk = officer.station.officer();
  desk.plan.agree({
    ...desk.state.draft,
    title: 'Rehearsal',
    purpose: 'Practice',
    method: 'otp',
    roster: [
      ...operators.map(({ identity }) => identity),
      ...custodians.map(({ station }) => station.identity()),
    ].map(({ fingerprint }) => toHex(fingerprint)),
    sameStationAllowed: true,
  });
  await desk.key.makeOtp();
  desk.startSent();
  const opened = await operators[0].station.start(desk.file.message(startOf(desk.state) ?? '', 'start'));
  const joined = await operators[1].station.join(opened.message);
  let result: SignedMessage | null = null;
  for (const [i, custodian] of custodians.entries()) {
    const at = i === 0 ? 1 - finisher : finisher;
    await take(custodian, at === 0 ? opened.message : joined.message);
    custodian.station.custodian().check(true, '');
    await custodian.station.custodian().enterShare({ kind: 'text', text: server.shares[i] ?? '' });
    const share = await custodian.station.custodian().release();
    ({ result } = await operators[at === 0 ? 0 : 1].station.submit(share));
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
