import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../../online/stage';
import { airlock } from '../fake-terminal';

const create = (home: string) => ['identity', 'create', '--home', home, '--name', 'Ada', '--role', 'officer'];

test('AIRLOCK_PASSPHRASE_FILE gives the passphrase wherever one is needed, and asks for nothing', async () => {
  const folder = newFolder();
  const file = join(folder, 'passphrase');
  writeFileSync(file, 'seven quiet otters\n');
  const home = join(folder, 'home');
  const env = { AIRLOCK_PASSPHRASE_FILE: file };
  expect(await airlock(create(home), { env })).toMatchObject({ code: 0 });
  const out = join(folder, 'ada.txt');
  expect(await airlock(['identity', 'show', '--home', home, '--out', out], { env })).toMatchObject({
    code: 0,
  });
  // The command line has the last word.
  const wrong = join(folder, 'wrong');
  writeFileSync(wrong, 'seven loud otters\n');
  const refused = await airlock(
    ['identity', 'show', '--home', home, '--out', out, '--passphrase-file', wrong, '--json'],
    { env },
  );
  expect(refused.error.code).toBe('wrong-passphrase');
});

test('a passphrase file in the environment does not turn a look into a signed message', async () => {
  const folder = newFolder();
  const file = join(folder, 'passphrase');
  writeFileSync(file, 'seven quiet otters\n');
  const home = join(folder, 'home');
  const env = { AIRLOCK_PASSPHRASE_FILE: file };
  await airlock(create(home), { env });
  const shown = await airlock(['identity', 'show', '--home', home, '--json'], { env });
  expect(shown.json).toMatchObject({ message: null });
});

test('AIRLOCK_PASSPHRASE_FILE can not name standard input', async () => {
  const run = await airlock([...create(join(newFolder(), 'home')), '--json'], {
    env: { AIRLOCK_PASSPHRASE_FILE: '-' },
  });
  expect(run.code).toBe(2);
  expect(run.error.code).toBe('usage');
});
