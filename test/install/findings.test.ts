import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { differences, filesBelow } from './files.mjs';
import { holesIn } from './processes.mjs';

// What the proof of an installation would find, were it there.

describe('the sandbox of a program’s pages', () => {
  const itself = {
    ...{ id: 1, args: ['/opt/airlock/airlock.bin'], type: '', user: 1000, seccomp: 0 },
    ...{ capabilities: '0000000000000000', net: 'net:[1]', pid: 'pid:[1]' },
  };
  const page = {
    ...itself,
    ...{ id: 2, args: ['/opt/airlock/airlock.bin', '--type=renderer'], type: 'renderer', seccomp: 2 },
    ...{ net: 'net:[2]', pid: 'pid:[2]' },
  };

  test('has no hole where all of it holds', () => {
    expect(holesIn([itself, page], 1000)).toEqual([]);
  });

  test.each([
    ['without a filter', { seccomp: 0 }, 'A page may make any system call.'],
    ['in the program’s network', { net: itself.net }, 'A page has the network of the program.'],
    ['among the program’s processes', { pid: itself.pid }, 'A page sees the processes of others.'],
    ['with rights of root’s', { capabilities: '0000000000200000' }, 'A page has the capabilities'],
    ['as root', { user: 0 }, 'runs as user 0.'],
    ['with a switch', { args: [...page.args, '--no-sandbox'] }, 'was started without a sandbox.'],
  ])('has one %s', (_what, change, said) => {
    expect(holesIn([itself, { ...page, ...change }], 1000)).toEqual([expect.stringContaining(said)]);
  });

  test('is not proven where there is no page, or no program', () => {
    expect(holesIn([itself], 1000)).toEqual(['There is no process of a page.']);
    expect(holesIn([], 1000)).toEqual(['The program does not run.']);
  });
});

test('a file more, less, changed, or of another kind is a trace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-findings-'));
  try {
    for (const name of ['etc', 'gone', 'log']) mkdirSync(join(folder, name));
    for (const name of ['etc/kept', 'etc/other', 'gone/file']) writeFileSync(join(folder, name), 'as it was');
    const look = () => filesBelow(folder, (path) => path === '/log');
    const before = look();
    writeFileSync(join(folder, 'log/line'), '');
    expect(differences(before, look())).toEqual([]);
    rmSync(join(folder, 'gone'), { recursive: true });
    rmSync(join(folder, 'etc/other'));
    symlinkSync('kept', join(folder, 'etc/other'));
    writeFileSync(join(folder, 'etc/more'), '', { mode: 0o644 });
    expect(differences(before, look())).toEqual([
      'more: /etc/more',
      'changed: /etc/other',
      'gone: /gone',
      'gone: /gone/file',
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
