import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { idOf, stationsOf, writeTranscript } from '../main/archive/fixtures';
import { airlock } from '../main/cli/fake-terminal';

const run = promisify(execFile);
const program = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const folder = mkdtempSync(join(tmpdir(), 'airlock-threads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

/** More than are done before threads are started. */
const COUNT = 14;

test('the built program takes in and verifies on threads what this process does by itself', async () => {
  for (let n = 0; n < COUNT; n++)
    await writeTranscript(at(`in/${String(n).padStart(2, '0')}`), await stationsOf(idOf(n), '2026-05-01'));
  // Threads say in the domain's words what they refuse.
  symlinkSync('/etc/passwd', at('in/12/online/link'));
  writeFileSync(at('passphrase'), 'correct horse battery\n');
  const signing = ['--home', at('home'), '--passphrase-file', at('passphrase')];
  await airlock(['identity', 'create', '--name', 'Iris', '--role', 'archivist', ...signing]);
  const { stdout, stderr } = await run(process.execPath, [
    program,
    ...['archive', 'add', at('in'), '--archive', at('by-threads'), ...signing],
  ]).catch((error: { stdout: string; stderr: string }) => error);
  expect(stderr).toMatch(/12 was not taken: online\/link is a symbolic link\./);
  expect(stdout).toContain(`${COUNT - 1} folders added, 1 refused. The log stands at entry ${COUNT}`);
  expect((await airlock(['archive', 'add', at('in'), '--archive', at('by-itself'), ...signing])).code).toBe(
    1,
  );
  const verified = await run(process.execPath, [
    program,
    ...['archive', 'verify', '--all', '--json', '--archive', at('by-threads')],
  ]);
  const own = await airlock(['archive', 'verify', '--all', '--json', '--archive', at('by-itself')]);
  expect(verified.stdout).toBe(own.out);
  expect(verified.stdout).toContain(`{"verdicts":{"proven":${COUNT - 1}},"problems":[]}`);
}, 240_000);
