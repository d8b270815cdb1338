import { exec, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openHome } from '../../main/store/home';
import { holdHome } from '../../main/store/home-lock';
import { urText } from '../../shared/qr/ur';

const airlock = resolve(import.meta.dirname, '../../dist/cli/airlock.cjs');
const create = `identity create --name Ada --role officer --home`;

let work = '';
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'airlock-terminal-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const shell = (command: string) => {
  const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', command], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

/** What the program makes of keys at a question on a real terminal. */
const keysAtQuestion = (keys: string, home: string) =>
  shell(
    `(sleep 2; printf '${keys}'; sleep 1) | script -qec "${process.execPath} ${airlock} ${create} ${join(work, home)}" /dev/null`,
  );

test('a reader that goes away after its first line ends the command line quietly', () => {
  // The reader is gone before the first line is written.
  const { status, stderr } = shell(`(sleep 0.2; ${process.execPath} ${airlock} --help) | true`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('output that a full disk does not take is one sentence, and a failure', () => {
  const { status, stderr } = shell(`${process.execPath} ${airlock} --help > /dev/full`);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Standard output can't be written \(ENOSPC\)[^\n]*\n$/);
});

test('standard error that a full disk does not take leaves the exit code of the failure', () => {
  expect(shell(`${process.execPath} ${airlock} offlin 2> /dev/full`).status).toBe(2);
});

test('Ctrl-C at a hidden question ends with 130', () => {
  const { status, stdout } = keysAtQuestion('abc\\003', 'c');
  expect(status).toBe(130);
  expect(stdout).toContain('Stopped by Ctrl-C');
  expect(stdout).not.toContain('abc');
});

test('Ctrl-D at a hidden question is said to be what ended it', () => {
  const { status, stdout } = keysAtQuestion('\\004', 'd');
  expect(status).toBe(1);
  expect(stdout).toContain('without an answer (Ctrl-D)');
});

const PASSPHRASE = 'seven quiet otters';
const program = `${process.execPath} ${airlock}`;

/** Whether the terminal echoes, as the last line of a command that runs on one. */
const thenEcho = `; code=$?; stty -a | grep -o '[-]\\?echo ' ; exit $code`;

/** Whether `thenEcho` says so. */
const echoes = (out: string): boolean => /(?<!-)echo\s*$/.test(out);

/** What a command line makes of keys that are typed so many seconds later, on a terminal of its own. */
const typed = (line: string, keys: string, after: number): Promise<{ code: number; out: string }> => {
  writeFileSync(join(work, 'line.sh'), line);
  const typing = `(sleep ${after}; printf '${keys}'; sleep 3)`;
  return new Promise((resolved) => {
    exec(
      `${typing} | TERM=xterm script -qec "bash ${join(work, 'line.sh')}" /dev/null`,
      { encoding: 'utf8', shell: '/bin/bash' },
      (error, out) => resolved({ code: error?.code ?? 0, out }),
    );
  });
};

describe('while a command is busy before it asks for the passphrase', () => {
  /** A command that waits for its home until it is released. */
  const waiting = (name: string) => {
    const home = join(work, name);
    const file = join(work, 'passphrase');
    writeFileSync(file, `${PASSPHRASE}\n`);
    expect(shell(`${program} ${create} ${home} --passphrase-file ${file}`).status).toBe(0);
    const { release } = holdHome(openHome(home), 'a test');
    return { release, line: `${program} identity show --out ${home}.ur --home ${home}${thenEcho}` };
  };

  test('what is typed is not echoed, and is the answer', async () => {
    const { line, release } = waiting('ahead');
    void sleep(2_300).then(release);
    const { code, out } = await typed(line, `${PASSPHRASE}\\n`, 1.6);
    expect(out).not.toContain(PASSPHRASE);
    expect(out).toContain('Passphrase of Ada');
    expect([code, echoes(out)]).toEqual([0, true]);
  });

  test('Ctrl-C ends it with 130, and the terminal echoes again', async () => {
    const { line, release } = waiting('busy');
    const { code, out } = await typed(line, '\\003', 1.6);
    release();
    expect(out).toContain('Stopped by Ctrl-C. What was recorded so far is kept.');
    // The shell that runs the command is interrupted as well.
    expect(code).toBe(130);
  });

  test.each([
    ['INT', 130],
    ['TERM', 143],
    ['HUP', 129],
  ])('SIG%s ends it with %i, and the terminal echoes again', async (signal, status) => {
    const { line, release } = waiting(signal);
    const stopped = line.replace(
      program,
      `timeout --foreground --preserve-status -s ${signal} 1.5 ${program}`,
    );
    const { code, out } = await typed(stopped, '', 0);
    release();
    expect([code, echoes(out)]).toEqual([status, true]);
  });
});

describe('codes in a terminal', () => {
  const message = () => {
    const path = join(work, 'message.ur');
    writeFileSync(path, urText(new Uint8Array(2000).map((_, i) => (i * 37) % 251)));
    return path;
  };
  const large = 'stty rows 80 cols 200;';

  test.each([
    ['Ctrl-C', '\\003', 130],
    ['q', 'q', 0],
  ])('are shown in turn until %s, and the cursor is back then', async (_name, keys, status) => {
    const { code, out } = await typed(`${large} ${program} qr show ${message()}${thenEcho}`, keys, 2);
    expect(code).toBe(status);
    expect(out).toContain('Part 1 of');
    expect(out.slice(out.lastIndexOf('\u001b[?25l'))).toContain('\u001b[?25h\u001b[?1049l');
    expect(echoes(out)).toBe(true);
  });

  test('are left by SIGTERM as by a key', async () => {
    const { code, out } = await typed(
      `${large} timeout --foreground --preserve-status -s TERM 2 ${program} qr show ${message()}${thenEcho}`,
      '',
      0,
    );
    expect(code).toBe(143);
    expect(out).toContain('\u001b[?25h\u001b[?1049l');
    expect(echoes(out)).toBe(true);
  });

  test('are asked a larger window for where it has 20 columns', async () => {
    const { code, out } = await typed(`stty rows 10 cols 20; ${program} qr show ${message()}`, '', 0);
    expect(code).toBe(1);
    expect(out).toMatch(/terminal of 20 × 10 characters is too small/);
  });
});

test('in 20 columns each value stands below its name', async () => {
  const home = join(work, 'narrow');
  const file = join(work, 'narrow-passphrase');
  writeFileSync(file, `${PASSPHRASE}\n`);
  shell(`${program} ${create} ${home} --passphrase-file ${file}`);
  const { code, out } = await typed(`stty cols 20; ${program} identity show --home ${home}`, '', 0);
  expect(code).toBe(0);
  expect(out.replaceAll('\r', '')).toContain('Name\n  Ada\nRole\n  officer\n');
});

test('standard input that nobody ends yet leaves room for Ctrl-C', async () => {
  const { code } = await typed(`${program} offline share -`, '\\003', 1.6);
  expect(code).toBe(130);
});
