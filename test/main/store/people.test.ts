import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openHome } from '../../../main/store/home';
import { identityMessage } from '../../../main/store/identity';
import { addPerson, changeOf, knownKeys, listPeople, removePerson } from '../../../main/store/people';
import { toHex } from '../../../shared/bytes';
import type { Role } from '../../../shared/message/body';
import { encodeWire, parseWire } from '../../../shared/message/wire';
import { fingerprintWords } from '../../../shared/words';
import { newFolder, newPerson } from '../online/stage';

const now = new Date();

test('a person who was taken in is known by key, name and words from then on', async () => {
  const home = openHome(newFolder());
  const ada = await newPerson('Ada', 'custodian');
  await addPerson(home, await identityMessage(ada, now), now);
  expect(listPeople(home)).toMatchObject([
    { name: 'Ada', role: 'custodian', words: fingerprintWords(ada.fingerprint) },
  ]);
  expect(knownKeys(home).map(({ fingerprint }) => toHex(fingerprint))).toEqual([toHex(ada.fingerprint)]);
});

test('the same key with a new role takes the place of the old entry', async () => {
  const home = openHome(newFolder());
  const ada = await newPerson('Ada', 'custodian');
  await addPerson(home, await identityMessage(ada, now), now);
  await addPerson(home, await identityMessage({ ...ada, role: 'officer' }, now), now);
  expect(listPeople(home)).toMatchObject([{ name: 'Ada', role: 'officer' }]);
});

test('what a known key brings that is new is said in words before it counts', async () => {
  const home = openHome(newFolder());
  const ada = await newPerson('Ada', 'custodian');
  const first = await identityMessage(ada, now);
  expect(changeOf(home, first)).toBeNull();
  await addPerson(home, first, now);
  const said = async (name: string, role: Role) =>
    changeOf(home, await identityMessage({ ...ada, name, role }, now));
  expect(await said('Ada', 'custodian')).toBeNull();
  expect(await said('Ada', 'officer')).toBe('was custodian, now officer');
  expect(await said('Ada B', 'custodian')).toBe('was Ada, now Ada B');
  expect(await said('Ada B', 'officer')).toBe('was Ada, custodian, now Ada B, officer');
});

test('whom a home trusts changes only after it was announced, and not where that fails or nothing may change', async () => {
  const home = openHome(newFolder());
  const ada = await newPerson('Ada', 'custodian');
  const seen: string[][] = [];
  const announce = () => void seen.push(listPeople(home).map(({ name }) => name));
  const failing = () => {
    throw new Error('disk full');
  };
  await expect(addPerson(home, await identityMessage(ada, now), now, failing)).rejects.toThrow('disk full');
  await addPerson(home, await identityMessage(ada, now), now, announce);
  const namesake = await identityMessage(await newPerson('Ada', 'officer'), now);
  await expect(addPerson(home, namesake, now, announce)).rejects.toMatchObject({ code: 'name-taken' });
  expect(() => removePerson(home, 'Ada', failing)).toThrow('disk full');
  expect(() => removePerson(home, 'Bob', announce)).toThrow();
  removePerson(home, 'Ada', announce);
  expect(seen).toEqual([[], ['Ada']]);
  expect(listPeople(home)).toEqual([]);
});

test('another key under a known name is refused by name, whatever its capitals, until the old one is removed', async () => {
  const home = openHome(newFolder());
  const ada = await newPerson('Ada', 'custodian');
  await addPerson(home, await identityMessage(ada, now), now);
  const mallory = await identityMessage(await newPerson('ADA', 'custodian'), now);
  await expect(addPerson(home, mallory, now)).rejects.toMatchObject({
    code: 'name-taken',
    message: expect.stringContaining(fingerprintWords(ada.fingerprint)),
  });
  expect(removePerson(home, toHex(ada.fingerprint).toUpperCase()).name).toBe('Ada');
  await addPerson(home, mallory, now);
  expect(() => removePerson(home, 'Bob')).toThrow(expect.objectContaining({ code: 'unknown-person' }));
});

test('an identity that was changed on its way is refused, and nobody becomes known', async () => {
  const home = openHome(newFolder());
  const message = await identityMessage(await newPerson('Ada', 'custodian'), now);
  const other = await identityMessage(await newPerson('Ada', 'custodian'), now);
  const forged = parseWire(encodeWire(message.payload, other.signature));
  await expect(addPerson(home, forged, now)).rejects.toMatchObject({ code: 'bad-signature' });
  expect(listPeople(home)).toEqual([]);
});

test('a damaged list of people is named as such, never taken for an empty one', () => {
  const home = openHome(newFolder());
  writeFileSync(home.people(), '[]');
  expect(() => listPeople(home)).toThrow(expect.objectContaining({ code: 'people-damaged' }));
});
