import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { qrPng } from '../../../main/qr/qr-png';
import { identityMessage } from '../../../main/store/identity';
import { type SignedMessage, wireBytes } from '../../../shared/message/wire';
import { makeOutgoing, urText } from '../../../shared/qr/ur';
import { fingerprintWords } from '../../../shared/words';
import { newFolder, newPerson, newStage, rehearsalServer } from '../online/stage';
import { airlock } from './fake-terminal';

const PASSPHRASE = 'correct horse battery';

async function anIdentity() {
  const person = await newPerson('Ada', 'custodian');
  const message: SignedMessage = await identityMessage(person, new Date());
  return { message, words: fingerprintWords(person.fingerprint) };
}

const partsOf = (message: SignedMessage): string[] => {
  const outgoing = makeOutgoing(wireBytes(message), 150);
  return Array.from({ length: outgoing.partCount }, (_, i) => outgoing.part(i));
};

test('a message is taken from bytes, UR text, several parts in any order, and pictures, all the same', async () => {
  const { message, words } = await anIdentity();
  const parts = partsOf(message);
  expect(parts.length).toBeGreaterThan(2);
  const dir = newFolder();
  const ways: Record<string, (string | Uint8Array)[]> = {
    bytes: [wireBytes(message)],
    text: [`${urText(wireBytes(message))}\n`],
    lower: [urText(wireBytes(message)).toLowerCase()],
    lines: [[...parts].reverse().join('\n')],
    files: parts,
    pictures: parts.map((part) => qrPng(part)),
    mixed: [parts.slice(1).join(' '), qrPng(parts[0] ?? '')],
  };
  for (const [way, contents] of Object.entries(ways)) {
    const files = contents.map((content, i) => {
      const path = join(dir, `${way}-${i}`);
      writeFileSync(path, content);
      return path;
    });
    const run = await airlock([
      'identity',
      'add',
      ...files,
      '--words',
      words,
      '--home',
      join(dir, `home-${way}`),
      '--json',
    ]);
    expect([way, run.code, run.json?.added?.[0]?.name]).toEqual([way, 0, 'Ada']);
  }
}, 60_000);

test('a message whose parts are not all there is refused with how many are missing, and nothing is taken in', async () => {
  const { message, words } = await anIdentity();
  const dir = newFolder();
  const parts = partsOf(message);
  writeFileSync(join(dir, 'some'), parts.slice(1).join('\n'));
  const add = (file: string) =>
    airlock(['identity', 'add', join(dir, file), '--words', words, '--home', join(dir, 'home'), '--json']);
  const run = await add('some');
  expect(run.json.error).toMatchObject({
    code: 'parts-missing',
    message: expect.stringContaining(`${parts.length} parts`),
  });
  writeFileSync(join(dir, 'torn'), `${urText(wireBytes(message)).slice(0, -9)}\n`);
  expect((await add('torn')).json.error.code).toBe('no-message');
  writeFileSync(
    join(dir, 'blank.png'),
    Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(40)]),
  );
  expect((await add('blank.png')).code).toBe(1);
  expect((await airlock(['identity', 'list', '--home', join(dir, 'home'), '--json'])).json.people).toEqual(
    [],
  );
});

test('two people in one command are compared one by one, never by the same words', async () => {
  const ada = await anIdentity();
  const ben = await identityMessage(await newPerson('Ben', 'custodian'), new Date());
  const dir = newFolder();
  writeFileSync(join(dir, 'both'), `${urText(wireBytes(ada.message))}\n${urText(wireBytes(ben))}\n`);
  const run = await airlock([
    'identity',
    'add',
    join(dir, 'both'),
    '--words',
    ada.words,
    '--home',
    join(dir, 'home'),
    '--json',
  ]);
  expect(run.json.error.code).toBe('ambiguous');
});

test('a message of another kind, or the own one, makes nobody known', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const dir = newFolder();
  const { message } = await stage.operators[0].station.status();
  writeFileSync(join(dir, 'station'), wireBytes(message));
  const home = join(dir, 'home');
  const wrong = await airlock(['identity', 'add', join(dir, 'station'), '--home', home, '--json']);
  expect(wrong.json.error.code).toBe('not-an-identity');

  writeFileSync(join(dir, 'pass'), PASSPHRASE);
  const pass = ['--home', home, '--passphrase-file', join(dir, 'pass')];
  const own = await airlock([
    'identity',
    'create',
    '--name',
    'Otto',
    '--role',
    'operator',
    ...pass,
    '--json',
  ]);
  await airlock(['identity', 'show', ...pass, '--out', join(dir, 'own')]);
  const self = await airlock([
    'identity',
    'add',
    join(dir, 'own'),
    '--home',
    home,
    '--words',
    own.json.words,
    '--json',
  ]);
  expect(self.json.error.code).toBe('own-key');
}, 60_000);

test('a place that cannot be written to is named', async () => {
  const dir = newFolder();
  const run = await airlock(['offline', 'otp', '--out', join(dir, 'no', 'such', 'folder'), '--json']);
  expect(run).toMatchObject({ code: 1, json: { error: { code: 'unwritable-file' } } });
  expect(readdirSync(dir)).toEqual([]);
});
