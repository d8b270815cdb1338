import { beforeEach, expect, test } from 'vitest';
import type { AttemptResult } from '../../../../main/online/attempt/record';
import type { RehearsalServer } from '../../../../main/rehearsal/server';
import { identityMessage, type UnlockedIdentity } from '../../../../main/store/identity';
import { addPerson } from '../../../../main/store/people';
import { toHex } from '../../../../shared/bytes';
import { sealingKeyId } from '../../../../shared/message/seal';
import { signMessage } from '../../../../shared/message/wire';
import { findingsOf } from '../crash';
import { startProxy } from '../proxy';
import {
  journalOf,
  newPerson,
  newStage,
  otpStartMessage,
  random,
  rehearsalServer,
  rosterOf,
  type Stage,
  shareMessage,
  startedAttempt,
  startMessage,
} from '../stage';

let server: RehearsalServer;
let stage: Stage;
let attempt: AttemptResult;
let ada: UnlockedIdentity;
let share: string;

beforeEach(async () => {
  server = await rehearsalServer();
  stage = await newStage({ address: server.address });
  attempt = (await startedAttempt(stage)).attempt;
  ada = stage.custodians[0] ?? stage.officer;
  share = server.shares[0] ?? '';
});

const submit = (message: Awaited<ReturnType<typeof shareMessage>>) =>
  stage.operators[0].station.submit(message);

async function nothingArrived() {
  expect((await stage.operators[0].station.facts()).attempt).toMatchObject({ open: true, progress: 0 });
}

test('a share message serves once: the same code again is refused, and the first one still counts', async () => {
  const message = await shareMessage(stage, ada, attempt.message, share);
  await submit(message);
  await expect(submit(message)).rejects.toMatchObject({
    code: 'already-submitted',
    message: expect.stringContaining('Ada'),
  });
  expect((await stage.operators[0].station.facts()).attempt.progress).toBe(1);
});

test('the same share under two names is named before the server sees it, and the attempt goes on', async () => {
  await submit(await shareMessage(stage, ada, attempt.message, share));
  const ben = stage.custodians[1] ?? ada;
  await expect(submit(await shareMessage(stage, ben, attempt.message, share))).rejects.toMatchObject({
    code: 'same-share',
  });
  const second = await submit(await shareMessage(stage, ben, attempt.message, server.shares[1] ?? ''));
  expect(second.progress).toBe(2);
});

test('a share sealed to the other station is refused here by name, and taken there', async () => {
  stage = await newStage({ address: server.address });
  await fetch(`${server.address}/v1/sys/generate-root/attempt`, { method: 'DELETE' });
  stage.stations = [1];
  attempt = (await startedAttempt(stage)).attempt;
  ada = stage.custodians[0] ?? stage.officer;
  const [, other] = stage.operators;
  const joined = await other.station.join(attempt.message);
  const message = await shareMessage(stage, ada, joined.message, share);
  await expect(submit(message)).rejects.toMatchObject({ code: 'other-station' });
  const forged = await shareMessage(stage, ada, attempt.message, share, {
    sealedTo: sealingKeyId(joined.message.envelope.body.station.sealingKey),
  });
  await expect(submit(forged)).rejects.toMatchObject({ code: 'other-station' });
  await nothingArrived();
  expect((await other.station.submit(message)).progress).toBe(1);
});

test('a share for another nonce, or one whose time has passed, is refused and never sent', async () => {
  await expect(
    submit(await shareMessage(stage, ada, attempt.message, share, { nonce: 'another-nonce' })),
  ).rejects.toMatchObject({
    code: 'other-nonce',
  });
  const expired = await shareMessage(stage, ada, attempt.message, share, {
    expiresAt: '2020-01-01T00:00:00.000Z',
  });
  await expect(submit(expired)).rejects.toMatchObject({ code: 'expired' });
  await nothingArrived();
});

test('a share whose words outside the seal were changed cannot be opened', async () => {
  const later = new Date(Date.now() + 3600_000).toISOString();
  const honest = await shareMessage(stage, ada, attempt.message, share);
  const longer = await shareMessage(stage, ada, attempt.message, share, {
    sealed: honest.envelope.body.sealed,
    expiresAt: later,
  });
  await expect(submit(longer)).rejects.toMatchObject({ code: 'not-for-this-station' });
  await nothingArrived();
});

test('a share from someone who is known but not on the roster is refused by name', async () => {
  const zoe = await newPerson('Zoe', 'custodian');
  await addPerson(stage.operators[0].home, await identityMessage(zoe, new Date()), new Date());
  await expect(submit(await shareMessage(stage, zoe, attempt.message, share))).rejects.toMatchObject({
    code: 'not-on-roster',
    message: expect.stringContaining('Zoe'),
  });
  await nothingArrived();
});

test('a share from someone nobody knows here, or from the officer, is refused', async () => {
  const stranger = await newPerson('Mallory', 'custodian');
  await expect(submit(await shareMessage(stage, stranger, attempt.message, share))).rejects.toMatchObject({
    code: 'unknown-signer',
  });
  await expect(
    submit(await shareMessage(stage, stage.officer, attempt.message, share)),
  ).rejects.toMatchObject({ code: 'wrong-sender' });
  await nothingArrived();
});

test('a share of another ceremony is refused, and so is any other type of message', async () => {
  const elsewhere = { ...stage, ceremony: random(16) };
  await expect(submit(await shareMessage(elsewhere, ada, attempt.message, share))).rejects.toMatchObject({
    code: 'no-ceremony',
  });
  const { message } = await stage.operators[1].station.status();
  await expect(stage.operators[0].station.submit(message)).rejects.toMatchObject({
    code: 'wrong-direction',
  });
});

test('every refusal stands in the journal, and no share does', async () => {
  const expired = await shareMessage(stage, ada, attempt.message, share, {
    expiresAt: '2020-01-01T00:00:00.000Z',
  });
  await expect(submit(expired)).rejects.toThrow();
  await submit(await shareMessage(stage, ada, attempt.message, share));
  const lines = journalOf(stage, stage.operators[0]);
  expect(lines.find(({ event }) => event === 'message-refused')?.data).toMatchObject({ code: 'expired' });
  expect(JSON.stringify(lines)).not.toContain(share);
});

test('every share that was refused at a station is accounted for, so an honest ceremony verifies', async () => {
  server = await rehearsalServer({ shares: 4, threshold: 2 });
  stage = await newStage({ address: server.address });
  stage.stations = [0, 1, 1, 0];
  const [first = ada, ben = ada, cem = ada, dia = ada] = stage.custodians;
  ada = first;
  const [otto, petra] = stage.operators;
  const { message } = await otto.station.status();
  const { message: start } = await otpStartMessage(stage, message);
  const opened = await otto.station.start(start);
  const joined = await petra.station.join(opened.message);
  const [one = '', two = '', three = '', four = ''] = server.shares;
  const expired = await shareMessage(stage, ada, opened.message, one, {
    expiresAt: '2020-01-01T00:00:00.000Z',
  });
  const elsewhere = await shareMessage(stage, ada, joined.message, one);
  const counted = await shareMessage(stage, ada, opened.message, one);
  const held = await shareMessage(stage, dia, opened.message, four);
  const last = await shareMessage(stage, ben, joined.message, two);
  const surplus = await shareMessage(stage, cem, joined.message, three);
  const late = await shareMessage(stage, dia, opened.message, four);
  const refusals: [typeof otto, typeof expired, string][] = [
    [otto, expired, 'expired'],
    [otto, elsewhere, 'other-station'],
  ];
  for (const [at, share, code] of refusals) {
    await expect(at.station.submit(share)).rejects.toMatchObject({ code });
  }
  await otto.station.submit(counted);
  await expect(otto.station.submit(held)).rejects.toMatchObject({ code: 'would-finish' });
  const { result } = await petra.station.submit(last);
  await expect(petra.station.submit(surplus)).rejects.toMatchObject({ code: 'already-finished' });
  await expect(otto.station.submit(late)).rejects.toMatchObject({ code: 'attempt-changed' });
  const refused = [...journalOf(stage, otto), ...journalOf(stage, petra)].flatMap((line) =>
    line.event === 'message-refused' ? [[line.data.code, line.data.type, line.data.digest]] : [],
  );
  expect(refused).toEqual([
    ['expired', 'share', toHex(expired.digest)],
    ['other-station', 'share', toHex(elsewhere.digest)],
    ['would-finish', 'share', toHex(held.digest)],
    ['already-finished', 'share', toHex(surplus.digest)],
  ]);
  const found = await findingsOf(stage, [otto, petra], {
    sent: [
      [stage.officer, start],
      ...[expired, elsewhere, counted].map((each) => [ada, each] as const),
      [ben, last],
      [cem, surplus],
      ...[held, late].map((each) => [dia, each] as const),
    ],
    received: [
      [ada, opened.message],
      [ada, joined.message],
      [stage.officer, result ?? start],
    ],
  });
  expect(found).toEqual([]);
});

test('a share that a server out of reach kept from being taken in is on record as received', async () => {
  const message = await shareMessage(stage, ada, attempt.message, share);
  await server.close();
  await expect(submit(message)).rejects.toMatchObject({ code: 'unreachable' });
  const events = journalOf(stage, stage.operators[0]).filter(
    (line) => line.event === 'message-received' && line.data.type === 'share',
  );
  expect(events).toHaveLength(1);
});

test('a share answers the attempt message of this station, and nothing else: not the start message', async () => {
  const honest = await shareMessage(stage, ada, attempt.message, share);
  const prev = attempt.message.envelope.prev;
  const answersStart = await signMessage({ ...honest.envelope, prev }, ada.privateKey);
  await expect(submit(answersStart)).rejects.toMatchObject({ code: 'stale' });
  await nothingArrived();
});

test('how many shares this station has seen counts the messages over all attempts, from the moment of opening, and not the people', async () => {
  const [{ station }] = stage.operators;
  const [, ben = ada] = stage.custodians;
  expect((await submit(await shareMessage(stage, ada, attempt.message, share))).sharesSeenHere).toBe(1);
  await station.cancel();
  const { message } = await station.status();
  const roster = rosterOf(stage).map((person) => (person.name === 'Ada' ? { ...person, shares: 2 } : person));
  const again = await station.start(await startMessage(stage, message, { roster }));
  const bens = await shareMessage(stage, ben, again.message, server.shares[1] ?? '');
  expect((await submit(bens)).sharesSeenHere).toBe(2);
  // Ada holds two shares: this station has seen a whole quorum from two people.
  const adas = await shareMessage(stage, ada, again.message, server.shares[2] ?? '');
  expect(await submit(adas)).toMatchObject({ progress: 2, sharesSeenHere: 3 });
});

test('a share that was opened and never reached the server counts as seen', async () => {
  const proxy = await startProxy(server.address);
  stage = await newStage({ address: proxy.address });
  await fetch(`${server.address}/v1/sys/generate-root/attempt`, { method: 'DELETE' });
  attempt = (await startedAttempt(stage)).attempt;
  const [one = ada, two = ada] = stage.custodians;
  proxy.intercept = ({ request, response }) => {
    if (!request.url?.endsWith('/update')) return false;
    response.destroy();
    return true;
  };
  await expect(submit(await shareMessage(stage, one, attempt.message, share))).rejects.toMatchObject({
    code: 'connection-lost',
  });
  proxy.intercept = () => false;
  const counted = await submit(await shareMessage(stage, two, attempt.message, server.shares[1] ?? ''));
  expect(counted).toMatchObject({ progress: 1, sharesSeenHere: 2 });
});

test('a start message is refused when its signer is no officer, or this operator is not on its roster', async () => {
  const fresh = { ...stage, ceremony: random(16) };
  const [{ station, identity }] = stage.operators;
  await station.cancel();
  const { message } = await station.status();
  await expect(station.start(await startMessage(fresh, message, {}, ada))).rejects.toMatchObject({
    code: 'wrong-sender',
  });
  const roster = stage.custodians.map(({ name, role, fingerprint }) => ({ name, role, fingerprint }));
  await expect(station.start(await startMessage(fresh, message, { roster }))).rejects.toMatchObject({
    code: 'not-on-roster',
    message: expect.stringContaining(identity.name),
  });
  expect((await station.facts()).attempt.open).toBe(false);
});

test('a start message with both a key and a password is not even made, and one with neither starts nothing', async () => {
  const fresh = { ...stage, ceremony: random(16) };
  const [{ station }] = stage.operators;
  await station.cancel();
  const { message } = await station.status();
  await expect(otpStartMessage(fresh, message, { publicKey: stage.key.publicKey })).rejects.toMatchObject({
    code: 'bad-field',
  });
  // One with neither is for an operator without a station: no station takes it.
  const neither = await startMessage(fresh, message, { method: 'otp' });
  await expect(station.start(neither)).rejects.toMatchObject({ code: 'method' });
  expect((await station.facts()).attempt.open).toBe(false);
});

test('a plan for another server, another threshold, another otp_length or a rehearsal starts nothing', async () => {
  const fresh = { ...stage, ceremony: random(16) };
  const [{ station }] = stage.operators;
  await station.cancel();
  const { message } = await station.status();
  const other = { ...message.envelope.body.server, clusterId: 'another-cluster' };
  await expect(station.start(await startMessage(fresh, message, { server: other }))).rejects.toMatchObject({
    code: 'other-server',
  });
  await expect(station.start(await startMessage(fresh, message, { threshold: 2 }))).rejects.toMatchObject({
    code: 'threshold',
  });
  const otp = await otpStartMessage(fresh, message, { otpLength: 26 });
  await expect(station.start(otp.message)).rejects.toMatchObject({ code: 'otp-length' });
  await expect(station.start(await startMessage(fresh, message, { rehearsal: true }))).rejects.toMatchObject({
    code: 'rehearsal-mixed',
  });
  expect((await station.facts()).attempt.open).toBe(false);
  await expect(station.start(await startMessage(fresh, message))).resolves.toMatchObject({
    ceremony: toHex(fresh.ceremony),
  });
});
