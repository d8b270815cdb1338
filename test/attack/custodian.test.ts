import { beforeEach, expect, test } from 'vitest';
import type { AttemptResult } from '../../main/online/attempt/record';
import type { RehearsalServer } from '../../main/rehearsal/server';
import type { SignedMessage } from '../../shared/message/wire';
import {
  journalOf,
  newStage,
  rehearsalServer,
  rosterOf,
  type Stage,
  shareMessage,
  startedAttempt,
  startMessage,
} from '../main/online/stage';

// What a custodian has: a share (here and there more than one), a laptop, and the attempt codes of both
// stations.

let server: RehearsalServer;
let stage: Stage;

beforeEach(async () => {
  server = await rehearsalServer();
  stage = await newStage({ address: server.address });
});

const ada = () => stage.custodians[0] ?? stage.officer;
const ben = () => stage.custodians[1] ?? stage.officer;
const submit = (message: SignedMessage) => stage.operators[0].station.submit(message);
const progress = async () => (await stage.operators[0].station.facts()).attempt.progress;

test('a custodian who gives two different shares in one attempt is refused at the second, by name, before the server sees it', async () => {
  const { attempt } = await startedAttempt(stage);
  await submit(await shareMessage(stage, ada(), attempt.message, server.shares[0] ?? ''));
  const second = await shareMessage(stage, ada(), attempt.message, server.shares[1] ?? '');
  await expect(submit(second)).rejects.toMatchObject({
    code: 'given-already',
    message: expect.stringContaining('Ada'),
  });
  expect(await progress()).toBe(1);
  const intents = journalOf(stage, stage.operators[0]).filter(({ event }) => event === 'share-submit-intent');
  expect(intents).toHaveLength(1);
});

test('a custodian who holds two shares by the plan gives both, and no third', async () => {
  const { message } = await stage.operators[0].station.status();
  const roster = rosterOf(stage).map((person) => (person.name === 'Ada' ? { ...person, shares: 2 } : person));
  const attempt = await stage.operators[0].station.start(await startMessage(stage, message, { roster }));
  for (const index of [0, 1])
    await submit(await shareMessage(stage, ada(), attempt.message, server.shares[index] ?? ''));
  expect(await progress()).toBe(2);
  const third = await shareMessage(stage, ada(), attempt.message, server.shares[2] ?? '');
  await expect(submit(third)).rejects.toMatchObject({ code: 'given-already' });
});

test('two custodians who give one and the same share are told apart from two shares before the server is asked', async () => {
  const { attempt } = await startedAttempt(stage);
  await submit(await shareMessage(stage, ada(), attempt.message, server.shares[0] ?? ''));
  const same = await shareMessage(stage, ben(), attempt.message, server.shares[0] ?? '');
  await expect(submit(same)).rejects.toMatchObject({
    code: 'same-share',
    message: expect.stringMatching(/Ben.*Ada/),
  });
  const intents = journalOf(stage, stage.operators[0]).filter(({ event }) => event === 'share-submit-intent');
  expect(intents).toHaveLength(1);
});

test('a custodian of the other station, and a reserve, can’t give here', async () => {
  const { message } = await stage.operators[0].station.status();
  const attempt: AttemptResult = await stage.operators[0].station.start(
    await startMessage(stage, message, {
      roster: rosterOf(stage, [1, null, 0, 0, 1]),
      quorumAtOneStation: undefined,
    }),
  );
  const adas = await shareMessage(stage, ada(), attempt.message, server.shares[0] ?? '');
  await expect(submit(adas)).rejects.toMatchObject({
    code: 'gives-elsewhere',
    message: expect.stringContaining('Petra'),
  });
  const bens = await shareMessage(stage, ben(), attempt.message, server.shares[1] ?? '');
  await expect(submit(bens)).rejects.toMatchObject({
    code: 'gives-elsewhere',
    message: expect.stringContaining('reserve'),
  });
  expect(await progress()).toBe(0);
});
