import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, expect, test } from 'vitest';
import { withdrawFilePrivileges } from '../../package/folder/file-privileges.mjs';

const folder = mkdtempSync(join(tmpdir(), 'airlock-fuses-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file with a wire of that many fuses, each on: sentinel, version, length, states (@electron/fuses). */
function programWith(fuses: number): string {
  const program = join(folder, `program-${fuses}`);
  const wire = ['dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', '\u0001', String.fromCharCode(fuses), '1'.repeat(fuses)];
  writeFileSync(program, `before${wire.join('')}after`, 'latin1');
  return program;
}

test('a packaged program gives pages of file: nothing more, where its Electron has a fuse for that', async () => {
  const newer = programWith(8);
  expect(await withdrawFilePrivileges(newer)).toBe('off');
  const wire = await getCurrentFuseWire(newer);
  expect(wire[FuseV1Options.GrantFileProtocolExtraPrivileges]).toBe(FuseState.DISABLE);
  expect(wire[FuseV1Options.OnlyLoadAppFromAsar]).toBe(FuseState.ENABLE);
});

test('a program of an older Electron, without that fuse, is packaged all the same', async () => {
  expect(await withdrawFilePrivileges(programWith(6))).toBe('not there');
});
