import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolders } from '../../../main/store/folder';

const folder = mkdtempSync(join(tmpdir(), 'airlock-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const modeOf = (path: string): number => statSync(path).mode & 0o777;

test('a folder is made with all that is missing above it, closed to others, and what is there stays as it is', () => {
  const deep = join(folder, 'a', 'b', 'c');
  makeFolders(deep, 0o700);
  for (const path of [deep, join(folder, 'a', 'b'), join(folder, 'a')]) expect(modeOf(path)).toBe(0o700);
  makeFolders(join(deep, '..', 'd'), 0o755);
  makeFolders(deep, 0o755);
  expect(modeOf(deep)).toBe(0o700);
  makeFolders('/');
});

test('a place where no folder can be is refused at once, and not tried for ever', () => {
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
  for (const name of ['file', 'file/x', 'file/x/y', 'link'])
    expect(() => makeFolders(join(folder, name))).toThrow(/EEXIST|ENOTDIR/);
});

test.runIf(process.platform === 'linux')('/proc takes no folder, and says so', () => {
  expect(() => makeFolders('/proc/airlock')).toThrow(/ENOENT|EACCES|EPERM/);
  expect(() => makeFolders('/proc/airlock/deeper')).toThrow(/ENOENT|EACCES|EPERM/);
});
