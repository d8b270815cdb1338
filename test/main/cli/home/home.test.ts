import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { parseJournal } from '../../../../shared/transcript/journal-line';
import { airlock } from '../fake-terminal';
import { PASSPHRASE, test } from '../fixtures';

const shown = z.object({
  written: z.string().optional(),
  folder: z.string().optional(),
  sha256: z.string(),
  name: z.string(),
  words: z.string(),
  madeAt: z.string(),
  ceremonies: z.array(z.unknown()),
});

test('a home is backed up, the file is checked anywhere, and put back where the old folder was lost', async ({
  home,
  at,
  create,
  signing,
  passphraseFile,
}) => {
  await create('Ada', 'custodian');
  const [file, back] = [at('ada.backup'), at('back')];
  const pass = ['--passphrase-file', passphraseFile];
  const made = await airlock(['home', 'backup', file, ...signing, '--json']);
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('keep it away from this machine') });
  expect(made.as(shown)).toMatchObject({ written: file, name: 'Ada', ceremonies: [] });
  const words = await airlock(['identity', 'show', '--home', home]);
  expect(words.out).toContain(made.as(shown).words);
  rmSync(home, { recursive: true });
  const checked = await airlock(['home', 'check', file], { answers: [PASSPHRASE] });
  expect(checked).toMatchObject({ code: 0, out: expect.stringContaining('Ada, custodian (custodian Ada)') });
  expect(checked.out).toContain(made.as(shown).sha256);
  expect(existsSync(home)).toBe(false);
  const put = await airlock(['home', 'restore', file, back, ...pass]);
  expect(put).toMatchObject({ code: 0, err: expect.stringContaining('is not here, and its journals say') });
  const events = parseJournal(readFileSync(join(back, 'journal.jsonl'))).map(({ line }) => line.event);
  expect(events.slice(-2)).toEqual(['home-backed-up', 'home-restored']);
  const again = await airlock(['home', 'restore', file, back, ...pass, '--json']);
  expect(again).toMatchObject({ code: 1, out: expect.stringContaining('restore-not-empty') });
  expect((await airlock(['identity', 'show', '--home', back, ...pass, '--out', at('a.ur')])).code).toBe(0);
});

test('nothing is backed up without the passphrase, nor over another file', async ({
  at,
  create,
  signing,
  home,
}) => {
  await create('Ada', 'custodian');
  const file = at('ada.backup');
  const wrong = await airlock(['home', 'backup', file, '--home', home], { answers: ['not the passphrase'] });
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('does not open') });
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, 'mine');
  expect(await airlock(['home', 'backup', file, ...signing])).toMatchObject({
    code: 1,
    err: expect.stringContaining('is there already'),
  });
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(await airlock(['home', 'check', file], { answers: [PASSPHRASE] })).toMatchObject({
    code: 1,
    err: expect.stringContaining('no backup of an Airlock home'),
  });
});
