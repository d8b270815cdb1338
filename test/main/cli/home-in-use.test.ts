import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openHome } from '../../../main/store/home';
import { holdHome } from '../../../main/store/home-lock';
import { parseJournal } from '../../../shared/transcript/journal-line';
import { newFolder } from '../online/stage';
import { airlock } from './fake-terminal';

async function person() {
  const folder = newFolder();
  const home = join(folder, 'home');
  const passphraseFile = join(folder, 'passphrase');
  writeFileSync(passphraseFile, 'correct horse battery\n');
  const unlocked = ['--home', home, '--passphrase-file', passphraseFile];
  const made = await airlock(['identity', 'create', '--name', 'Ada', '--role', 'operator', ...unlocked]);
  expect(made.code).toBe(0);
  const show = (name: string) => airlock(['identity', 'show', ...unlocked, '--out', join(folder, name)]);
  const journal = () => parseJournal(new Uint8Array(readFileSync(join(home, 'journal.jsonl'))));
  return { home, show, journal };
}

test('a command at work in a home keeps another out of it, which writes nothing and says who is there', async () => {
  const { home, show, journal } = await person();
  const before = journal().length;
  const lock = holdHome(openHome(home), 'the Airlock app');
  try {
    const refused = await show('refused.ur');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain(`The home ${home} is in use by the Airlock app (process ${process.pid},`);
    expect(journal()).toHaveLength(before);
    // It only looks.
    expect((await airlock(['identity', 'list', '--home', home])).code).toBe(0);
  } finally {
    lock.release();
  }
  expect((await show('shown.ur')).code).toBe(0);
});

test('commands that are given at once work one after the other, and a command that fails gives the home back', async () => {
  const { home, show, journal } = await person();
  const before = journal().length;
  const runs = await Promise.all(['one', 'two', 'three', 'four'].map((name) => show(`${name}.ur`)));
  expect(runs.map(({ code, err }) => [code, err])).toEqual(runs.map(({ err }) => [0, err]));
  expect(journal()).toHaveLength(before + 4);
  expect((await airlock(['identity', 'remove', 'Nobody', '--home', home])).code).toBe(1);
  expect((await show('five.ur')).code).toBe(0);
});
