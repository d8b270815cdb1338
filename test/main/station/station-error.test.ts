import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startOf } from '../../../shared/ceremony/officer';
import { refusal, test } from '../offline/fixtures';

test('without an open ceremony, what belongs to one is refused, as is a ceremony that is not here', async ({
  newStation,
}) => {
  const station = await newStation('Olga', 'officer');
  expect((await refusal(() => station.officer())).code).toBe('no-ceremony');
  expect((await refusal(station.openCeremony('ab'.repeat(16)))).code).toBe('no-ceremony');
  expect((await refusal(station.witness.sign())).code).toBe('nothing-to-sign');
});

test('a key, a password, a code or a message that is not there is missed by name', async ({
  plannedByHand,
}) => {
  const { station, folder, id } = await plannedByHand('pgp');
  const { key, result } = station.officer();
  expect((await refusal(key.revealOtp())).code).toBe('no-secret');
  expect((await refusal(() => key.exportPublicKey())).code).toBe('no-secret');
  expect((await refusal(result.takeEncodedToken(' ', ''))).code).toBe('no-encoded-token');
  await key.makeKey('curve25519');
  expect((await refusal(() => station.outbox.file('00'))).code).toBe('no-longer-shown');
  const start = startOf(station.officer().state) ?? '';
  rmSync(join(folder, 'ceremonies', id, 'messages', start), { force: true });
  rmSync(station.officer().file.paths.message(start), { force: true });
  expect((await refusal(() => station.outbox.entries())).code).toBe('no-message');
});
