import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Home, HomeError, openHome } from '../../../main/store/home';
import { holdHome, waitForHome } from '../../../main/store/home-lock';

let home: Home;
let file: string;
beforeEach(() => {
  home = openHome(mkdtempSync(join(tmpdir(), 'airlock-lock-')));
  file = join(home.dir, 'in-use.lock');
});
afterEach(() => rmSync(home.dir, { recursive: true }));

function refusal(): HomeError {
  try {
    holdHome(home, 'airlock two');
  } catch (error) {
    if (error instanceof HomeError) return error;
    throw error;
  }
  throw new Error('the home was free');
}

/** What a program leaves that had the home and ended without giving it back. */
function left(change: object = {}): void {
  const lock = holdHome(home, 'airlock one');
  const text = readFileSync(file, 'utf8');
  lock.release();
  writeFileSync(file, JSON.stringify({ ...JSON.parse(text), ...change }));
}

/** A process that runs for as long as it is let. */
function running(): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' });
  if (child.pid === undefined) throw new Error('no process');
  return Object.assign(child, { pid: child.pid });
}

const ended = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.on('exit', resolve).kill('SIGKILL'));

describe('a home in use', () => {
  test('is refused to another program, which is told who has it and what to do', () => {
    const lock = holdHome(home, 'airlock online submit');
    const { code, message } = refusal();
    expect(code).toBe('home-in-use');
    expect(message).toMatch(
      /is in use by airlock online submit \(process \d+, since [-0-9: ]+ UTC\), so nothing was done here: end that first and try again, or delete .*in-use\.lock if it runs no more\.$/,
    );
    expect(message).toContain(`process ${process.pid},`);
    lock.release();
    expect(existsSync(file)).toBe(false);
    holdHome(home, 'airlock two').release();
  });

  test('is had by whoever waits for it, once the other program ends', async () => {
    const lock = holdHome(home, 'airlock one');
    const waiting = waitForHome(home, 'airlock two');
    setTimeout(() => lock.release(), 200);
    (await waiting).release();
    const again = holdHome(home, 'airlock one');
    await expect(waitForHome(home, 'airlock two', 200)).rejects.toMatchObject({ code: 'home-in-use' });
    again.release();
  });

  test('is taken over from a program that is gone', async () => {
    const child = running();
    const other = { pid: child.pid, process: process.platform === 'linux' ? linuxMark(child.pid) : '' };
    left(other);
    expect(refusal().message).toContain(`process ${child.pid}`);
    await ended(child);
    const lock = holdHome(home, 'airlock two');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      program: 'airlock two',
      pid: process.pid,
    });
    lock.release();
  });

  test.runIf(process.platform === 'linux')(
    'is taken over from a process whose number another one has by now',
    () => {
      left({ process: 'of an earlier boot 1234' });
      holdHome(home, 'airlock two').release();
    },
  );

  test('is not taken over from a program on another machine', () => {
    left({ host: 'elsewhere', pid: 999_999_999 });
    expect(refusal().message).toContain('process 999999999 on elsewhere');
  });

  test('is taken over where a crash left half a lock, and not where one is just being written', () => {
    writeFileSync(file, '{"pro');
    expect(refusal().message).toContain('in use by another program');
    const before = new Date(Date.now() - 60_000);
    utimesSync(file, before, before);
    holdHome(home, 'airlock two').release();
  });

  test('is given back only by the one who has it', () => {
    const first = holdHome(home, 'airlock one');
    rmSync(file);
    const second = holdHome(home, 'airlock two');
    first.release();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ program: 'airlock two' });
    second.release();
  });

  test('is refused where the lock cannot be written', () => {
    rmSync(home.dir, { recursive: true });
    expect(refusal().code).toBe('home-unusable');
    openHome(home.dir);
  });
});

function linuxMark(pid: number): string {
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return `${boot} ${stat.slice(stat.lastIndexOf(') ') + 2).split(' ')[19]}`;
}
