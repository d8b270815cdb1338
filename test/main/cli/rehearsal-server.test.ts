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
