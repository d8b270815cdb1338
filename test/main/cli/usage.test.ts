import { expect, test } from 'vitest';
import { version } from '../../../main/version';
import { airlock } from './fake-terminal';

test.each([
  [['offlin'], /Did you mean offline\? See airlock --help\.$/],
  [['offline', 'decod'], /Did you mean decode\? See airlock offline --help\.$/],
  [['offline', 'otp', '--lenght', '9'], /Did you mean --length\? See airlock offline otp --help\.$/],
  [['offline', 'share'], /^Missing required argument 'file'\. See airlock offline share --help\.$/],
  [['identity'], /^Say what to do: airlock identity --help lists the commands\.$/],
])('a mistyped command line %j is answered with its own help and what was meant', async (args, sentence) => {
  const { code, err, out } = await airlock(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trimEnd()).toMatch(sentence);
});

test('the version is printed by a command as by a flag', async () => {
  expect((await airlock(['version'])).out).toBe(`${version}\n`);
  expect((await airlock(['--version'])).out).toBe(`${version}\n`);
});

test.each([[[]], [['offline']], [['offline', 'decode']]])(
  '-h helps at the level of airlock %j',
  async (args) => {
    const { code, out } = await airlock([...args, '-h']);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^Usage: ${['airlock', ...args].join(' ')} `));
  },
);
