import { expect, test } from 'vitest';
import { identityMessage } from '../../main/store/identity';
import { toHex } from '../../shared/bytes';
import type { Body } from '../../shared/message/body';
import { type SignedMessage, signMessage, wireBytes } from '../../shared/message/wire';
import { makeKeyPair } from '../../shared/openpgp/key-pair';
import { urText } from '../../shared/qr/ur';
import { stationOn, surroundings } from '../main/offline/fixtures';
import {
  amendmentMessage,
  newFolder,
  newStage,
  rehearsalServer,
  rosterOf,
  type Stage,
  startMessage,
} from '../main/online/stage';

// What an operator has: a station, a server, the messages that pass through it, and a voice to talk people
// over.

/** A custodian's laptop that knows everyone of the stage by their words. */
async function laptopOf(stage: Stage) {
  const station = stationOn(newFolder());
  await station.person.create({
    name: 'Cleo',
    role: 'custodian',
    station: "Cleo's laptop",
    passphrase: 'correct horse battery',
  });
  for (const person of [stage.officer, ...stage.operators.map(({ identity }) => identity)]) {
    await station.receiveText(urText(wireBytes(await identityMessage(person, new Date()))), 'paste');
    await station.person.confirm(true);
  }
  return station;
}

/**
 * A roster with Cleo in the first custodian's place. `at`: whose station takes her share; null for a reserve.
 */
function withCleo(stage: Stage, cleo: Uint8Array, at: 0 | 1 | null): Body<'start'>['roster'] {
  const givesTo = at === null ? {} : { givesTo: stage.operators[at].identity.fingerprint };
  // With her, no operator has more than two of the three that are needed.
  const others = { 0: [1, 0, null, 1, null], 1: [null, 0, 0, 1, null], none: [1, 0, 0, 1, null] } as const;
  return [
    ...rosterOf(stage, others[at ?? 'none']),
    { name: 'Cleo', role: 'custodian', fingerprint: cleo, ...givesTo },
  ];
}

/** An attempt message as an operator may sign it, whatever the server says. */
function attemptBy(
  stage: Stage,
  operator: 0 | 1,
  start: SignedMessage<'start'>,
  change: Partial<Body<'attempt'>> = {},
): Promise<SignedMessage<'attempt'>> {
  const { identity } = stage.operators[operator];
  return signMessage(
    {
      v: 1,
      type: 'attempt',
      ceremony: stage.ceremony,
      prev: start.digest,
      issuedAt: new Date().toISOString(),
      from: identity.fingerprint,
      body: {
        start: wireBytes(start),
        server: start.envelope.body.server,
        station: {
          label: identity.station,
          sealingKey: new Uint8Array(32).fill(9),
          expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
        },
        nonce: 'n1',
        required: 3,
        progress: 0,
        pgpFingerprint: toHex(stage.key.fingerprint),
        ...change,
      },
    },
    identity.privateKey,
  );
}

const shown = (message: SignedMessage): string => urText(wireBytes(message));

test('an operator who starts an attempt with a key of his own gets fewer shares than a quorum: the others’ laptops refuse him by name', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const introduction = (await stage.operators[0].station.status()).message;
  const cleo = await laptopOf(stage);
  const start = await startMessage(stage, introduction, {
    roster: withCleo(stage, cleo.identity().fingerprint, 1),
    quorumAtOneStation: undefined,
  });
  // On the server stands Otto's own key; his message names the officer's.
  const lie = await attemptBy(stage, 0, start);
  await expect(cleo.receiveText(shown(lie), 'qr')).rejects.toMatchObject({
    code: 'gives-elsewhere',
    message: expect.stringContaining('Petra'),
  });
  expect(cleo.state(surroundings).ceremony).toBeNull();
});

test('an operator with a key of his own on the server is found out by the second operator, who asks the server itself', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const introduction = (await stage.operators[0].station.status()).message;
  const own = await makeKeyPair({ name: 'Own', algorithm: 'curve25519', now: new Date(), use: 'encrypt' });
  const plan = { roster: rosterOf(stage, [0, 1, 0, 1, null]), quorumAtOneStation: undefined };
  const honest = await startMessage(stage, introduction, plan);
  // Otto begins the attempt by himself, with his own key, over the server's plain interface.
  const begun = await fetch(`${server.address}/v1/sys/generate-root/attempt`, {
    method: 'PUT',
    body: JSON.stringify({ pgp_key: Buffer.from(own.publicKey).toString('base64') }),
  });
  const { nonce } = (await begun.json()) as { nonce: string };
  const lie = await attemptBy(stage, 0, honest, { nonce });
  await expect(stage.operators[1].station.join(lie)).rejects.toMatchObject({ code: 'other-key' });
});

test('no plan gives one operator a quorum unless the officer states it, and then the custodian reads that it is so', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const introduction = (await stage.operators[0].station.status()).message;
  const cleo = await laptopOf(stage);
  const all = [...rosterOf(stage), ...withCleo(stage, cleo.identity().fingerprint, 0).slice(-1)];
  const unstated = await startMessage(stage, introduction, { roster: all, quorumAtOneStation: undefined });
  await expect(cleo.receiveText(shown(await attemptBy(stage, 0, unstated)), 'qr')).rejects.toMatchObject({
    code: 'quorum-at-one-station',
    message: expect.stringContaining('Otto alone could take the token and rebuild the root key'),
  });
  await expect(stage.operators[0].station.start(unstated)).rejects.toMatchObject({
    code: 'quorum-at-one-station',
  });
  const stated = await startMessage(stage, introduction, { roster: all });
  await cleo.receiveText(shown(await attemptBy(stage, 0, stated)), 'qr');
  expect(cleo.custodian().state.checks).toContainEqual({
    ok: false,
    text: 'By this plan Otto alone could take the token and rebuild the root key. The officer states that it may be so.',
  });
});

test('an operator with an old plan opens no ceremony again that the custodian has signed off', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const introduction = (await stage.operators[0].station.status()).message;
  const cleo = await laptopOf(stage);
  const start = await startMessage(stage, introduction, {
    roster: withCleo(stage, cleo.identity().fingerprint, 0),
    quorumAtOneStation: undefined,
  });
  await cleo.receiveText(shown(await attemptBy(stage, 0, start)), 'qr');
  cleo.custodian().check(true, '');
  await cleo.transcript.signOff();
  const { paths } = cleo.custodian().file;
  const closed = cleo.custodian().file.journal.head;
  const again = await attemptBy(stage, 0, start, { nonce: 'n2' });
  await expect(cleo.receiveText(shown(again), 'qr')).rejects.toMatchObject({ code: 'signed-off' });
  cleo.leave();
  await expect(cleo.receiveText(shown(again), 'qr')).rejects.toMatchObject({ code: 'signed-off' });
  const { id } = { id: paths.dir.split('/').at(-1) ?? '' };
  await cleo.openCeremony(id);
  expect(cleo.custodian().file.journal.head).toBe(closed);
  expect(cleo.transcript.checkpoint).not.toBeNull();
  const refused = cleo.person
    .journal()
    .entries()
    .filter(({ event, data }) => event === 'message-refused' && data.code === 'signed-off');
  expect(refused).toHaveLength(2);
});

test('an operator can’t name himself another custodian’s station by an amendment that the officer did not sign', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const introduction = (await stage.operators[0].station.status()).message;
  const cleo = await laptopOf(stage);
  const start = await startMessage(stage, introduction, {
    roster: withCleo(stage, cleo.identity().fingerprint, null),
    quorumAtOneStation: undefined,
  });
  const { identity } = stage.operators[0];
  const steps = [
    {
      reserve: cleo.identity().fingerprint,
      insteadOf: stage.custodians[0]?.fingerprint ?? identity.fingerprint,
      givesTo: identity.fingerprint,
    },
  ];
  const amendment = (signer: typeof identity) => amendmentMessage(stage, start, { number: 1, steps }, signer);
  await expect(cleo.receiveText(shown(await attemptBy(stage, 0, start)), 'qr')).rejects.toMatchObject({
    code: 'gives-elsewhere',
  });
  const forged = await attemptBy(stage, 0, start, { amendment: wireBytes(await amendment(identity)) });
  await expect(cleo.receiveText(shown(forged), 'qr')).rejects.toMatchObject({ code: 'signer-of-other-role' });
  // The officer's own would give Otto three: his two of the plan and this one.
  const real = await attemptBy(stage, 0, start, { amendment: wireBytes(await amendment(stage.officer)) });
  await expect(cleo.receiveText(shown(real), 'qr')).rejects.toMatchObject({ code: 'quorum-at-one-station' });
});
