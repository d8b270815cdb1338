import { describe, expect, test } from 'vitest';
import { fileToOpen } from '../../../main/desktop/opened-file';

const program = '/opt/airlock/airlock.bin';

describe('the file that a packaged app is started on', () => {
  test.each([
    [[], null],
    [['--home=/home/olga'], null],
    [['start.ur'], '/stick/start.ur'],
    [['/media/a file.ur'], '/media/a file.ur'],
    [['--home=/home/olga', 'codes/start.ur', '--class=airlock'], '/stick/codes/start.ur'],
    [['--', 'start.ur'], '/stick/start.ur'],
    [[''], null],
  ])('of %j is %j', (typed, file) => {
    expect(fileToOpen([program, ...typed], true, '/stick')).toBe(file);
  });

  test('is one: several are refused, and none is taken', () => {
    expect(() => fileToOpen([program, 'a.ur', 'b.ur'], true, '/')).toThrow('one file at a time');
  });

  test.each(['--remote-debugging-port=0', '--no-sandbox', '-h'])('is never a switch like %s', (typed) => {
    expect(fileToOpen([program, typed], true, '/')).toBeNull();
  });
});

test('out of a checkout, the file is what comes after the app', () => {
  const electron = ['electron', '--disable-gpu', '/work/airlock', '--home=/tmp/olga'];
  expect(fileToOpen(electron, false, '/')).toBeNull();
  expect(fileToOpen([...electron, 'a.ur'], false, '/stick')).toBe('/stick/a.ur');
});
