import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OwnFiles } from '../../main/own-files';
import { filesIn } from '../../package/contents.mjs';
import { sumsOf } from '../../package/proof/sums.mjs';

let folder = '';
const released = (): string =>
  createHash('sha256')
    .update(sumsOf(folder, filesIn(folder)))
    .digest('hex');

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-own-files-'));
  mkdirSync(join(folder, 'resources/deep'), { recursive: true });
  for (const name of [
    'airlock',
    'Airlock.bin',
    'resources.pak',
    'resources/app.asar',
    'resources/deep/empty',
  ])
    writeFileSync(join(folder, name), name.endsWith('empty') ? '' : `This is ${name}.`);
  // More than one piece.
  writeFileSync(join(folder, 'airlock.bin'), Buffer.alloc(2_500_000, 'Airlock'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a program’s digest is that of the list of files that its release has, asked for at once or in time', async () => {
  expect(new OwnFiles(folder).digest()).toBe(released());
  const files = new OwnFiles(folder);
  const begun = files.begin();
  const early = files.digest();
  await begun;
  expect([early, files.digest()]).toEqual([released(), released()]);
  const slow = new OwnFiles(folder);
  await slow.begin();
  expect(slow.digest()).toBe(released());
});

test('one byte more, anywhere, is another digest', () => {
  const before = new OwnFiles(folder).digest();
  writeFileSync(join(folder, 'resources/deep/empty'), ' ');
  expect(new OwnFiles(folder).digest()).not.toBe(before);
});

test('a file that can’t be read leaves no digest to compare', () => {
  symlinkSync('airlock', join(folder, 'link'));
  expect(new OwnFiles(folder).digest()).toBe(released());
  expect(() => new OwnFiles(join(folder, 'nowhere')).digest()).toThrow();
});
