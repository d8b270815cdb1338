import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openHome } from '../../../main/store/home';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-home-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeAfterOpening = (): string => {
  openHome(folder);
  return (statSync(folder).mode & 0o7777).toString(8);
};

test('a home is closed to others when it is opened, whether it was empty or a home before', () => {
  chmodSync(folder, 0o755);
  expect(modeAfterOpening()).toBe('700');
  writeFileSync(join(folder, 'identity.json'), '{}');
  chmodSync(folder, 0o755);
  expect(modeAfterOpening()).toBe('700');
});

test('a folder that holds other things keeps its mode, since --home may have been mistyped', () => {
  writeFileSync(join(folder, 'notes.txt'), '');
  chmodSync(folder, 0o1777);
  expect(modeAfterOpening()).toBe('1777');
});
