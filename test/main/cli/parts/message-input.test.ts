import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeMessage } from '../../../../main/cli/parts/message-output';
import { qrPng } from '../../../../main/qr/qr-png';
import { identityMessage } from '../../../../main/store/identity';
import { type SignedMessage, wireBytes } from '../../../../shared/message/wire';
import { makeOutgoing, urText } from '../../../../shared/qr/ur';
import { parseShare } from '../../../../shared/share/share';
import { cardGroups, cardQrText } from '../../../../shared/share/share-card';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { fingerprintWords } from '../../../../shared/words';
import { newFolder, newPerson, newStage, rehearsalServer, startMessage } from '../../online/stage';
import { airlock } from '../fake-terminal';
import { addedPeople, shownIdentity } from '../printed';

const PASSPHRASE = 'correct horse battery';

async function anIdentity() {
  const person = await newPerson('Ada', 'custodian');
  const message: SignedMessage = await identityMessage(person, new Date());
  return { message, words: fingerprintWords(person.fingerprint) };
}

/** Makes an operator's identity in that folder; returns the flags of a command that works there. */
async function homeIn(dir: string): Promise<string[]> {
  const passphraseFile = join(newFolder(), 'passphrase');
  writeFileSync(passphraseFile, PASSPHRASE);
  const flags = ['--home', dir, '--passphrase-file', passphraseFile];
  await airlock(['identity', 'create', '--name', 'Otto', '--role', 'operator', ...flags]);
  return flags;
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
      ...(await homeIn(join(dir, `home-${way}`))),
      '--json',
    ]);
    expect([way, run.code, run.as(addedPeople).added[0]?.name]).toEqual([way, 0, 'Ada']);
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
  expect(run.error).toMatchObject({
    code: 'parts-missing',
    message: expect.stringContaining(`${parts.length} parts`),
  });
  writeFileSync(join(dir, 'torn'), `${urText(wireBytes(message)).slice(0, -9)}\n`);
  expect((await add('torn')).error.code).toBe('no-message');
  writeFileSync(
    join(dir, 'blank.png'),
    Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(40)]),
  );
  expect((await add('blank.png')).code).toBe(1);
  const list = await airlock(['identity', 'list', '--home', join(dir, 'home'), '--json']);
  expect(list.json).toEqual({ people: [] });
});

test('an empty file, a torn picture and one part of several are each told by what they are, and which', async () => {
  const { message, words } = await anIdentity();
  const dir = newFolder();
  const add = async (name: string, content: string | Uint8Array) => {
    writeFileSync(join(dir, name), content);
    const args = ['identity', 'add', join(dir, name), '--words', words, '--home', join(dir, 'home')];
    return (await airlock(args)).err;
  };
  expect(await add('empty.ur', '')).toMatch(/empty\.ur: it is empty\./);
  expect(await add('blank.ur', ' \n\n')).toMatch(/blank\.ur: it is empty\./);
  const stdin = await airlock(['identity', 'add', '-', '--home', join(dir, 'home')], { stdin: '' });
  expect(stdin.err).toMatch(/standard input: it is empty\./);
  const [part = ''] = partsOf(message);
  const torn = await add('torn.png', qrPng(part).subarray(0, 300));
  expect(torn).toContain(join(dir, 'torn.png'));
  expect(torn).toMatch(/damaged or cut off/);
  expect(await add('one', part)).toContain('only 1 of them is here');
});

test('a folder of pictures or messages is taken whole, and one without any is named', async () => {
  const { message, words } = await anIdentity();
  const dir = newFolder();
  const codes = join(dir, 'codes');
  mkdirSync(codes);
  for (const [i, part] of partsOf(message).entries()) writeFileSync(join(codes, `${i}.png`), qrPng(part));
  writeFileSync(join(codes, 'passphrase.txt'), PASSPHRASE);
  const home = ['--home', join(dir, 'home'), '--words', words];
  const create = ['identity', 'create', '--name', 'Otto', '--role', 'operator', ...home.slice(0, 2)];
  await airlock(create, { answers: [PASSPHRASE, PASSPHRASE] });
  const unlocking = { answers: [PASSPHRASE] };
  expect(await airlock(['identity', 'add', codes, ...home], unlocking)).toMatchObject({
    code: 0,
    out: expect.stringContaining('Ada'),
  });
  // The record says what the folder held.
  expect(
    parseJournal(readFileSync(join(dir, 'home', 'journal.jsonl'))).map(({ line }) => line),
  ).toContainEqual(
    expect.objectContaining({
      event: 'message-received',
      data: expect.objectContaining({ type: 'identity', carrier: 'qr' }),
    }),
  );
  mkdirSync(join(dir, 'none'));
  const none = await airlock(['identity', 'add', join(dir, 'none'), ...home, '--json']);
  expect(none.error).toMatchObject({
    code: 'no-message',
    message: expect.stringContaining(join(dir, 'none')),
  });
  const folder = await airlock(['offline', 'share', dir]);
  expect(folder.err).toMatch(/is a folder, and a file is needed/);
});

test('a key share in the clear where a message belongs is recognised in every form, and never repeated', async () => {
  const share = parseShare(`${'5a91c3'.repeat(10)}0b0c07`);
  const hex = Buffer.from(share.bytes).toString('hex');
  const base64 = Buffer.from(share.bytes).toString('base64');
  const card = cardGroups(share).join('\n');
  const dir = newFolder();
  for (const content of [hex, `${hex}\n`, base64, card, qrPng(cardQrText(share))]) {
    writeFileSync(join(dir, 'share'), content);
    const run = await airlock(['identity', 'add', join(dir, 'share'), '--home', join(dir, 'home'), '--json']);
    expect(run.error).toMatchObject({
      code: 'plain-share',
      message: expect.stringContaining(join(dir, 'share')),
    });
    for (const secret of [hex, base64, card.slice(0, 9)]) expect(run.out + run.err).not.toContain(secret);
  }
});

test('a message goes out as few pictures, since files do not blur, and comes back from their folder', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const { message } = await stage.operators[0].station.status();
  const start = await startMessage(stage, message);
  const qr = join(newFolder(), 'new', 'codes');
  const { files } = writeMessage(start, { qr }, 'Station N');
  expect(files.length).toBeGreaterThan(1);
  expect(files.length).toBeLessThanOrEqual(6);
  expect(readdirSync(qr).map((name) => join(qr, name))).toEqual(files);
  const run = await airlock(['identity', 'add', qr, ...(await homeIn(newFolder())), '--json']);
  expect(run.error.code).toBe('not-an-identity');
}, 60_000);

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
  expect(run.error.code).toBe('ambiguous');
});

test('a message of another kind, or the own one, makes nobody known', async () => {
  const server = await rehearsalServer();
  const stage = await newStage({ address: server.address });
  const dir = newFolder();
  const { message } = await stage.operators[0].station.status();
  writeFileSync(join(dir, 'station'), wireBytes(message));
  const pass = await homeIn(join(dir, 'home'));
  const wrong = await airlock(['identity', 'add', join(dir, 'station'), ...pass, '--json']);
  expect(wrong.error.code).toBe('not-an-identity');

  const shown = await airlock(['identity', 'show', ...pass, '--out', join(dir, 'own'), '--json']);
  const self = await airlock([
    'identity',
    'add',
    join(dir, 'own'),
    ...pass,
    '--words',
    shown.as(shownIdentity).words,
    '--json',
  ]);
  expect(self.error.code).toBe('own-key');
}, 60_000);

test('a place that cannot be written to is named', async () => {
  const dir = newFolder();
  const run = await airlock(['offline', 'otp', '--out', join(dir, 'no', 'such', 'folder'), '--json']);
  expect(run).toMatchObject({ code: 1, json: { error: { code: 'unwritable-file' } } });
  expect(readdirSync(dir)).toEqual([]);
});
