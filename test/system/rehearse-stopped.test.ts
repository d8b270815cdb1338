import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { ApiName } from '../../main/rehearsal/generation';
import { type RehearsalServer, startRehearsalServer } from '../../main/rehearsal/server';

const airlock = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const TIMEOUT_MS = 120_000;

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'airlock-rehearse-stopped-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Stopped {
  readonly status: number;
  /** What stays on the server: an attempt, and tokens beside the one that initialization gave. */
  readonly attempt: boolean;
  readonly tokens: number;
  /** Homes of the players that stay on this machine. */
  readonly homes: readonly string[];
}

/**
 * Plays a rehearsal with the built command on a server that stays. Once it prints a step, its reader goes
 * away, a signal comes, or both.
 */
async function stopped(
  api: ApiName,
  step: string,
  how: { readonly readerGoes: boolean; readonly signal?: NodeJS.Signals },
): Promise<Stopped> {
  const server = await startRehearsalServer({ listen: '127.0.0.1:0', shares: 3, threshold: 2, api });
  const folder = mkdtempSync(join(work, 'run-'));
  const sharesFile = join(folder, 'shares');
  writeFileSync(sharesFile, server.shares.join('\n'));
  const onServer = ['--server', server.address, '--shares-file', sharesFile, '--out', join(folder, 'out')];
  // Where a shell says 2>&1, both streams go to one reader; here each has one, and both go away.
  const child = spawn(process.execPath, [airlock, 'rehearse', ...onServer], {
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, VAULT_TOKEN: server.rootToken },
  });
  let printed = '';
  child.stdout.on('data', (data: Buffer) => {
    const before = printed.includes(step);
    printed += data.toString();
    if (before || !printed.includes(step)) return;
    if (how.readerGoes) {
      child.stdout.destroy();
      child.stderr.destroy();
    }
    if (how.signal !== undefined) child.kill(how.signal);
  });
  const status = await new Promise<number>((ended) => {
    child.once('exit', (code, by) => ended(code ?? 128 + constants.signals[by ?? 'SIGKILL']));
  });
  expect(printed).toContain(step);
  const left = await leftOn(server, api);
  await server.close();
  return { status, ...left, homes: readdirSync(folder).filter((name) => name.startsWith('airlock-')) };
}

const attemptAnswer = z.union([
  z.object({ data: z.object({ started: z.boolean() }) }).transform(({ data }) => data.started),
  z.object({ started: z.boolean() }).transform(({ started }) => started),
]);
const accessorList = z.object({ data: z.object({ keys: z.array(z.string()) }) });

async function leftOn(server: RehearsalServer, api: ApiName) {
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`${server.address}/v1/${path}`, { headers: { 'x-vault-token': server.rootToken } })).json();
  const path = api === 'openbao' ? 'sys/generate-root-token' : 'sys/generate-root';
  const { keys } = accessorList.parse(await get('auth/token/accessors?list=true')).data;
  return { attempt: attemptAnswer.parse(await get(`${path}/attempt`)), tokens: keys.length - 1 };
}

const NOTHING = { attempt: false, tokens: 0, homes: [] };

test.each([
  ['vault', 'Attempt started'],
  ['openbao', 'Token decoded'],
] as const)(
  'a rehearsal on a server like %s whose reader goes away at “%s” leaves nothing there',
  async (api, step) => {
    expect(await stopped(api, step, { readerGoes: true })).toMatchObject(NOTHING);
  },
  TIMEOUT_MS,
);

test.each([
  ['openbao', 'Attempt started', 'SIGINT', false],
  ['vault', 'Token decoded', 'SIGTERM', false],
  ['openbao', 'Share 2 released', 'SIGHUP', true],
] as const)(
  'a rehearsal on a server like %s that is stopped at “%s” by %s leaves nothing there (its reader gone: %s)',
  async (api, step, signal, readerGoes) => {
    expect(await stopped(api, step, { readerGoes, signal })).toEqual({
      status: 128 + constants.signals[signal],
      ...NOTHING,
    });
  },
  TIMEOUT_MS,
);
