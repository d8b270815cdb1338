import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { identityMessage, type UnlockedIdentity } from '../../../../main/store/identity';
import { toHex } from '../../../../shared/bytes';
import { wireBytes } from '../../../../shared/message/wire';
import { eventWords } from '../../../../shared/transcript/event-words';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { fingerprintWords } from '../../../../shared/words';
import { newPerson } from '../../online/stage';
import { airlock } from '../fake-terminal';
import { PASSPHRASE, test } from '../fixtures';
import { addedPeople, knownPeople, madeMessage, shownIdentity } from '../printed';

test('two people get to know each other by file and by picture, once their words match', async ({
  home,
  at,
  passphraseFile,
  create,
}) => {
  const [other, out, qr] = [at('other'), at('identity.ur'), at('qr')];
  const pass = ['--passphrase-file', passphraseFile];
  const ada = await create('Ada', 'custodian', '--json');
  expect(ada.code).toBe(0);
  await create('Otto', 'operator', '--station', 'Station B', '--home', other);
  expect((await airlock(['identity', 'show', '--home', home, ...pass, '--out', out])).code).toBe(0);
  const shown = await airlock(['identity', 'show', '--home', other, ...pass, '--qr', qr, '--json']);
  expect(shown.as(shownIdentity).station).toBe('Station B');

  const added = await airlock([
    'identity',
    'add',
    out,
    '--home',
    other,
    '--words',
    ada.as(shownIdentity).words.toUpperCase(),
    ...pass,
  ]);
  expect(added).toMatchObject({ code: 0, out: expect.stringContaining('Ada, custodian') });
  const shownFiles = shown.as(madeMessage).message.files;
  const asked = await airlock(['identity', 'add', ...shownFiles, '--home', home, ...pass], {
    answers: [shown.as(shownIdentity).words],
  });
  expect(asked).toMatchObject({ code: 0, out: expect.stringContaining('Otto, operator') });
  const list = await airlock(['identity', 'list', '--home', home, '--json']);
  expect(list.as(knownPeople).people).toMatchObject([
    { name: 'Otto', role: 'operator', words: shown.as(shownIdentity).words },
  ]);
}, 60_000);

test('nobody becomes known when the words differ, or when nobody compares them', async ({
  at,
  signing,
  create,
}) => {
  const [other, out] = [at('other'), at('identity.ur')];
  await create('Ada', 'custodian');
  await airlock(['identity', 'show', ...signing, '--out', out]);
  await create('Ben', 'officer', '--home', other);
  const wrong = await airlock([
    'identity',
    'add',
    out,
    ...signing,
    '--home',
    other,
    '--words',
    'zoo zoo zoo zoo zoo zoo',
    '--json',
  ]);
  expect(wrong).toMatchObject({ code: 1, json: { error: { code: 'not-confirmed' } } });
  const silent = await airlock(['identity', 'add', out, ...signing, '--home', other, '--json']);
  expect(silent).toMatchObject({ code: 1, json: { error: { code: 'no-answer' } } });
  expect((await airlock(['identity', 'list', '--home', other, '--json'])).json).toEqual({ people: [] });
}, 60_000);

test('the private key lies on the disk under the passphrase only, in a file that is closed to others', async ({
  home,
  create,
}) => {
  await create('Ada', 'officer');
  const path = join(home, 'identity.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(home).mode & 0o777).toBe(0o700);
  expect(readFileSync(path, 'utf8')).not.toContain(PASSPHRASE);
  const again = await create('Eve', 'officer', '--json');
  expect(again).toMatchObject({ code: 1, json: { error: { code: 'identity-exists' } } });
}, 60_000);

test('whom a home trusts is in its journal: taken in, given another role, turned away, forgotten', async ({
  home,
  at,
  signing,
  create,
}) => {
  const [other, out] = [at('other'), at('identity.ur')];
  await create('Otto', 'operator');
  const ada = await newPerson('Ada', 'custodian');
  const add = async (person: UnlockedIdentity, words: string, ...args: string[]) => {
    writeFileSync(out, wireBytes(await identityMessage(person, new Date())));
    return airlock(['identity', 'add', out, ...signing, '--words', words, ...args]);
  };
  const words = fingerprintWords(ada.fingerprint);
  expect((await add(ada, words)).code).toBe(0);
  const officer = await add({ ...ada, role: 'officer' }, words);
  expect(officer.out).toContain('was custodian, now officer');
  expect(officer.err).toContain('was custodian, now officer');
  expect((await add(ada, words, '--json')).as(addedPeople).added).toMatchObject([
    { name: 'Ada', change: 'was officer, now custodian' },
  ]);
  expect((await add(await newPerson('Ada', 'custodian'), words)).code).toBe(1);
  expect((await airlock(['identity', 'remove', 'Ada', ...signing])).code).toBe(0);
  expect((await airlock(['identity', 'remove', 'Ada', ...signing])).code).toBe(1);

  const lines = parseJournal(readFileSync(join(home, 'journal.jsonl'))).map(({ line }) => line);
  const fingerprint = toHex(ada.fingerprint).toUpperCase();
  const known = (role: string) => ({ event: 'person-known', data: { name: 'Ada', role, fingerprint } });
  expect(lines.filter(({ event }) => event.startsWith('person-'))).toMatchObject([
    known('custodian'),
    known('officer'),
    known('custodian'),
    { event: 'person-removed', data: { name: 'Ada', fingerprint } },
  ]);
  expect(lines.map(eventWords)).toContainEqual({ text: 'No longer known here: Ada', alarm: false });
  expect(lines.map(eventWords)).toContainEqual({ text: 'Known from here on: Ada, officer', alarm: false });
  expect(lines.findLast(({ event }) => event === 'message-refused')?.data).toMatchObject({
    code: 'not-confirmed',
    type: 'identity',
  });

  // Nobody is trusted, and nobody forgotten, that could not be put on record.
  writeFileSync(join(home, 'journal.jsonl'), 'not a journal\n');
  expect((await add(ada, words)).code).toBe(1);
  expect((await airlock(['identity', 'list', '--home', home, '--json'])).json).toEqual({ people: [] });

  // A home without an identity keeps no journal, and knows nobody.
  const nobody = await airlock(['identity', 'add', out, '--home', other, '--words', words, '--json']);
  expect(nobody).toMatchObject({ code: 1, json: { error: { code: 'identity-missing' } } });
}, 60_000);

test('a passphrase is asked for twice, and never taken from an argument', async ({ home }) => {
  const create = (answers: string[], ...args: string[]) =>
    airlock(['identity', 'create', '--name', 'Ada', '--role', 'officer', '--home', home, '--json', ...args], {
      answers,
    });
  expect((await create([])).error.code).toBe('no-passphrase');
  expect((await create(['short', 'short'])).error.code).toBe('weak-passphrase');
  expect((await create([PASSPHRASE, `${PASSPHRASE}!`])).error.code).toBe('not-confirmed');
  expect((await create([PASSPHRASE], '--passphrase', PASSPHRASE)).error.code).toBe('usage');
  expect((await create([PASSPHRASE, PASSPHRASE])).code).toBe(0);
}, 60_000);

test('a wrong passphrase, a missing identity and a missing option are one sentence each', async ({
  home,
  at,
  create,
}) => {
  const out = at('identity.ur');
  const missing = await airlock(['identity', 'show', '--home', home, '--out', out, '--json']);
  expect(missing).toMatchObject({ code: 1, json: { error: { code: 'identity-missing' } } });
  const usage = await airlock(['identity', 'create', '--home', home]);
  expect(usage).toMatchObject({ code: 2, out: '' });
  expect(usage.err.trimEnd().split('\n')).toHaveLength(1);
  expect(
    (await airlock(['identity', 'create', '--name', 'A', '--role', 'king', '--home', home])).err,
  ).toContain('custodian');
  await create('Ada', 'officer');
  const wrong = await airlock(['identity', 'show', '--home', home, '--out', out, '--json'], {
    answers: ['not the one'],
  });
  expect(wrong).toMatchObject({ code: 1, json: { error: { code: 'wrong-passphrase' } } });
}, 60_000);
