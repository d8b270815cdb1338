import { expect } from 'vitest';
import type { OfflinePlayer, OnlinePlayer } from '../../main/cli/rehearse/cast';
import type { OfficerDesk } from '../../main/offline/officer/desk';
import { identityMessage } from '../../main/store/identity';
import { toHex } from '../../shared/bytes';
import type { Envelope } from '../../shared/message/envelope';
import { type SignedMessage, signMessage, wireBytes } from '../../shared/message/wire';
import type { TaskEntry } from '../../shared/task/task';
import { finishCeremony, refusal, type Stage, stageTest, surroundings, take } from '../main/offline/fixtures';

const test = stageTest(2);

const tasks: TaskEntry[] = [{ task: 'list-root-tokens' }, { task: 'revoke-self' }];

async function meet(player: OfflinePlayer, identity: SignedMessage): Promise<void> {
  await take(player, identity);
  await player.station.person.confirm(true);
}

/** A token that Operator B was handed, and the outcome that B's station has made of it. */
async function handedOver(stage: Stage) {
  const { desk } = await finishCeremony(stage, { tasks });
  await desk.handoff.handOver();
  const handoff = handoffOf(desk);
  const { station } = stage.cast.operators[1];
  await station.takeHandoff(handoff);
  const { outcome } = await station.goOnWithToken('run', { ceremony: desk.state.id });
  if (outcome === null) throw new Error('the token did not come to its end');
  return { desk, handoff, outcome };
}

function handoffOf({ handoff, file }: OfficerDesk): SignedMessage<'handoff'> {
  if (handoff.outbound === null) throw new Error('no token was handed over');
  return file.message(toHex(handoff.outbound.message.digest), 'handoff');
}

/** The outcome as an operator may sign it, whatever the server says. */
function saidBy(
  { identity }: OnlinePlayer,
  { envelope }: SignedMessage<'outcome'>,
  change: Partial<Omit<Envelope<'outcome'>, 'body'>> = {},
  body: Partial<Envelope<'outcome'>['body']> = {},
): Promise<SignedMessage<'outcome'>> {
  return signMessage(
    { ...envelope, from: identity.fingerprint, ...change, body: { ...envelope.body, ...body } },
    identity.privateKey,
  );
}

test('custodians and witnesses take an outcome only from the station that the officer’s signed handoff names, and as that station’s word', async ({
  stage,
}) => {
  const { custodians, witness, officer, operators } = stage.cast;
  const [liar, holder] = operators;
  const earlier = await handedOver(stage);
  await take(officer, earlier.outcome);
  const { outcome, handoff } = await handedOver(stage);
  for (const { message } of officer.station.outbox.entries().values())
    if (message.envelope.type === 'identity') await meet(witness, message);
  for (const { identity } of operators) await meet(witness, await identityMessage(identity, new Date()));
  const [ada] = custodians;
  if (ada === undefined) throw new Error('nobody is there');
  const { handoff: _, ...bare } = outcome.envelope.body;

  const lies = {
    'of an operator whose station never had the token': await saidBy(liar, outcome),
    'without a word of the officer’s': await signMessage(
      { ...outcome.envelope, from: liar.identity.fingerprint, body: bare },
      liar.identity.privateKey,
    ),
    'of the right station, without a word of the officer’s': await signMessage(
      { ...outcome.envelope, body: bare },
      holder.identity.privateKey,
    ),
    'with the handoff of an earlier ceremony': await saidBy(
      holder,
      outcome,
      { prev: earlier.handoff.digest },
      { handoff: wireBytes(earlier.handoff) },
    ),
    'with a handoff that it doesn’t answer': await saidBy(holder, outcome, { prev: earlier.handoff.digest }),
    'with a handoff that the operator signed': await saidBy(
      liar,
      outcome,
      {},
      {
        handoff: wireBytes(
          await signMessage(
            {
              ...handoff.envelope,
              from: liar.identity.fingerprint,
              body: { ...handoff.envelope.body, to: liar.identity.fingerprint },
            },
            liar.identity.privateKey,
          ),
        ),
      },
    ),
  };
  for (const [what, lie] of Object.entries(lies)) {
    const expected = /signed$/.test(what) ? 'signer-of-other-role' : 'unvouched';
    for (const player of [ada, witness])
      expect([what, (await refusal(take(player, lie))).code]).toEqual([what, expected]);
  }
  expect(ada.station.custodian().outcome).toBeNull();
  const omitting = await saidBy(holder, outcome, {}, { tasks: [] });
  expect((await refusal(take(ada, omitting))).code).toBe('other-tasks');

  // What it takes, it says in the station's name and not in its own.
  for (const player of [ada, witness]) {
    const taken = await take(player, outcome);
    expect(taken).toMatchObject({ text: expect.stringContaining('as Station B says') });
    expect(JSON.stringify(taken)).not.toContain('proven');
  }
  const view = ada.station.state(surroundings).ceremony;
  expect(view).toMatchObject({
    outcome: { station: 'Station B', operator: 'Operator B', vouched: true },
  });
}, 120_000);

test('the officer’s laptop takes the outcome of this handoff alone, from the station that it sealed the token to, of every task', async ({
  stage,
}) => {
  const { officer, operators } = stage.cast;
  const [liar, holder] = operators;
  const earlier = await handedOver(stage);
  const { outcome, desk } = await handedOver(stage);
  const { tasks: done } = outcome.envelope.body;
  const lies: readonly (readonly [string, Promise<SignedMessage>])[] = [
    // Another station than the token was sealed to.
    ['wrong-sender', saidBy(liar, outcome)],
    // Of another ceremony, and of another attempt of this one.
    ['other-ceremony', Promise.resolve(earlier.outcome)],
    ['other-nonce', saidBy(holder, outcome, {}, { nonce: 'another' })],
    // Made before the handoff was: it can't name it.
    ['stale', saidBy(holder, outcome, { prev: earlier.handoff.digest })],
    // Tasks left out, or more of them; something made for whom the plan makes nothing.
    ['other-tasks', saidBy(holder, outcome, {}, { tasks: [] })],
    ['other-tasks', saidBy(holder, outcome, {}, { tasks: [...done, ...done] })],
    [
      'other-tasks',
      saidBy(
        holder,
        outcome,
        {},
        {
          tasks: [
            {
              fate: 'done',
              said: '',
              brought: { to: officer.station.identity().fingerprint, sealed: new Uint8Array(80) },
            },
          ],
        },
      ),
    ],
  ];
  for (const [code, lie] of lies) expect((await refusal(take(officer, await lie))).code).toBe(code);
  expect(desk.state).toMatchObject({ step: 'decode', token: { outcome: null, revocationReported: false } });
  // Whatever the station calls itself in it: the officer knows it by the name that its result had.
  await take(officer, await saidBy(holder, outcome, {}, { label: 'Station A' }));
  expect(desk.state).toMatchObject({ step: 'destroy', token: { outcome: { station: 'Station B' } } });
}, 120_000);

test('a station refuses a handoff that names somebody else’s station', async ({ stage }) => {
  const { officer, operators } = stage.cast;
  const { desk } = await finishCeremony(stage, { tasks });
  await desk.handoff.handOver();
  const { envelope } = handoffOf(desk);
  const other = await signMessage(
    { ...envelope, body: { ...envelope.body, to: operators[0].identity.fingerprint } },
    officer.station.identity().privateKey,
  );
  expect((await refusal(operators[1].station.takeHandoff(other))).code).toBe('other-station');
}, 120_000);
