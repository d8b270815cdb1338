import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openHome } from '../../../main/store/home';
import {
  createIdentity,
  identityMessage,
  lockIdentity,
  readIdentity,
  unlockIdentity,
} from '../../../main/store/identity';
import { toBase64, toHex } from '../../../shared/bytes';
import { verifyMessage } from '../../../shared/message/wire';
import { newFolder } from '../online/stage';

const PASSPHRASE = 'a long enough passphrase';
const now = new Date();
const wanted = { name: 'Ada Lovelace', role: 'custodian', passphrase: PASSPHRASE, now } as const;

test('an identity made once is read without its passphrase and signs only with it', async () => {
  const home = openHome(newFolder());
  expect(readIdentity(home)).toBeNull();
  const made = await createIdentity(home, wanted);
  expect(readIdentity(home)).toMatchObject({
    name: 'Ada Lovelace',
    role: 'custodian',
    station: 'custodian Ada Lovelace',
  });
  expect(readIdentity(home)).not.toHaveProperty('privateKey');
  const unlocked = await unlockIdentity(home, PASSPHRASE);
  expect(toHex(unlocked.privateKey)).toBe(toHex(made.privateKey));
  const message = await identityMessage(unlocked, now);
  expect((await verifyMessage(message, [])).name).toBe('Ada Lovelace');
  await expect(unlockIdentity(home, 'another passphrase')).rejects.toMatchObject({
    code: 'wrong-passphrase',
  });
  lockIdentity(unlocked);
  expect(unlocked.privateKey.every((byte) => byte === 0)).toBe(true);
}, 30_000);

test('neither the private key nor the passphrase lies on the disk in the clear', async () => {
  const home = openHome(newFolder());
  const made = await createIdentity(home, wanted);
  const file = readFileSync(home.identity(), 'latin1');
  for (const secret of [PASSPHRASE, toHex(made.privateKey), toBase64(made.privateKey).slice(200, 280)]) {
    expect(file).not.toContain(secret);
  }
  expect(statSync(home.identity()).mode & 0o777).toBe(0o600);
}, 30_000);

test('a second identity, an empty name, one with control characters and a short passphrase are refused', async () => {
  const home = openHome(newFolder());
  await expect(createIdentity(home, { ...wanted, name: '  ' })).rejects.toMatchObject({ code: 'bad-name' });
  await expect(createIdentity(home, { ...wanted, name: 'Ada\u202eecilA' })).rejects.toMatchObject({
    code: 'bad-name',
  });
  await expect(createIdentity(home, { ...wanted, passphrase: 'seven77' })).rejects.toMatchObject({
    code: 'weak-passphrase',
  });
  expect(readIdentity(home)).toBeNull();
  await createIdentity(home, wanted);
  await expect(createIdentity(home, wanted)).rejects.toMatchObject({ code: 'identity-exists' });
}, 30_000);

test('a damaged identity is named as such, and left as it is', async () => {
  const home = openHome(newFolder());
  writeFileSync(home.identity(), '{"v":1');
  expect(() => readIdentity(home)).toThrow(expect.objectContaining({ code: 'identity-damaged' }));
  await expect(createIdentity(home, wanted)).rejects.toMatchObject({ code: 'identity-exists' });
});

test('a home that cannot be made is named with the reason', () => {
  expect(() => openHome('/dev/null/home')).toThrow(expect.objectContaining({ code: 'home-unusable' }));
});

test('nothing but 32 hex digits becomes a ceremony folder', () => {
  const home = openHome(newFolder());
  for (const id of ['..', '../../etc', 'ab', `${'a'.repeat(31)}/`]) {
    expect(() => home.makeCeremony(id)).toThrow(expect.objectContaining({ code: 'home-unusable' }));
  }
  home.makeCeremony('AB'.repeat(16));
  expect(home.listCeremonies()).toEqual(['ab'.repeat(16)]);
});
