import { existsSync } from 'node:fs';
import { expect } from 'vitest';
import { readJournal } from '../../../../main/store/journal-lines';
import type { SignedMessage } from '../../../../shared/message/wire';
import { finishCeremony, refusal, stageTest, take } from '../../offline/fixtures';

const test = stageTest(2);

test('a result is made anew with a new key: the officer’s laptop takes the newer one, and the station opens nothing that was sealed to the old one', async ({
  stage,
}) => {
  const { officer, operators } = stage.cast;
  const { station, home } = operators[1];
  const { desk, result } = await finishCeremony(stage, { tasks: [{ task: 'revoke-self' }] });
  const { id } = desk.state;
  const handoff = (): SignedMessage => {
    if (desk.handoff.outbound === null) throw new Error('nothing was handed over');
    return desk.handoff.outbound.message;
  };
  await desk.handoff.handOver();
  const late = handoff();

  const renewed = await station.renewResult(id);
  const { body } = renewed.envelope;
  expect(body.encodedToken).toBe(result.envelope.body.encodedToken);
  expect(body.station?.sealingKey).not.toEqual(result.envelope.body.station?.sealingKey);
  // Asked for the result, it shows the newer one; the old key is gone, and all of it is on record.
  expect((await station.result(id))?.digest).toEqual(renewed.digest);
  const lines = readJournal(home.ceremony(id).journal).lines;
  expect(lines.slice(-3)).toMatchObject([
    { event: 'secret-destroyed', data: { what: 'sealing-key' } },
    { event: 'message-sent', data: { type: 'result' } },
    { event: 'message-withdrawn', data: { type: 'result' } },
  ]);
  expect((await refusal(station.takeHandoff(late))).code).toBe('other-station');

  await take(officer, renewed);
  expect(desk.state).toMatchObject({ step: 'decode', token: { handoff: null } });
  expect(desk.token.isHeld).toBe(true);
  // The one before is no answer any more, nor is another station's.
  expect((await refusal(take(officer, result))).code).toBe('already-decoded');
  await desk.handoff.handOver();
  await station.takeHandoff(handoff());
  const done = await station.goOnWithToken('run', { ceremony: id });
  expect(done.outcome).not.toBeNull();
  if (done.outcome !== null) await take(officer, done.outcome);
  expect(desk.state.step).toBe('destroy');
  // Nothing is made anew once a token was handed over.
  expect((await refusal(station.renewResult(id))).code).toBe('taken-before');
  expect(existsSync(home.ceremony(id).handoffKey)).toBe(false);
}, 120_000);

test('a station without a result, or whose token is dead, makes none anew', async ({ stage }) => {
  const { operators } = stage.cast;
  const { desk } = await finishCeremony(stage, { tasks: [{ task: 'revoke-self' }] });
  const { id } = desk.state;
  expect((await refusal(operators[0].station.renewResult(id))).code).toBe('no-result');
  const token = new TextEncoder().encode(desk.token.reveal());
  await operators[1].station.revoke({ token }, { ceremony: id });
  expect((await refusal(operators[1].station.renewResult(id))).code).toBe('not-renewed');
}, 120_000);
