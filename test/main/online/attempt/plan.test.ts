import { expect } from 'vitest';
import { toHex } from '../../../../shared/bytes';
import { signMessage } from '../../../../shared/message/wire';
import { test } from '../fixtures';
import { otpStartMessage, startMessage } from '../stage';

test('a start message that names no ceremony, or answers no introduction, begins nothing and says which it lacks', async ({
  stage,
  operator: { station, home },
}) => {
  const { message } = await station.status();
  const { envelope } = await startMessage(stage, message);
  const signed = (change: { readonly ceremony?: null; readonly prev?: null }) =>
    signMessage({ ...envelope, ...change }, stage.officer.privateKey);
  await expect(station.join(await signed({ ceremony: null }))).rejects.toMatchObject({
    code: 'start-incomplete',
  });
  await expect(station.start(await signed({ prev: null }))).rejects.toMatchObject({
    code: 'start-unknown',
    message: expect.stringContaining("this station's own code"),
    typed: expect.stringContaining('airlock online status'),
  });
  expect(home.listCeremonies()).toEqual([]);
  expect((await station.facts()).attempt.open).toBe(false);
});

test('a start message is refused when its signer is no officer, or this operator is not on its roster', async ({
  stage,
  operator: { station, identity },
}) => {
  const [ada = stage.officer] = stage.custodians;
  const { message } = await station.status();
  await expect(station.start(await startMessage(stage, message, {}, ada))).rejects.toMatchObject({
    code: 'wrong-sender',
  });
  const roster = stage.custodians.map(({ name, role, fingerprint }) => ({ name, role, fingerprint }));
  await expect(station.start(await startMessage(stage, message, { roster }))).rejects.toMatchObject({
    code: 'not-on-roster',
    message: expect.stringContaining(identity.name),
  });
  expect((await station.facts()).attempt.open).toBe(false);
});

test('a start message with both a key and a password is not even made, and one with neither starts nothing', async ({
  stage,
  operator: { station },
}) => {
  const { message } = await station.status();
  await expect(otpStartMessage(stage, message, { publicKey: stage.key.publicKey })).rejects.toMatchObject({
    code: 'bad-field',
  });
  // One with neither is for an operator without a station: no station takes it.
  const neither = await startMessage(stage, message, { method: 'otp' });
  await expect(station.start(neither)).rejects.toMatchObject({ code: 'method' });
  expect((await station.facts()).attempt.open).toBe(false);
});

test('a plan for another server, another namespace, other shares, another token, another threshold, another otp_length or a rehearsal starts nothing', async ({
  stage,
  operator: { station },
}) => {
  const { message } = await station.status();
  const other = { ...message.envelope.body.server, clusterId: 'another-cluster' };
  await expect(station.start(await startMessage(stage, message, { server: other }))).rejects.toMatchObject({
    code: 'other-server',
  });
  const inside = { ...message.envelope.body.server, namespace: 'team' };
  await expect(station.start(await startMessage(stage, message, { server: inside }))).rejects.toMatchObject({
    code: 'other-server',
    message: expect.stringContaining('namespace team'),
  });
  const others = { ...message.envelope.body.server, shareKind: 'recovery' as const };
  await expect(station.start(await startMessage(stage, message, { server: others }))).rejects.toMatchObject({
    code: 'other-shares',
  });
  const recovery = await startMessage(stage, message, { tokenKind: 'recovery' });
  await expect(station.start(recovery)).rejects.toMatchObject({
    code: 'token-kind',
    message: expect.stringMatching(/plan is for a recovery token, but this is a server that runs as usual/),
  });
  await expect(station.start(await startMessage(stage, message, { threshold: 2 }))).rejects.toMatchObject({
    code: 'threshold',
  });
  const otp = await otpStartMessage(stage, message, { otpLength: 26 });
  await expect(station.start(otp.message)).rejects.toMatchObject({ code: 'otp-length' });
  await expect(station.start(await startMessage(stage, message, { rehearsal: true }))).rejects.toMatchObject({
    code: 'rehearsal-mixed',
  });
  expect((await station.facts()).attempt.open).toBe(false);
  await expect(station.start(await startMessage(stage, message))).resolves.toMatchObject({
    ceremony: toHex(stage.ceremony),
  });
});
