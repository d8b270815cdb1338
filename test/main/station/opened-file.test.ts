import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OpenedFile } from '../../../main/station/opened-file';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-opened-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the file that the program was started on is given once', async () => {
  writeFileSync(at('start.ur'), 'ur:airlock/…');
  const opened = new OpenedFile(at('start.ur'));
  // It may be written to until a window has a place for it.
  writeFileSync(at('start.ur'), 'ur:airlock/aeaeae');
  expect(await opened.take()).toEqual({
    name: 'start.ur',
    bytes: new Uint8Array(Buffer.from('ur:airlock/aeaeae')),
  });
  expect(await opened.take()).toBeNull();
});

test('a program that was started on none has none', async () => {
  expect(await new OpenedFile(null).take()).toBeNull();
});

test.each([
  ['that is gone', 'ENOENT', () => undefined],
  ['that is a folder', 'it is no file', () => execFileSync('mkdir', [at('start.ur')])],
  ['that is a pipe to which nobody writes', 'it is no file', () => execFileSync('mkfifo', [at('start.ur')])],
])('one %s has its sentence, once', async (_what, why, make) => {
  make();
  const opened = new OpenedFile(at('start.ur'));
  await expect(opened.take()).rejects.toMatchObject({
    code: 'file-unreadable',
    message: expect.stringContaining(
      `The file start.ur, with which Airlock was opened, can’t be read (${why})`,
    ),
  });
  expect(await opened.take()).toBeNull();
});

test('one that is far too large is not read', async () => {
  writeFileSync(at('disk.img'), '');
  truncateSync(at('disk.img'), 10_000_000_000);
  await expect(new OpenedFile(at('disk.img')).take()).rejects.toMatchObject({ code: 'file-too-large' });
});
