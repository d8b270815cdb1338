import { expect, test } from 'vitest';
import { encodeCbor } from '../../shared/message/cbor';
import { parseEnvelope } from '../../shared/message/envelope';
import { signMessage } from '../../shared/message/wire';
import {
  amendmentMessage,
  newStage,
  rehearsalServer,
  rosterOf,
  shareMessage,
  startMessage,
} from '../main/online/stage';

// What an officer has: the plan, its signature, and the secret that opens the token. With an operator's help
// the officer could try a plan whose token goes elsewhere than the custodians are told.

test('officer and operator can’t have a start message with method pgp and no key, or with key and one-time password at once: no laptop reads it', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const introduction = (await stage.operators[0].station.status()).message;
  const { envelope } = await startMessage(stage, introduction);
  const { publicKey: _, ...withoutKey } = envelope.body;
  const wrong = [
    withoutKey,
    { ...envelope.body, sealedOtp: new Uint8Array(64) },
    { ...envelope.body, method: 'otp' as const },
  ];
  for (const body of wrong) {
    await expect(
      signMessage({ ...envelope, body }, stage.officer.privateKey),
      'Airlock itself signs none',
    ).rejects.toMatchObject({ code: 'bad-field' });
    expect(() => parseEnvelope(encodeCbor({ ...envelope, body })), 'nor reads one').toThrow(
      expect.objectContaining({ code: 'bad-field' }),
    );
  }
  // One with neither is for an operator who has no station and is told the password: no station takes it.
  const neither = await signMessage(
    { ...envelope, body: { ...withoutKey, method: 'otp' as const } },
    stage.officer.privateKey,
  );
  await expect(stage.operators[0].station.start(neither)).rejects.toMatchObject({ code: 'method' });
});

test('an officer can’t plan that a custodian gives to somebody who is no operator, or make a quorum of nobody', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const introduction = (await stage.operators[0].station.status()).message;
  const astray = rosterOf(stage).map((person) =>
    person.role === 'custodian' ? { ...person, givesTo: stage.officer.fingerprint } : person,
  );
  const nobody = rosterOf(stage, [null, null, null, 0, 1]);
  const [otto] = stage.operators;
  await expect(
    otto.station.start(await startMessage(stage, introduction, { roster: astray })),
  ).rejects.toMatchObject({ code: 'no-station' });
  await expect(
    otto.station.start(await startMessage(stage, introduction, { roster: nobody })),
  ).rejects.toMatchObject({ code: 'quorum-too-small' });
});

test('an officer can’t swap two names on the roster, so that others would speak of the wrong person: no station starts', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [otto] = stage.operators;
  const [ada, ben] = stage.custodians;
  const introduction = (await otto.station.status()).message;
  const swapped = rosterOf(stage).map((person) =>
    person.name === ada?.name
      ? { ...person, name: ben?.name ?? '' }
      : person.name === ben?.name
        ? { ...person, name: ada?.name ?? '' }
        : person,
  );
  await expect(
    otto.station.start(await startMessage(stage, introduction, { roster: swapped })),
  ).rejects.toMatchObject({ code: 'other-name', message: expect.stringContaining('Ben') });
});

test('an officer can’t take back by an amendment what was given: the station that has the share refuses it', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [otto, petra] = stage.operators;
  const introduction = (await otto.station.status()).message;
  const start = await startMessage(stage, introduction, {
    roster: rosterOf(stage, [0, 0, 1, 1, null]),
    quorumAtOneStation: undefined,
  });
  const attempt = await otto.station.start(start);
  const joined = await petra.station.join(attempt.message);
  const [ada, , cem, , eva] = stage.custodians;
  if (ada === undefined || cem === undefined || eva === undefined) throw new Error('five custodians');
  const amendment = (insteadOf: Uint8Array, number: number, stated: boolean) =>
    amendmentMessage(stage, start, {
      number,
      steps: [{ reserve: eva.fingerprint, insteadOf, givesTo: petra.identity.fingerprint }],
      ...(stated ? { quorumAtOneStation: true as const } : {}),
    });
  await expect(petra.station.amend(await amendment(cem.fingerprint, 1, false))).rejects.toMatchObject({
    code: 'quorum-at-one-station',
  });
  await petra.station.submit(await shareMessage(stage, cem, joined.message, server.shares[2] ?? ''));
  await expect(petra.station.amend(await amendment(cem.fingerprint, 1, true))).rejects.toMatchObject({
    code: 'given-already',
  });
  const amended = await petra.station.amend(await amendment(ada.fingerprint, 2, true));
  await expect(petra.station.amend(await amendment(ada.fingerprint, 1, true))).rejects.toMatchObject({
    code: 'amendment-old',
  });
  // The attempt stays open, and the reserve's share counts in it.
  expect(amended.nonce).toBe(attempt.nonce);
  const evas = await shareMessage(stage, eva, amended.message, server.shares[4] ?? '');
  expect((await petra.station.submit(evas)).progress).toBe(2);
});

test('an officer can’t let one station come to see a quorum step by step, by an amendment that leaves out who stepped in before: the station refuses it', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [otto, petra] = stage.operators;
  const introduction = (await otto.station.status()).message;
  const start = await startMessage(stage, introduction, {
    roster: rosterOf(stage, [0, 0, 1, null, null]),
    quorumAtOneStation: undefined,
  });
  const attempt = await otto.station.start(start);
  const joined = await petra.station.join(attempt.message);
  const [ada, ben, cem, dia, eva] = stage.custodians;
  if (!ada || !ben || !cem || !dia || !eva) throw new Error('five custodians');
  const amendment = (number: number, ...steps: (readonly [typeof ada, typeof ada])[]) =>
    amendmentMessage(stage, start, {
      number,
      steps: steps.map(([reserve, insteadOf]) => ({
        reserve: reserve.fingerprint,
        insteadOf: insteadOf.fingerprint,
        givesTo: petra.identity.fingerprint,
      })),
    });
  await petra.station.submit(await shareMessage(stage, cem, joined.message, server.shares[2] ?? ''));
  const amended = await petra.station.amend(await amendment(1, [dia, ada]));
  await petra.station.submit(await shareMessage(stage, dia, amended.message, server.shares[3] ?? ''));
  // By itself each gives Petra two of three: Eva's would be her third.
  await expect(petra.station.amend(await amendment(2, [eva, ben]))).rejects.toMatchObject({
    code: 'amendment-drops',
  });
  await expect(petra.station.amend(await amendment(2, [dia, ada], [eva, ben]))).rejects.toMatchObject({
    code: 'quorum-at-one-station',
  });
  expect((await petra.station.facts()).attempt.progress).toBe(2);
});

test('an officer can’t give two people one name, or names that look alike, so that one is blamed for the other: no laptop follows such a plan', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const [otto] = stage.operators;
  const introduction = (await otto.station.status()).message;
  // The last is all Cyrillic: a whole word of one script is a name.
  for (const name of ['Ada', 'ada', '\u0410\u0501\u0430']) {
    const roster = rosterOf(stage).map((person) => (person.name === 'Ben' ? { ...person, name } : person));
    await expect(
      otto.station.start(await startMessage(stage, introduction, { roster })),
    ).rejects.toMatchObject({ code: 'named-twice' });
  }
});
