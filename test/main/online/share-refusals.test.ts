import { beforeEach, expect, test } from 'vitest';
import type { AttemptResult } from '../../../main/online/attempt-record';
import type { RehearsalServer } from '../../../main/rehearsal/server';
import { identityMessage, type UnlockedIdentity } from '../../../main/store/identity';
import { addPerson } from '../../../main/store/people';
import { toHex } from '../../../shared/bytes';
import {
  journalOf,
  newPerson,
  newStage,
  otpStartMessage,
  random,
  rehearsalServer,
  type Stage,
  shareMessage,
  startedAttempt,
  startMessage,
} from './stage';

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

test('the same share in two messages is named as given before, and the attempt goes on', async () => {
  await submit(await shareMessage(stage, ada, attempt.message, share));
  const ben = stage.custodians[1] ?? ada;
  await expect(submit(await shareMessage(stage, ben, attempt.message, share))).rejects.toMatchObject({
    code: 'share-already-given',
  });
  const second = await submit(await shareMessage(stage, ben, attempt.message, server.shares[1] ?? ''));
  expect(second.progress).toBe(2);
});

test('a share sealed to the other station is refused here by name, and taken there', async () => {
  const [, other] = stage.operators;
  const joined = await other.station.join(attempt.message);
  const message = await shareMessage(stage, ada, joined.message, share);
  await expect(submit(message)).rejects.toMatchObject({ code: 'stale' });
  const forged = await shareMessage(stage, ada, attempt.message, share, {
    sealedTo: joined.message.envelope.body.station.sealingKey,
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

test('a start message with both a key and a password, or neither, starts nothing', async () => {
  const fresh = { ...stage, ceremony: random(16) };
  const [{ station }] = stage.operators;
  await station.cancel();
  const { message } = await station.status();
  const both = await otpStartMessage(fresh, message, { publicKey: stage.key.publicKey });
  await expect(station.start(both.message)).rejects.toMatchObject({ code: 'method' });
  await expect(station.start(await startMessage(fresh, message, { method: 'otp' }))).rejects.toMatchObject({
    code: 'method',
  });
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
