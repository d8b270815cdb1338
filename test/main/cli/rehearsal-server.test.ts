import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { runProgram } from '../../../main/cli/command-runner';
import { processTerminal } from '../../../main/cli/parts/terminal';
import { airlockProgram } from '../../../main/cli/program';

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs the command as typed; its output grows while it runs. */
function run(...args: string[]) {
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((data) => {
      output[stream] += String(data);
      return true;
    });
  }
  const typed = ['rehearsal-server', ...args];
  return { output, ended: runProgram(airlockProgram(processTerminal, typed), typed, processTerminal) };
}

test('prints one line of JSON and serves until it is interrupted', async () => {
  const { output, ended } = run('--shares', '2', '--threshold', '2', '--token-format', 's', '--json');
  await expect.poll(() => output.stdout).toMatch(/^\{.*\}\n$/);
  const announced = z.object({ address: z.string() }).loose().parse(JSON.parse(output.stdout));
  expect(announced).toEqual({
    address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    api: 'vault',
    shares: [expect.stringMatching(/^[0-9a-f]{66}$/), expect.stringMatching(/^[0-9a-f]{66}$/)],
    threshold: 2,
    rootToken: expect.stringMatching(/^s\.[0-9A-Za-z]{24}$/),
    otpLength: 26,
  });
  expect((await fetch(`${announced.address}/v1/sys/health`)).status).toBe(200);
  process.emit('SIGTERM', 'SIGTERM');
  await ended;
  await expect(fetch(`${announced.address}/v1/sys/health`)).rejects.toThrow();
  expect(process.exitCode).toBeUndefined();
});

const announcement = z.object({
  address: z.string(),
  api: z.string(),
  rootToken: z.string(),
  otpLength: z.number(),
});

/** Where an attempt is asked for, how long its one-time password is, and whether a root token works. */
const generations = [
  ['vault', 'sys/generate-root', 28, true],
  ['vault-token', 'sys/generate-root', 28, true],
  ['openbao', 'sys/generate-root-token', 26, true],
  ['openbao-open', 'sys/generate-root', 26, true],
  ['dr', 'sys/replication/dr/secondary/generate-operation-token', 28, false],
  ['recovery', 'sys/generate-recovery-token', 28, false],
] as const;

test.each(generations)('with --api %s has its attempts at %s', async (api, path, otpLength, hasRootToken) => {
  const { output, ended } = run('--api', api, '--json');
  await expect.poll(() => output.stdout).toMatch(/^\{.*\}\n$/);
  const { address, rootToken, ...announced } = announcement.parse(JSON.parse(output.stdout));
  expect({ ...announced, hasRootToken: rootToken !== '' }).toEqual({ api, otpLength, hasRootToken });
  const headers = { 'x-vault-token': rootToken };
  const attempt = await fetch(`${address}/v1/${path}/attempt`, { headers });
  expect(attempt.status).toBe(200);
  process.emit('SIGTERM', 'SIGTERM');
  await ended;
});

test('says to a person which servers it is like, and no root token where there is none', async () => {
  const { output, ended } = run('--api', 'recovery');
  await expect.poll(() => output.stdout).toContain('until interrupted');
  expect(output.stdout).toMatch(/^Like +OpenBao in recovery mode/m);
  expect(output.stdout).not.toContain('Root token');
  process.emit('SIGTERM', 'SIGTERM');
  await ended;
});

test('says to a person that it is a rehearsal', async () => {
  const { output, ended } = run('--shares', '3', '--threshold', '2', '--cluster-name', 'practice');
  await expect.poll(() => output.stdout).toContain('until interrupted');
  expect(output.stdout).toMatch(/^REHEARSAL:/);
  const [address = ''] = /http:\S+/.exec(output.stdout) ?? [];
  const health: unknown = await (await fetch(`${address}/v1/sys/health`)).json();
  expect(health).toMatchObject({ cluster_name: 'practice' });
  process.emit('SIGINT', 'SIGINT');
  await ended;
  expect(process.exitCode).toBe(130);
});

test.each([
  [['--listen', '0.0.0.0:8200'], /loopback only/],
  [['--shares', 'many'], /number of shares is a whole number/],
  [['--shares', '3', '--threshold', '4'], /can't be reached with 3 shares/],
  [['--token-format', 'paper'], /“paper” is no token format/],
  [['--api', 'consul'], /Allowed choices are vault, vault-token, openbao, openbao-open, dr, recovery/],
  [['--api', 'openbao', '--token-format', 'hvs'], /Servers of “openbao” make no tokens of the format “hvs”/],
])('refuses %j with a sentence', async (args, sentence) => {
  const { output, ended } = run(...args);
  await ended;
  expect(output.stderr).toMatch(sentence);
  expect(output.stderr.trim().split('\n')).toHaveLength(1);
  expect(output.stdout).toBe('');
  expect(process.exitCode).toBe(2);
});

test('refuses in JSON where JSON was asked for', async () => {
  const { output, ended } = run('--token-format', 'paper', '--json');
  await ended;
  expect(JSON.parse(output.stdout)).toMatchObject({ error: { code: 'bad-token-format' } });
});
