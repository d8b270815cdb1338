import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseJournal } from '../../shared/transcript/journal-line';

const airlock = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const ROUNDS = 18;
/** Longer than the command takes, where the machine is not busy. */
const LONGEST_MS = 900;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'airlock-signals-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** What a shell would report of a command that gets a signal after so many milliseconds. */
function stopped(args: readonly string[], signal: NodeJS.Signals, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [airlock, ...args], { stdio: 'ignore' });
  setTimeout(() => child.kill(signal), afterMs);
  return new Promise((ended) => {
    child.once('exit', (code, by) => ended(code ?? 128 + constants.signals[by ?? 'SIGKILL']));
  });
}

test('a signal at any moment gives its exit code, and leaves a home whole', async () => {
  const file = join(work, 'passphrase');
  writeFileSync(file, 'seven quiet otters\n');
  const home = ['--home', join(work, 'home'), '--passphrase-file', file];
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [airlock, ...args, ...home], { encoding: 'utf8' });
  expect(run('identity', 'create', '--name', 'Ada', '--role', 'officer').status).toBe(0);
  const journal = () => parseJournal(new Uint8Array(readFileSync(join(work, 'home', 'journal.jsonl'))));
  let lines = journal().length;
  for (let round = 0; round < ROUNDS; round++) {
    const signal = signals[round % signals.length] ?? 'SIGINT';
    const afterMs = Math.floor(Math.random() * LONGEST_MS);
    const status = await stopped(
      ['identity', 'show', '--out', join(work, `${round}.ur`), ...home],
      signal,
      afterMs,
    );
    const said = `${signal} after ${afterMs} ms`;
    expect([0, 128 + constants.signals[signal]], said).toContain(status);
    const kept = journal();
    expect(kept.length, said).toBeGreaterThanOrEqual(lines);
    lines = kept.length;
  }
  const { status, stderr } = run('identity', 'show', '--out', join(work, 'last.ur'));
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('torn')]);
  expect(journal().length).toBe(lines + 1);
});
