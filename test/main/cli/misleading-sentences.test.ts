import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../online/stage';
import { airlock, type Run } from './fake-terminal';

/** A home with a person in it, and how a command is run there. */
async function personIn(folder: string) {
  const file = join(folder, 'passphrase');
  writeFileSync(file, 'seven quiet otters\n');
  const run = (...args: string[]): Promise<Run> =>
    airlock([...args, '--home', join(folder, 'home'), '--passphrase-file', file]);
  await run('identity', 'create', '--name', 'Ada', '--role', 'operator');
  return run;
}

test('whoever has no attempt of their own is told how another one is cancelled', async () => {
  const run = await personIn(newFolder());
  const { code, err } = await run('online', 'cancel', '--server', 'https://127.0.0.1:1');
  expect(code).toBe(1);
  expect(err).toContain('airlock online cancel --nonce NONCE');
});

test('pictures of a message carry its type in their names', async () => {
  const folder = newFolder();
  const run = await personIn(folder);
  const message = join(folder, 'ada.ur');
  await run('identity', 'show', '--out', message);
  const pictures = join(folder, 'pictures');
  expect((await airlock(['qr', 'show', message, '--png', pictures])).code).toBe(0);
  const names = readdirSync(pictures);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).toMatch(/^identity(-part-\d+-of-\d+)?\.png$/);
});
