import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readEntrance } from '../../../main/store/entrance';
import { type Home, openHome } from '../../../main/store/home';
import { createIdentity } from '../../../main/store/identity';
import { readIdentityFile } from '../../../main/store/identity-file';
import { asciiBytes } from '../../../shared/bytes';

let home: Home;
beforeEach(() => {
  home = openHome(mkdtempSync(join(tmpdir(), 'airlock-entrance-')));
});
afterEach(() => rmSync(home.dir, { recursive: true }));

test('a home without an identity is nobody’s', () => {
  expect(readEntrance(home)).toEqual({ name: null });
});

test('a home is that of the person whose identity it holds, as the whole identity says', async () => {
  await createIdentity(home, {
    name: 'Ada Ünal',
    role: 'custodian',
    passphrase: asciiBytes('tin roof tin roof'),
    now: new Date(),
  });
  expect(readEntrance(home)).toEqual({ name: 'Ada Ünal' });
  expect(readEntrance(home)?.name).toBe(readIdentityFile(home)?.name);
});

test.each(['', '{', 'null', '7', '[]', '{"name":7}', '{"name":""}'])(
  'an identity file that holds %j says nothing so soon',
  (text) => {
    writeFileSync(home.identity(), text);
    expect(readEntrance(home)).toBeNull();
  },
);

test('nor does one that can’t be read', () => {
  mkdirSync(home.identity());
  expect(readEntrance(home)).toBeNull();
});
