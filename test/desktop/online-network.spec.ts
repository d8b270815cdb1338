import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RehearsalServer, startRehearsalServer } from '../../main/rehearsal/server';
import { expect, test } from './launch';
import { Person } from './person';
import { processesOf } from './process-memory';

let server: RehearsalServer;
test.beforeAll(async () => {
  server = await startRehearsalServer({ listen: '127.0.0.1:0', shares: 3, threshold: 2, tokenFormat: 'hvs' });
});
test.afterAll(() => server.close());

test('the station connects to the server’s address and to nothing else, as the kernel sees it', async ({
  start,
}) => {
  const traceable = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
  test.skip(!traceable, 'strace is missing, or may not trace here');
  const folder = mkdtempSync(join(tmpdir(), 'airlock-trace-'));
  const log = join(folder, 'trace');
  const running = await start({ program: 'online', env: { VAULT_ADDR: server.address } });
  const otto = new Person('Otto', running.page);
  const attached = processesOf(running.app.process().pid ?? 0).flatMap(({ pid }) => ['-p', String(pid)]);
  const tracer = spawn(
    'strace',
    [
      '-f',
      '-qq',
      '-e',
      'trace=connect,bind,sendto,sendmsg,sendmmsg',
      '-e',
      'signal=none',
      '-o',
      log,
      ...attached,
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => tracer.on('close', resolve));
  try {
    await otto.firstStart('Operator');
    await otto.press('Later: go to the server');
    await otto.pressAndFollow('Ask the server');
    await otto.sees('Introduce this station');
    await otto.press('Make this station’s code');
    await otto.sees('Show this to the officer');
    // The server is asked again by itself every few seconds.
    await otto.page.waitForTimeout(9_000);
  } finally {
    tracer.kill('SIGINT');
    await ended;
  }
  const reaching = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /AF_INET6?\b/.test(line));
  const own = `sin_port=htons(${new URL(server.address).port}), sin_addr=inet_addr("127.0.0.1")`;
  expect(reaching.filter((line) => line.includes(own)).length).toBeGreaterThan(2);
  expect(reaching.filter((line) => !line.includes(own))).toEqual([]);
  // None of it is a window's: it is one process that speaks.
  expect(new Set(reaching.map((line) => threadGroup(line))).size).toBeLessThanOrEqual(2);
  rmSync(folder, { recursive: true, force: true });
});

/** Number of the thread that made a traced call. */
const threadGroup = (line: string): string => line.split(' ')[0] ?? '';
