import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { leaveAttempt } from '../../../../main/online/attempt/end';
import { saveAttempt } from '../../../../main/online/attempt/state';
import { OnlineStation } from '../../../../main/online/online-station';
import { readCheckpoint, signOff } from '../../../../main/store/sign-off';
import { fromHex, toHex } from '../../../../shared/bytes';
import { stateOf } from '../crash';
import { test } from '../fixtures';
import { eventsOf, journalOf, type Stage, shareMessage } from '../stage';

const HALF_DAY = 12 * 3600_000 + 1000;
const cancelElsewhere = (address: string) =>
  fetch(`${address}/v1/sys/generate-root/attempt`, { method: 'DELETE' });

test.override({ shape: { shares: 3, threshold: 2 } });

const halfADayLater = (stage: Stage): void => {
  const later = new Date(Date.now() + HALF_DAY);
  stage.clock = () => later;
};

test('any command destroys a sealing key whose time is over, and the journal says so once', async ({
  stage,
  operator,
  secret,
}) => {
  await operator.station.facts();
  expect(existsSync(secret)).toBe(true);
  const before = eventsOf(journalOf(stage, operator)).length;
  halfADayLater(stage);
  await operator.station.facts();
  await operator.station.facts();
  expect(existsSync(secret)).toBe(false);
  expect(eventsOf(journalOf(stage, operator)).slice(before)).toEqual(['secret-destroyed']);
});

test('a share for an expired key is refused, and the same start message then makes an attempt message with a new key', async ({
  stage,
  operator,
  shareOf,
  started: { start, attempt },
}) => {
  const late = await shareMessage(
    stage,
    stage.custodians[0] ?? stage.officer,
    attempt.message,
    '00'.repeat(33),
    { expiresAt: new Date(Date.now() + 5 * HALF_DAY).toISOString() },
  );
  halfADayLater(stage);
  await expect(operator.station.submit(late)).rejects.toMatchObject({ code: 'expired' });
  expect((await operator.station.facts()).attempt.progress).toBe(0);
  const again = await operator.station.start(start);
  expect(toHex(again.message.envelope.body.station.sealingKey)).not.toBe(
    toHex(attempt.message.envelope.body.station.sealingKey),
  );
  expect((await operator.station.submit(await shareOf(0, again.message))).progress).toBe(1);
});

test('the key of an introduction that nobody answered goes after twelve hours, by whichever command comes next', async ({
  stage,
  operator,
  started: _,
}) => {
  const { message } = await operator.station.status();
  const path = operator.home.stationSecret(toHex(message.digest));
  halfADayLater(stage);
  await operator.station.facts();
  expect(existsSync(path)).toBe(false);
  const home = readFileSync(operator.home.journal(), 'utf8').trimEnd().split('\n');
  expect(home.at(-1)).toContain('"secret-destroyed"');
});

test('a key that a crash left in nobody’s name is destroyed when its time is over', async ({
  operator,
  started: _,
}) => {
  const stray = join(operator.home.dir, 'station-0123456789abcdef.pgp');
  writeFileSync(stray, 'a key');
  await operator.station.facts();
  expect(existsSync(stray)).toBe(true);
  const old = new Date(Date.now() - HALF_DAY);
  utimesSync(stray, old, old);
  await operator.station.facts();
  expect(existsSync(stray)).toBe(false);
});

test.for(['vanished', 'replaced'])(
  'where the attempt is seen to be %s, its sealing key is destroyed',
  async (what, { server, stage, operator, secret, shareOf }) => {
    await cancelElsewhere(server.address);
    if (what === 'replaced') {
      await fetch(`${server.address}/v1/sys/generate-root/attempt`, { method: 'PUT', body: '{}' });
    }
    await expect(operator.station.submit(await shareOf(0))).rejects.toMatchObject({
      code: 'attempt-changed',
    });
    expect(existsSync(secret)).toBe(false);
    expect(stateOf(stage, operator).step).toBe('cancelled');
    expect(stateOf(stage, operator)).not.toHaveProperty('sealing');
  },
);

test('a cancel that finds no attempt any more destroys the key all the same', async ({
  server,
  operator,
  secret,
}) => {
  await cancelElsewhere(server.address);
  await expect(operator.station.cancel()).rejects.toMatchObject({ code: 'no-attempt' });
  expect(existsSync(secret)).toBe(false);
});

test('a key that outlived its finished attempt by a crash goes with the next command, without undoing a sign-off', async ({
  operator,
  secret,
  shareOf,
  started: { attempt },
}) => {
  await operator.station.submit(await shareOf(0));
  await operator.station.submit(await shareOf(1));
  expect(existsSync(secret)).toBe(false);
  writeFileSync(secret, 'a key');
  const paths = operator.home.ceremony(attempt.ceremony);
  await signOff(paths, operator.identity);
  await operator.station.facts();
  expect(existsSync(secret)).toBe(false);
  expect(readCheckpoint(paths)).not.toBeNull();
});

test('at a home that is no operator’s, and where a state cannot be read, nothing is destroyed', async ({
  server,
  stage,
  operator,
  secret,
}) => {
  halfADayLater(stage);
  const identity = { ...operator.identity, role: 'officer' as const };
  const clock = () => stage.clock();
  const { home } = operator;
  await new OnlineStation({ home, identity, server: { address: server.address }, clock }).facts();
  expect(existsSync(secret)).toBe(true);
  const state = stateOf(stage, operator);
  writeFileSync(home.ceremony(state.id).state, '{"role":"officer"}');
  await operator.station.facts();
  expect(existsSync(secret)).toBe(true);
  saveAttempt(home, state);
  await operator.station.facts();
  expect(existsSync(secret)).toBe(false);
  expect(fromHex(state.id)).toEqual(stage.ceremony);
});

test('signing off at a station that was joined and not used leaves no key, and joining again makes another', async ({
  stage,
  shareOf,
  started: { start, attempt },
}) => {
  const [, other] = stage.operators;
  const joined = await other.station.join(attempt.message);
  const { secret } = other.home.ceremony(attempt.ceremony);
  const recorder = { home: other.home, identity: other.identity, clock: () => stage.clock() };
  expect(leaveAttempt(recorder, attempt.ceremony)).toBe(true);
  expect(existsSync(secret)).toBe(false);
  expect(eventsOf(journalOf(stage, other)).slice(-2)).toEqual(['message-withdrawn', 'secret-destroyed']);
  expect(leaveAttempt(recorder, attempt.ceremony)).toBe(false);
  await expect(other.station.submit(await shareOf(0, joined.message))).rejects.toMatchObject({
    code: 'other-station',
  });

  const again = await other.station.join(start);
  expect(again.message.digest).not.toEqual(joined.message.digest);
  expect(leaveAttempt(recorder, attempt.ceremony)).toBe(true);
  expect(eventsOf(journalOf(stage, other)).slice(-2)).toEqual(['message-withdrawn', 'secret-destroyed']);
});

test('an attempt message that nobody used is withdrawn at sign-off, also after its key had its time', async ({
  stage,
  started: { attempt },
}) => {
  const [, other] = stage.operators;
  await other.station.join(attempt.message);
  halfADayLater(stage);
  await other.station.facts();
  const recorder = { home: other.home, identity: other.identity, clock: () => stage.clock() };
  expect(leaveAttempt(recorder, attempt.ceremony)).toBe(false);
  expect(eventsOf(journalOf(stage, other)).slice(-2)).toEqual(['secret-destroyed', 'message-withdrawn']);
});
