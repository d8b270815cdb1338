import { appendFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Home, openHome } from '../../../main/store/home';
import { openHomeJournal } from '../../../main/store/home-journal';
import {
  createIdentity,
  type Identity,
  lockIdentity,
  readIdentity,
  unlockIdentity,
} from '../../../main/store/identity';
import { readIdentityFile } from '../../../main/store/identity-file';
import { openSeals } from '../../../main/store/seal/open-homes';
import { readState, writeState } from '../../../main/store/state-file';
import { lockPrivateKey, unlockPrivateKey } from '../../../shared/openpgp/key-pair';
import { parseJournal } from '../../../shared/transcript/journal-line';
import { newFolder } from '../online/stage';

const PASSPHRASE = 'a long enough passphrase';
let made = '';

beforeAll(async () => {
  const home = openHome(newFolder());
  const identity = await createIdentity(home, {
    name: 'Ada',
    role: 'custodian',
    passphrase: PASSPHRASE,
    now: new Date(),
  });
  journalOf(home, identity).append('exception', { text: 'first' });
  writeState(home.custody(), { n: 1 });
  lockIdentity(identity);
  made = join(home.dir, '..', `${home.dir.split('/').at(-1)}-made`);
  cpSync(home.dir, made, { recursive: true });
  return () => rmSync(made, { recursive: true, force: true });
});

const journalOf = (home: Home, identity: Identity) =>
  openHomeJournal(home, {
    identity,
    clock: () => new Date(),
    rehearsal: false,
    program: 'test',
    version: '0',
  });

function copy(of = made): Home {
  const dir = newFolder();
  cpSync(of, dir, { recursive: true });
  return openHome(dir);
}

const linesOf = (home: Home) => parseJournal(new Uint8Array(readFileSync(home.journal())));
const eventsIn = (home: Home): string[] => linesOf(home).map(({ line }) => line.event);

test('a program killed between a seal and its line leaves a home that opens, whatever there is of the line', async () => {
  const home = copy();
  const identity = await unlockIdentity(home, PASSPHRASE);
  const before = readFileSync(home.journal());
  const ended = copy(home.dir);
  const other = await unlockIdentity(ended, PASSPHRASE);
  journalOf(ended, other).append('exception', { text: 'second' });
  lockIdentity(other);
  const line = readFileSync(ended.journal()).subarray(before.length);
  const {
    hash,
    line: { n },
  } = linesOf(ended).at(-1) ?? expect.fail();
  openSeals(home.journal())?.announceLine(home.journal(), { lines: n, head: hash });
  lockIdentity(identity);
  for (const length of [0, 1, line.length >> 1, line.length - 1, line.length]) {
    const killed = copy(home.dir);
    appendFileSync(killed.journal(), line.subarray(0, length));
    const again = await unlockIdentity(killed, PASSPHRASE);
    journalOf(killed, again).append('exception', { text: 'and on' });
    lockIdentity(again);
    lockIdentity(await unlockIdentity(killed, PASSPHRASE));
    expect(eventsIn(killed)).not.toContain('home-finding');
  }
});

test('a program killed while it replaces a file leaves the old one or the new one, and either is right', async () => {
  const home = copy();
  const old = readFileSync(home.custody());
  const identity = await unlockIdentity(home, PASSPHRASE);
  const stop = new Error('killed');
  const next = new TextEncoder().encode('{"n":2}');
  const seals = openSeals(home.custody());
  expect(() =>
    seals?.replace(home.custody(), next, () => {
      throw stop;
    }),
  ).toThrow(stop);
  lockIdentity(identity);
  const schema = z.strictObject({ n: z.int() });
  for (const [bytes, n] of [
    [old, 1],
    [next, 2],
  ] as const) {
    const killed = copy(home.dir);
    writeFileSync(killed.custody(), bytes);
    const again = await unlockIdentity(killed, PASSPHRASE);
    expect(readState(killed.custody(), schema)).toEqual({ n });
    // The next writing settles which of them it was.
    journalOf(killed, again).append('exception', { text: 'and on' });
    writeFileSync(killed.custody(), n === 1 ? next : old);
    expect(() => readState(killed.custody(), schema)).toThrow(expect.objectContaining({ kind: 'changed' }));
    lockIdentity(again);
  }
});

test('a home of the version before is sealed as it is when it is first unlocked, and its journal says so', async () => {
  const home = await oldHome();
  lockIdentity(await unlockIdentity(home, PASSPHRASE));
  expect(readIdentityFile(home)?.v).toBe(2);
  expect(eventsIn(home).at(-1)).toBe('home-sealed');
  const again = await unlockIdentity(home, PASSPHRASE);
  expect(readState(home.custody(), z.strictObject({ n: z.int() }))).toEqual({ n: 1 });
  lockIdentity(again);
  expect(eventsIn(home).filter((event) => event === 'home-sealed')).toHaveLength(1);
});

test('the old identity file cannot be put back once a home has seals', async () => {
  const home = await oldHome();
  const old = readFileSync(home.identity());
  lockIdentity(await unlockIdentity(home, PASSPHRASE));
  writeFileSync(home.identity(), old);
  rmSync(join(home.dir, 'seals.json'));
  await expect(unlockIdentity(home, PASSPHRASE)).rejects.toMatchObject({
    code: 'home-finding',
    file: 'identity.json',
  });
});

test('an adoption that was cut short is carried on', async () => {
  const home = await oldHome();
  const old = readFileSync(home.identity());
  lockIdentity(await unlockIdentity(home, PASSPHRASE));
  const cut = await oldHome();
  writeFileSync(cut.identity(), old);
  const seals = JSON.parse(readFileSync(join(home.dir, 'seals.json'), 'utf8'));
  writeFileSync(join(cut.dir, 'seals.json'), JSON.stringify(seals));
  lockIdentity(await unlockIdentity(cut, PASSPHRASE));
  lockIdentity(await unlockIdentity(cut, PASSPHRASE));
  expect(eventsIn(cut).at(-1)).toBe('home-sealed');
});

test('a home whose identity is gone gets no new one in its place', async () => {
  const home = copy();
  rmSync(home.identity());
  const wanted = { name: 'Eve', role: 'officer', passphrase: PASSPHRASE, now: new Date() } as const;
  await expect(createIdentity(home, wanted)).rejects.toMatchObject({ code: 'identity-missing' });
});

test('a second unlocking doesn’t close the first when it ends', async () => {
  const home = copy();
  const first = await unlockIdentity(home, PASSPHRASE);
  lockIdentity(await unlockIdentity(home, PASSPHRASE));
  journalOf(home, first).append('exception', { text: 'still open' });
  lockIdentity(first);
  expect(() => writeState(home.custody(), { n: 3 })).toThrow(
    expect.objectContaining({ code: 'home-locked' }),
  );
});

/** As the version before left it: no seals, and a private key whose S2K hashes with SHA-256. */
async function oldHome(): Promise<Home> {
  const home = copy();
  const file = readIdentityFile(home) ?? expect.fail();
  const privateKey = await lockPrivateKey(await unlockPrivateKey(file.privateKey, PASSPHRASE), PASSPHRASE);
  writeFileSync(home.identity(), JSON.stringify({ ...file, v: 1, privateKey }));
  rmSync(join(home.dir, 'seals.json'));
  expect(existsSync(home.journal()) && readIdentity(home) !== null).toBe(true);
  return home;
}
