import { writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { identityMessage } from '../../../main/store/identity';
import { addPerson } from '../../../main/store/people';
import { toHex } from '../../../shared/bytes';
import type { SignedMessage } from '../../../shared/message/wire';
import type { TaskEntry } from '../../../shared/task/task';
import { opsToken } from '../online/task/handed';
import { finishCeremony, refusal, stageTest, surroundings, take } from './fixtures';

const test = stageTest(2);

test('what a task made for the officer and for a witness, each opens in the window, also after the next start', async ({
  stage,
}) => {
  const { officer, witness, operators, custodians } = stage.cast;
  const [, { station }] = operators;
  const [ada] = custodians;
  if (ada === undefined) throw new Error('nobody is there');
  const shown = await identityMessage(witness.station.identity(), new Date());
  for (const { home } of operators) await addPerson(home, shown as SignedMessage<'identity'>, new Date());
  for (const player of [officer, ...custodians]) {
    await take(player, shown);
    await player.station.person.confirm(true);
  }
  const introductions = [...officer.station.outbox.entries().values()].map(({ message }) => message);
  for (const message of [
    ...introductions.filter(({ envelope }) => envelope.type === 'identity'),
    await identityMessage(operators[1].identity, new Date()),
  ]) {
    await take(witness, message);
    await witness.station.person.confirm(true);
  }
  const tasks: TaskEntry[] = [
    opsToken(officer.station.identity().fingerprint),
    opsToken(witness.station.identity().fingerprint),
    { task: 'revoke-self' },
  ];
  const roster = [
    ...operators.map(({ identity }) => identity),
    ...[...custodians, witness].map((player) => player.station.identity()),
  ].map(({ fingerprint }) => toHex(fingerprint));
  const { desk } = await finishCeremony(stage, { tasks, roster });
  await desk.handoff.handOver();
  const handoff = desk.handoff.outbound?.message;
  if (handoff === undefined) throw new Error('no token was handed over');
  await station.takeHandoff(desk.file.message(toHex(handoff.digest), 'handoff'));
  const { outcome } = await station.goOnWithToken('run', { ceremony: desk.state.id });
  if (outcome === null) throw new Error('the token did not come to its end');
  const digest = toHex(outcome.digest);
  for (const player of [officer, witness, ada]) await take(player, outcome);

  // The officer: before the key is destroyed, and after.
  const ceremony = () => officer.station.state(surroundings).ceremony;
  expect(ceremony()).toMatchObject({ step: 'destroy', brought: digest });
  const first = await officer.station.revealBrought(digest);
  expect(JSON.parse(first)).toMatchObject({ auth: { client_token: expect.any(String) } });
  officer.station.officer().destroySecret();
  expect(ceremony()).toMatchObject({ step: 'sign-off', brought: digest });
  expect(await officer.station.revealBrought(digest)).toBe(first);

  // A witness keeps it without a ceremony, and locked it shows nothing.
  const kept = () => witness.station.state(surroundings).brought;
  expect(kept()).toEqual([expect.objectContaining({ digest, operator: 'Operator B' })]);
  const other = await witness.station.revealBrought(digest);
  expect(other).not.toBe(first);
  witness.station.lock();
  expect(kept()).toEqual([]);
  expect((await refusal(witness.station.revealBrought(digest))).code).toBe('locked');
  await witness.station.unlock(witness.passphrase);
  expect(await witness.station.revealBrought(digest)).toBe(other);

  // Nothing is for Ada, and none of it is in what a window shows.
  expect(ada.station.state(surroundings).ceremony).toMatchObject({ outcome: { brought: null } });
  expect((await refusal(ada.station.revealBrought(digest))).code).toBe('no-message');
  const [secret] = /"client_token":"[^"]+"/.exec(first) ?? [];
  expect(JSON.stringify(officer.station.state(surroundings))).not.toContain(secret ?? 'no token');

  // A home that somebody wrote to is told of, and its window still opens.
  writeFileSync(witness.home.journal(), 'from elsewhere\n');
  expect(kept()).toEqual([]);
  expect((await refusal(witness.station.revealBrought(digest))).message).toContain('was changed');
}, 120_000);
