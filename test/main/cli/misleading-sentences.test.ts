import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeQrPng } from '../../../main/qr/qr-png';
import { newFolder } from '../online/stage';
import { airlock, type Run } from './fake-terminal';

/** A home with a person in it, and how a command is run there. */
async function personIn(folder: string) {
  const file = join(folder, 'passphrase');
  writeFileSync(file, 'seven quiet otters\n');
  const run = (...args: string[]): Promise<Run> =>
    airlock([...args, '--home', join(folder, 'home'), '--passphrase-file', file]);
  await run('identity', 'create', '--name', 'Ada', '--role', 'operator');
  return run;
}

test('whoever has no attempt of their own is told how another one is cancelled', async () => {
  const run = await personIn(newFolder());
  const { code, err } = await run('online', 'cancel', '--server', 'https://127.0.0.1:1');
  expect(code).toBe(1);
  expect(err).toContain('airlock online cancel --nonce NONCE');
});

test('pictures of a message carry its type in their names', async () => {
  const folder = newFolder();
  const run = await personIn(folder);
  const message = join(folder, 'ada.ur');
  await run('identity', 'show', '--out', message);
  const pictures = join(folder, 'pictures');
  expect((await airlock(['qr', 'show', message, '--png', pictures])).code).toBe(0);
  const names = readdirSync(pictures);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).toMatch(/^identity(-part-\d+-of-\d+)?\.png$/);
});

test('a folder is named so that the sentence says which one, also where it is typed as a dot', async () => {
  const folder = newFolder();
  const { out } = await airlock(['transcript', 'verify', `${folder}/.`]);
  expect(out.startsWith(`${folder}: `)).toBe(true);
  const { code, err } = await airlock(['transcript', 'verify', '']);
  expect([code, err]).toEqual([2, expect.stringContaining('The name of a folder is empty')]);
});

test.each([
  ['qr', 'read'],
  ['qr', 'show'],
  ['offline', 'share'],
  ['identity', 'add'],
  ['rehearse', '--server', 'https://127.0.0.1:1', '--shares-file'],
])('the same missing file has the same words at airlock %s %s', async (...words) => {
  const run = await personIn(newFolder());
  const { err } =
    words[0] === 'identity' ? await run(...words, '/absent') : await airlock([...words, '/absent']);
  expect(err).toContain("The file /absent can't be read (ENOENT). Check its name and your rights to it.");
});

test('a picture that is to be shown as a code is called a picture, and one that is not read by its name', async () => {
  const picture = join(newFolder(), 'scan.tiff');
  writeFileSync(picture, Buffer.concat([Buffer.from('II*\0', 'latin1'), Buffer.alloc(400_000, 7)]));
  for (const command of ['show', 'read'])
    expect((await airlock(['qr', command, picture])).err).toMatch(/It is a TIFF file/);
  const png = join(newFolder(), 'code.png');
  writeQrPng(png, 'text');
  expect((await airlock(['qr', 'show', png])).err).toContain('is a picture already');
});
