import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OfflineStation } from '../../../../main/offline/offline-station';
import { loadAttempt } from '../../../../main/online/attempt/state';
import { OperatorDesk } from '../../../../main/operator/operator-desk';
import { checkBackup, makeBackup, readBackup } from '../../../../main/store/backup/backup';
import { type BackupContent, contentBytes, parseContent } from '../../../../main/store/backup/backup-content';
import { openBackup } from '../../../../main/store/backup/opened-backup';
import { restoreBackup, restoreHere } from '../../../../main/store/backup/restore';
import { type Home, openHome } from '../../../../main/store/home';
import { holdHome } from '../../../../main/store/home-lock';
import { lockIdentity, unlockIdentity } from '../../../../main/store/identity';
import { addScript } from '../../../../main/store/scripts';
import { openSeals } from '../../../../main/store/seal/open-homes';
import { encryptUnderPassphrase } from '../../../../shared/openpgp/under-passphrase';
import { standardScript } from '../../../../shared/script/standard-script';
import { eventWords } from '../../../../shared/transcript/event-words';
import { parseJournal } from '../../../../shared/transcript/journal-line';

// In the middle of a ceremony: see test/main/store/seal/unlocking.test.ts.
const HOMES = join(import.meta.dirname, '../../../vectors/homes-0.1.0');
const PASSPHRASE = new TextEncoder().encode('kept by version 0.1.0');
const CEREMONY = '89f2225ea74e440e18c7744921cf2c04';
const now = () => new Date('2027-01-02T03:04:05.000Z');
const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));

const folder = mkdtempSync(join(tmpdir(), 'airlock-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;
const newPath = (): string => join(folder, `${++made}`);

function homeOf(name: string): Home {
  const dir = newPath();
  cpSync(join(HOMES, name), dir, { recursive: true });
  return openHome(dir);
}

const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(dir, name)).isFile())
    .toSorted();
const linesOf = (journal: string) => parseJournal(readFileSync(journal)).map(({ line }) => line);
const lastOf = (journal: string) => linesOf(journal).at(-1) ?? expect.fail();

async function backupOf(home: Home): Promise<string> {
  const path = newPath();
  await makeBackup(home, path, PASSPHRASE, now, random);
  return path;
}

/** A laptop on a home, unlocked. */
async function laptopOn(dir: string): Promise<OfflineStation> {
  const station = new OfflineStation({
    home: openHome(dir),
    clock: now,
    random,
    version: '0',
    program: 'test',
  });
  await station.person.unlock(new TextDecoder().decode(PASSPHRASE));
  return station;
}

const LIVE = /secret\.pgp|handoff\.pgp|station-[0-9a-f]+\.pgp/;

/** The homes that were put back, by whose they are; the tests that follow work in them. */
const restored = new Map<string, string>();
const homeBack = (name: string): string => restored.get(name) ?? expect.fail(name);

test.each(['officer', 'custodian-1', 'station-a'])(
  'the home of %s comes back as it was, in the middle of its ceremony, without the keys that live for that alone',
  async (name) => {
    const home = homeOf(name);
    const path = await backupOf(home);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const back = newPath();
    const { view } = await restoreBackup(readBackup(path), back, PASSPHRASE, now);
    const live = filesIn(home.dir).filter((file) => LIVE.test(file));
    expect(view).toMatchObject({ madeAt: now().toISOString(), leftOut: live.length, findings: [] });
    expect(filesIn(back)).toEqual(filesIn(home.dir).filter((file) => !LIVE.test(file)));
    const journals = filesIn(back).filter((file) => file.endsWith('journal.jsonl'));
    for (const file of filesIn(back).filter((each) => each !== 'seals.json')) {
      const [before, after] = [home.dir, back].map((dir) => readFileSync(join(dir, file)));
      if (!journals.includes(file)) expect(after).toEqual(before);
      else expect(after?.subarray(0, before?.length)).toEqual(before);
    }
    for (const journal of journals) {
      const line = lastOf(join(back, journal));
      expect(line).toMatchObject({ event: 'home-restored', data: { madeAt: now().toISOString() } });
      expect(eventWords(line)).toMatchObject({ text: expect.stringContaining('2027-01-02 03:04 UTC') });
    }
    restored.set(name, back);
    // Under seals that fit: nothing is found, and nothing is told of.
    const identity = await unlockIdentity(openHome(back), PASSPHRASE);
    expect(openSeals(join(back, 'journal.jsonl'))?.inspect()).toEqual([]);
    lockIdentity(identity);
  },
);

test('work goes on in a home that was put back: what its lost key is needed for is refused in a sentence', async () => {
  const officers = await laptopOn(homeBack('officer'));
  await officers.openCeremony(CEREMONY);
  expect(officers.officer().state).toMatchObject({ step: 'result', draft: { title: 'Rotation' } });
  officers.officer().destroySecret();
  await officers.transcript.signOff();
  officers.lock();
  const custodians = await laptopOn(homeBack('custodian-1'));
  expect(custodians.custody.view().records.map(({ cluster }) => cluster)).toContain('the big one');
  await custodians.openCeremony(CEREMONY);
  expect(custodians.custodian().state.step).toBe('released');
  custodians.lock();
  const home = openHome(homeBack('station-a'));
  const identity = await unlockIdentity(home, PASSPHRASE);
  expect(loadAttempt(home, CEREMONY)).toMatchObject({ step: 'open', submitted: [expect.anything()] });
  lockIdentity(identity);
  // A transcript that was closed stays as it was signed, also in a home that is put back after it.
  const closed = openHome(homeBack('officer'));
  const again = newPath();
  const { view } = await restoreBackup(readBackup(await backupOf(closed)), again, PASSPHRASE, now);
  expect(view.ceremonies).toMatchObject([
    { id: CEREMONY, title: 'Rotation', isClosed: true, lacksKey: false },
  ]);
  expect(lastOf(join(again, 'journal.jsonl')).event).toBe('home-restored');
  const journal = `ceremonies/${CEREMONY}/journal.jsonl`;
  expect(readFileSync(join(again, journal))).toEqual(readFileSync(join(closed.dir, journal)));
});

test('a backup that is made while a file of a ceremony is not as it was left says so, and so does the home put back', async () => {
  const home = homeOf('custodian-1');
  lockIdentity(await unlockIdentity(home, PASSPHRASE));
  const state = `ceremonies/${CEREMONY}/state.json`;
  writeFileSync(join(home.dir, state), '{}');
  const path = await backupOf(home);
  expect((await checkBackup(readBackup(path), PASSPHRASE)).view.findings).toEqual([state]);
  const back = newPath();
  await restoreBackup(readBackup(path), back, PASSPHRASE, now);
  const laptop = await laptopOn(back);
  await expect(laptop.openCeremony(CEREMONY)).rejects.toMatchObject({ code: 'home-finding' });
  laptop.lock();
});

test('a backup holds all that a home keeps: also its scripts, and a journal that contradicts another', async () => {
  const home = homeOf('witness');
  const identity = await unlockIdentity(home, PASSPHRASE);
  addScript(home, { ...standardScript, title: 'Our own' });
  lockIdentity(identity);
  home.makeLogs(CEREMONY);
  writeFileSync(home.log(CEREMONY, 'ab'.repeat(32)).replace(/airlock$/, 'contradicts.airlock'), 'evidence');
  const before = filesIn(home.dir);
  const back = newPath();
  await restoreBackup(readBackup(await backupOf(home)), back, PASSPHRASE, now);
  expect(filesIn(back)).toEqual(before);
});

describe('a backup', () => {
  let file: Uint8Array = new Uint8Array();
  let content: BackupContent;
  beforeAll(async () => {
    file = readBackup(await backupOf(homeOf('custodian-2')));
    content = await openBackup(file, PASSPHRASE, (opened) => {
      const { version, madeAt, fingerprint, files, leftOut, findings } = opened;
      return { version, madeAt, fingerprint, files, leftOut, findings };
    });
  });

  /** What a restore says of it, which must leave nothing at all. */
  async function refusalOf(bytes: Uint8Array, passphrase = PASSPHRASE, where = newPath()): Promise<string> {
    const before = readdirSync(folder).toSorted();
    const code = await restoreBackup(bytes, where, passphrase, now).then(
      () => 'restored',
      (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
    );
    expect(readdirSync(folder).toSorted()).toEqual(before);
    return code;
  }

  test('is opened by gpg with the passphrase alone, where no Airlock is left', () => {
    const [path, home] = [newPath(), newPath()];
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(path, file);
    const args = ['--batch', '--homedir', home, '--pinentry-mode', 'loopback', '--passphrase-fd', '0'];
    const { stdout, status } = spawnSync('gpg', [...args, '--decrypt', path], { input: PASSPHRASE });
    expect(status).toBe(0);
    expect(new Uint8Array(stdout)).toEqual(contentBytes(content));
    expect(String(stdout)).toMatch(/^\{"files":\[\{"bytes":\d+,"path":"ceremonies\//);
  });

  test('is refused with another passphrase, cut off anywhere, or where it is another file', async () => {
    expect(await refusalOf(file, new TextEncoder().encode('kept by version 0.1.1'))).toBe('backup-closed');
    for (const length of [0, 1, 14, 15, 20, file.length >> 1, file.length - 1])
      expect(await refusalOf(file.subarray(0, length))).toBe('not-a-backup');
    expect(await refusalOf(new Uint8Array([...file, 0]))).toBe('not-a-backup');
    expect(await refusalOf(new TextEncoder().encode('{"v":1}'))).toBe('not-a-backup');
  });

  test('is refused with one byte changed, wherever that is', async () => {
    const places = [...Array(22).keys(), file.length - 1, file.length - 21];
    for (let n = 0; n < 8; n++) places.push(22 + Math.floor(Math.random() * (file.length - 22)));
    for (const place of places) {
      const changed = file.slice();
      changed[place] = (changed[place] ?? 0) ^ (1 << Math.floor(Math.random() * 8));
      expect(await refusalOf(changed), `byte ${place}`).toMatch(/^(?:not-a-backup|backup-closed)$/);
    }
  }, 60_000);

  /** The same backup, as somebody with the passphrase could have made it by hand. */
  const forged = (bytes: Uint8Array): Promise<Uint8Array> =>
    encryptUnderPassphrase(bytes, PASSPHRASE, random);
  const text = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);
  const withList = (change: (list: string) => string): Uint8Array => {
    const whole = text(contentBytes(content));
    const end = whole.indexOf('\n');
    return Buffer.from(`${change(whole.slice(0, end))}${whole.slice(end)}`, 'latin1');
  };

  test.each([
    '../evil.json',
    '/tmp/evil.json',
    'ceremonies/../../evil.json',
    'C:\\\\evil.json',
    'ceremonies\\\\..\\\\evil.json',
    `ceremonies/${CEREMONY}/secret.pgp`,
    `ceremonies/${CEREMONY}/messages/../../../evil.json`,
    'identity.json',
    'IDENTITY.JSON',
    'people.json/evil',
    '',
  ])('is refused where its list names “%s” besides, before anything else is looked at', (path) => {
    const listed = withList((list) => list.replace('"path":"people.json"', `"path":"${path}"`));
    expect(text(listed)).toContain(`"path":"${path}"`);
    expect(() => parseContent(listed)).toThrowError(expect.objectContaining({ code: 'backup-damaged' }));
  });

  test('is refused where its files are not those of its list, of its identity or of its seals', async () => {
    const replaced = (path: string, bytes: Uint8Array): Promise<Uint8Array> =>
      forged(
        contentBytes({
          ...content,
          files: content.files.map((each) => (each.path === path ? { path, bytes } : each)),
        }),
      );
    const none = new TextEncoder().encode('{"v":1,"people":[]}\n');
    expect(await refusalOf(await forged(Buffer.from([...contentBytes(content), 0x20])))).toBe(
      'backup-damaged',
    );
    expect(await refusalOf(await replaced('people.json', none))).toBe('backup-damaged');
    expect(await refusalOf(await replaced('seals.json', none))).toBe('backup-damaged');
    expect(await refusalOf(await replaced('identity.json', none))).toBe('identity-damaged');
    const without = content.files.filter(({ path }) => path !== 'people.json');
    expect(await refusalOf(await forged(contentBytes({ ...content, files: without })))).toBe(
      'backup-damaged',
    );
    const other = readFileSync(join(HOMES, 'officer/identity.json'));
    expect(await refusalOf(await replaced('identity.json', other))).toBe('backup-damaged');
  });

  test('of a newer version, or of a home in which one has worked, is refused in a sentence that says so', async () => {
    const newer = await forged(
      withList((list) => list.replace(/"v":1,"version"/, '"v":2,"what":[],"version"')),
    );
    expect(await refusalOf(newer)).toBe('backup-too-new');
    const files = content.files.map(({ path, bytes }) => ({
      path,
      bytes:
        path === 'identity.json' ? new TextEncoder().encode(text(bytes).replace('"v": 2', '"v": 3')) : bytes,
    }));
    expect(await refusalOf(await forged(contentBytes({ ...content, files })))).toBe('home-too-new');
    await expect(checkBackup(newer, PASSPHRASE)).rejects.toThrow(/newer version.*Install/s);
  });

  test('is put back only where nothing is: no file, no link, no folder with anything in it', async () => {
    const [full, aFile, link] = [newPath(), newPath(), newPath()];
    mkdirSync(full);
    writeFileSync(join(full, 'mine.txt'), 'mine');
    writeFileSync(aFile, 'mine');
    symlinkSync(newPath(), link);
    for (const where of [full, aFile, link])
      expect(await refusalOf(file, PASSPHRASE, where)).toBe('restore-not-empty');
    const [target, elsewhere] = [newPath(), newPath()];
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(folder, `.${target.split('/').at(-1)}.restoring`));
    expect(await refusalOf(file, PASSPHRASE, target)).toBe('restore-not-empty');
    expect(readdirSync(elsewhere)).toEqual([]);
    const empty = newPath();
    mkdirSync(empty);
    await restoreBackup(file, empty, PASSPHRASE, now);
    expect(existsSync(join(empty, 'identity.json'))).toBe(true);
  });

  test('is written to no file that is there, and to none in a folder that isn’t', async () => {
    const home = homeOf('witness');
    const there = newPath();
    writeFileSync(there, 'mine');
    const make = (path: string) => makeBackup(home, path, PASSPHRASE, now, random);
    await expect(make(there)).rejects.toMatchObject({ code: 'backup-exists' });
    expect(readFileSync(there, 'utf8')).toBe('mine');
    await expect(make(join(newPath(), 'backup'))).rejects.toMatchObject({ code: 'backup-unwritable' });
    await expect(make('/dev/full/backup')).rejects.toMatchObject({ code: 'backup-unwritable' });
  });
});

describe('where nobody is yet', () => {
  /** A home as an app has it at its first start: taken, with what Chromium and a choice of display left. */
  function freshHome() {
    const home = openHome(newPath());
    mkdirSync(join(home.dir, 'window'));
    writeFileSync(home.windowPlace(), '{}');
    return { home, lock: holdHome(home, 'the Airlock app') };
  }
  const anybody = (): void => undefined;
  let path = '';
  beforeAll(async () => {
    path = await backupOf(homeOf('custodian-1'));
  });

  test('a home is put back into the folder that the app has for itself, and all else stays there', async () => {
    const { home, lock } = freshHome();
    const { view } = await restoreHere(readBackup(path), home, PASSPHRASE, now, anybody);
    expect(view.name).not.toBe('');
    expect(readdirSync(home.dir)).toEqual(expect.arrayContaining(['window', 'window.json', 'in-use.lock']));
    expect(readdirSync(home.dir).filter((name) => /^restor/.test(name))).toEqual([]);
    lock.release();
    const laptop = await laptopOn(home.dir);
    expect(laptop.custody.view().records.map(({ cluster }) => cluster)).toContain('the big one');
    expect(linesOf(home.journal()).map(({ event }) => event)).toContain('home-restored');
    laptop.lock();
  });

  test.each([
    ['another passphrase', (bytes: Uint8Array) => bytes, 'not this one', 'backup-closed'],
    [
      'a file that is none',
      () => new TextEncoder().encode('{"v":1}'),
      'kept by version 0.1.0',
      'not-a-backup',
    ],
    [
      'a damaged file',
      (bytes: Uint8Array) => bytes.map((byte, at) => (at === bytes.length >> 1 ? byte ^ 1 : byte)),
      'kept by version 0.1.0',
      'backup-closed',
    ],
  ] as const)('nothing at all is written with %s', async (_name, change, passphrase, code) => {
    const { home, lock } = freshHome();
    const before = readdirSync(home.dir);
    const secret = new TextEncoder().encode(passphrase);
    const tried = restoreHere(change(readBackup(path)), home, secret, now, anybody);
    await expect(tried).rejects.toMatchObject({ code });
    expect(readdirSync(home.dir)).toEqual(before);
    lock.release();
  });

  test('nothing is written over somebody’s home, nor where something of one lies', async () => {
    for (const name of ['identity.json', 'people.json', 'journal.jsonl', 'seals.json', 'ceremonies']) {
      const { home, lock } = freshHome();
      writeFileSync(join(home.dir, name), 'mine');
      const tried = restoreHere(readBackup(path), home, PASSPHRASE, now, anybody);
      await expect(tried).rejects.toMatchObject({ code: 'restore-not-empty' });
      expect(readFileSync(join(home.dir, name), 'utf8')).toBe('mine');
      lock.release();
    }
  });

  test('killed while files moved to their places, the next program to take the home moves the rest', async () => {
    const whole = freshHome();
    await restoreHere(readBackup(path), whole.home, PASSPHRASE, now, anybody);
    whole.lock.release();
    const moved = readdirSync(whole.home.dir)
      .filter((name) => !/^window|^in-use/.test(name))
      .toSorted();
    expect(moved.length).toBeGreaterThan(4);
    for (let count = 0; count <= moved.length; count++) {
      // The identity is the last.
      const inPlace = moved.filter((name) => name !== 'identity.json').slice(0, count);
      const isDone = count === moved.length;
      const half = freshHome();
      half.lock.release();
      mkdirSync(join(half.home.dir, 'restored'));
      for (const name of moved)
        cpSync(
          join(whole.home.dir, name),
          join(half.home.dir, isDone || inPlace.includes(name) ? '' : 'restored', name),
          { recursive: true },
        );
      holdHome(half.home, 'the Airlock app').release();
      expect(filesIn(half.home.dir), `${count} moved`).toEqual(filesIn(whole.home.dir));
      expect(existsSync(join(half.home.dir, 'restored'))).toBe(false);
      lockIdentity(await unlockIdentity(half.home, PASSPHRASE));
    }
  });

  test('a folder that says it is a home put back is moved over nobody’s identity, and through no link', () => {
    const { home, lock } = freshHome();
    lock.release();
    writeFileSync(home.identity(), 'mine');
    mkdirSync(join(home.dir, 'restored'));
    for (const name of ['identity.json', 'people.json']) writeFileSync(join(home.dir, 'restored', name), 'x');
    holdHome(home, 'the Airlock app').release();
    expect(readFileSync(home.identity(), 'utf8')).toBe('mine');
    expect(existsSync(home.people())).toBe(false);
    const other = freshHome();
    other.lock.release();
    symlinkSync(join(home.dir, 'restored'), join(other.home.dir, 'restored'));
    holdHome(other.home, 'the Airlock app').release();
    expect(existsSync(other.home.identity())).toBe(false);
  });

  test('a station at a server takes back no home but an operator’s', async () => {
    const { home, lock } = freshHome();
    const desk = new OperatorDesk({ home, clock: now, program: 'test', version: '0', env: {} });
    const before = readdirSync(home.dir);
    await expect(desk.restore(path, PASSPHRASE)).rejects.toMatchObject({ code: 'restore-of-other-role' });
    expect(readdirSync(home.dir)).toEqual(before);
    await desk.restore(await backupOf(homeOf('station-a')), PASSPHRASE);
    expect(desk.person.restoredFrom).toEqual({ madeAt: now().toISOString(), hasOpen: true });
    desk.end();
    expect(desk.person.restoredFrom).toBeNull();
    lock.release();
  });
});
