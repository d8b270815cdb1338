import { expect, vi } from 'vitest';
import { openHome } from '../../../../main/store/home';
import { openCeremonyJournal } from '../../../../main/store/home-journal';
import { lockIdentity, unlockIdentity } from '../../../../main/store/identity';
import { airlock } from '../fake-terminal';
import { PASSPHRASE, test } from '../fixtures';

vi.setConfig({ testTimeout: 60_000 });

const id = 'ab'.repeat(16);

test('a witness at a terminal sees a station’s journal in words, notes a deviation and signs, and the station keeps that', async ({
  at,
  create,
  passphraseFile,
}) => {
  const [otto, wanda] = [at('otto'), at('wanda')];
  await create('Otto', 'operator', '--home', otto, '--station', 'Station A');
  await create('Wanda', 'witness', '--home', wanda);
  const as = (home: string, ...args: readonly string[]) =>
    airlock([...args, '--home', home, '--passphrase-file', passphraseFile, '--json']);
  const told = async (home: string, ...args: readonly string[]) => {
    const { code, out, err } = await as(home, ...args);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out);
  };
  for (const [from, to] of [
    [otto, wanda],
    [wanda, otto],
  ] as const) {
    const person = at(from === otto ? 'otto.ur' : 'wanda.ur');
    const { words } = await told(from, 'identity', 'show', '--out', person);
    await told(to, 'identity', 'add', person, '--words', words);
  }
  const home = openHome(otto);
  const happens = async (text: string): Promise<void> => {
    const identity = await unlockIdentity(home, PASSPHRASE);
    const clock = () => new Date();
    const owner = { identity, clock, rehearsal: true, program: 'test', version: '0' };
    openCeremonyJournal(home, id, owner).append('exception', { text });
    lockIdentity(identity);
  };
  await happens('A share was refused');
  await told(otto, 'transcript', 'show', '--out', at('one.ur'));
  expect(await told(wanda, 'transcript', 'take', at('one.ur'))).toMatchObject({
    journals: [{ station: 'Station A', lines: 2, before: 0, closed: false }],
  });
  await happens('Another one was taken');
  await told(otto, 'transcript', 'show', '--out', at('two.ur'));
  await told(wanda, 'transcript', 'take', at('two.ur'));
  const { stations } = await told(wanda, 'transcript', 'followed', '--new');
  expect(stations).toMatchObject([
    {
      station: 'Station A',
      lines: 4,
      before: 2,
      signed: 0,
      events: [{ line: 3 }, { text: 'Another one was taken' }],
    },
  ]);
  await told(wanda, 'transcript', 'deviation', 'The door was open', '--station', 'station a', '--line', '4');
  const refused = await as(wanda, 'transcript', 'deviation', 'x', '--station', 'Station A', '--line', '9');
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('has no line 9')]);
  await told(wanda, 'transcript', 'witness', 'Station A', '--out', at('statement.ur'));
  expect(await told(otto, 'transcript', 'take', at('statement.ur'))).toMatchObject({
    witnessed: [{ name: 'Wanda', lines: 4, deviations: [{ line: 4, text: 'The door was open' }] }],
  });
  // A journal that is closed is shown to no witness, and keeps nothing more.
  await told(otto, 'transcript', 'sign-off');
  for (const args of [['show'], ['take', at('statement.ur')]])
    expect((await as(otto, 'transcript', ...args)).err).toContain('This transcript is closed');
});
