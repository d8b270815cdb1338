import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Homes } from '../../../../main/cli/rehearse/homes';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-homes-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** Where the homes of a rehearsal lie; they are gone afterwards. */
function placeOf(onServer: boolean): string {
  const homes = new Homes(onServer);
  expect(existsSync(homes.folder)).toBe(true);
  homes.end();
  expect(existsSync(homes.folder)).toBe(false);
  return dirname(homes.folder);
}

test.runIf(existsSync('/dev/shm'))('homes whose server ends with the rehearsal lie in memory', () => {
  vi.stubEnv('TMPDIR', undefined);
  expect(placeOf(false)).toBe('/dev/shm');
});

test('homes that may have to be kept lie on a disk', () => {
  vi.stubEnv('TMPDIR', undefined);
  expect(placeOf(true)).toBe(tmpdir());
});

test.each([false, true])('homes lie where TMPDIR says (on a server that stays: %s)', (onServer) => {
  vi.stubEnv('TMPDIR', folder);
  expect(placeOf(onServer)).toBe(folder);
});
