import { expect, vi } from 'vitest';
import { OnlineStation } from '../../main/online/online-station';
import { asciiBytes } from '../../shared/bytes';
import type { Body } from '../../shared/message/body';
import { type SignedMessage, signMessage } from '../../shared/message/wire';
import { hexOf, openCeremony, release, stageTest, take } from '../main/offline/fixtures';
import { test as onlineTest } from '../main/online/fixtures';
import type { Stage } from '../main/online/stage';
import { finishedAttempt, handoffMessage, opsToken } from '../main/online/task/handed';

// A token that is handed over passes an operator's station, a carrier, and the eyes of everyone beside the
// officer. Each tries to learn it, to keep it alive, or to have more done with it than the plan says.

vi.setConfig({ testTimeout: 120_000 });

const laptopTest = stageTest(2);

laptopTest(
  'an operator who copies the other station’s encoded token, and its name, gets no token sealed to his key',
  async ({ stage }) => {
    const { server, cast } = stage;
    const { officer, custodians, operators } = cast;
    const { desk, attempts } = await openCeremony(stage, {
      stations: Object.fromEntries(
        custodians.map((custodian, i) => [hexOf(custodian), hexOf(operators[i === 0 ? 1 : 0])]),
      ),
    });
    let result: SignedMessage<'result'> | null = null;
    for (const [i, custodian] of custodians.entries()) {
      const at = i === 0 ? 1 : 0;
      const share = await release(custodian, attempts[at], server.shares[i] ?? '');
      ({ result } = await operators[at].station.submit(share));
    }
    if (result === null) throw new Error('no result');
    const [honest, liar] = operators;
    const lie = async (label: string): Promise<SignedMessage<'result'>> => {
      const { envelope } = result as SignedMessage<'result'>;
      const sealingKey = new Uint8Array(32).fill(9);
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      const body: Body<'result'> = { ...envelope.body, station: { label, sealingKey, expiresAt } };
      const { fingerprint: from, privateKey } = liar.identity;
      return signMessage({ ...envelope, from, body }, privateKey);
    };
    // The planned station's name, and one that reads like it.
    for (const label of [honest.identity.station, honest.identity.station.toUpperCase()])
      await expect(take(officer, await lie(label))).rejects.toMatchObject({
        code: 'wrong-sender',
        message: expect.stringContaining(liar.name),
      });
    await take(officer, result);
    await desk.token.decode(officer.passphrase);
    // Once it is decoded, no other result takes the place of the one that it came from.
    await expect(take(officer, await lie('Station C'))).rejects.toMatchObject({ code: 'already-decoded' });
    await desk.handoff.handOver();
    expect(desk.handoff.outbound?.message.envelope).toMatchObject({ type: 'handoff', prev: result.digest });
    const taken = await honest.station.takeHandoff(desk.handoff.outbound?.message as SignedMessage);
    expect(taken.accessor).not.toBeNull();
    expect((await honest.station.goOnWithToken('revoke')).outcome).not.toBeNull();
  },
);

const test = onlineTest.extend<{ handed: Awaited<ReturnType<typeof handedOver>> }>({
  handed: async ({ stage, server }, use) => use(await handedOver(stage, server)),
});
test.override({ shape: { shares: 1, threshold: 1 } });

/** A token that was handed over, with a limited token to be made by it. */
async function handedOver(
  stage: Stage,
  server: { readonly shares: readonly string[]; readonly rootToken: string },
) {
  const result = await finishedAttempt(stage, server.shares, [
    opsToken(stage.custodians[0]?.fingerprint),
    { task: 'revoke-self' },
  ]);
  return handoffMessage(stage, result, asciiBytes(server.rootToken));
}

test('a carrier who changes any field of a handoff breaks its signature, and shown again it does nothing twice', async ({
  stage,
  operator,
  proxy,
  handed,
}) => {
  const { envelope, signature } = handed;
  const [ben = stage.officer] = stage.custodians;
  const changes: Partial<Body<'handoff'>>[] = [
    { nonce: 'another' },
    { sealedTo: new Uint8Array(8) },
    { sealed: new Uint8Array(80) },
    { expiresAt: '2099-01-01T00:00:00Z' },
  ];
  for (const change of changes) {
    // Made by a signer's own program, then given the officer's signature.
    const changed = { ...envelope, body: { ...envelope.body, ...change } };
    const forged = { ...(await signMessage(changed, ben.privateKey)), signature };
    await expect(operator.station.takeHandoff(forged)).rejects.toMatchObject({ code: 'bad-signature' });
  }
  await operator.station.takeHandoff(handed);
  const done = await operator.station.goOnWithToken('run');
  expect(done.outcome).not.toBeNull();
  const asked: string[] = [];
  proxy.intercept = ({ request }) => {
    asked.push(request.url ?? '');
    return false;
  };
  expect((await operator.station.takeHandoff(handed)).next).toEqual({ kind: 'over' });
  for (const choice of ['run', 'again', 'go-on', 'revoke'] as const)
    expect((await operator.station.goOnWithToken(choice)).outcome?.digest).toEqual(done.outcome?.digest);
  expect(asked).toEqual([]);
});

test('an operator who presses twice, or at two windows of one home, has each task done once', async ({
  operator,
  proxy,
  handed,
}) => {
  await operator.station.takeHandoff(handed);
  let made = 0;
  proxy.intercept = ({ request }) => {
    if (request.url?.endsWith('auth/token/create')) made += 1;
    return false;
  };
  const second = new OnlineStation({
    home: operator.home,
    identity: operator.identity,
    server: { address: proxy.address },
  });
  const both = await Promise.allSettled([
    operator.station.goOnWithToken('run'),
    operator.station.goOnWithToken('run'),
    second.goOnWithToken('run'),
  ]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'nothing-asked', message: expect.stringContaining('at this moment') },
  });
  expect(made).toBe(1);
  expect((await operator.station.tokenWork()).outcome).not.toBeNull();
});
