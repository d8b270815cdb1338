import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { OfflineStation } from '../../../main/offline/offline-station';
import { loadAttempt } from '../../../main/online/attempt/state';
import { openHome } from '../../../main/store/home';
import { lockIdentity, unlockIdentity } from '../../../main/store/identity';
import { openSeals } from '../../../main/store/seal/open-homes';
import { version } from '../../../package.json';
import { airlock } from '../cli/fake-terminal';
import { random } from '../online/stage';

// What each version has left: see test/vectors/keep-version.ts. In its ceremony one of two shares was given.
const VECTORS = join(import.meta.dirname, '../../vectors');
const PASSPHRASE = 'correct horse battery';
const versions = readdirSync(VECTORS).flatMap((name) => /^version-(.*)$/.exec(name)?.[1] ?? []);

const folder = mkdtempSync(join(tmpdir(), 'airlock-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, 'passphrase'), `${PASSPHRASE}\n`);
const pass = ['--passphrase-file', join(folder, 'passphrase')];

test('there is something of this version, which is made before it is released', () => {
  expect(versions).toContain(version);
});

describe.each(versions)('of version %s', (of) => {
  const copy = (name: string): string => {
    const dir = mkdtempSync(join(folder, `${name}-`));
    cpSync(join(VECTORS, `version-${of}`, name), dir, { recursive: true });
    return dir;
  };

  const laptopOn = async (dir: string): Promise<OfflineStation> => {
    const home = openHome(dir);
    const station = new OfflineStation({
      home,
      clock: () => new Date(),
      random,
      version: '0',
      program: 'test',
    });
    await station.person.unlock(PASSPHRASE);
    expect(openSeals(home.journal())?.inspect()).toEqual([]);
    return station;
  };

  test('an officer’s and a custodian’s home open, with the ceremony where it stood', async () => {
    for (const role of ['officer', 'custodian'] as const) {
      const dir = copy(role);
      const laptop = await laptopOn(dir);
      const [id = ''] = openHome(dir).listCeremonies();
      await laptop.openCeremony(id);
      const { state } = role === 'officer' ? laptop.officer() : laptop.custodian();
      expect(state).toMatchObject({ step: role === 'officer' ? 'result' : 'released' });
      laptop.lock();
    }
  });

  test('an operator’s home opens, with the attempt and the share that was given', async () => {
    const home = openHome(copy('operator'));
    const identity = await unlockIdentity(home, PASSPHRASE);
    expect(openSeals(home.journal())?.inspect()).toEqual([]);
    const [id = ''] = home.listCeremonies();
    expect(loadAttempt(home, id)).toMatchObject({ step: 'open', submitted: [expect.anything()] });
    lockIdentity(identity);
  });

  test('a backup is checked and put back', async () => {
    const file = join(VECTORS, `version-${of}`, 'custodian.backup');
    const back = join(folder, `back-${of}`);
    const put = await airlock(['home', 'restore', file, back, ...pass]);
    expect([put.code, put.out]).toEqual([0, expect.stringContaining('Ada, custodian')]);
    (await laptopOn(back)).lock();
  });

  test('an archive opens, and its log is proven', async () => {
    const archive = copy('archive');
    const listed = await airlock(['archive', 'list', '--archive', archive, '--json']);
    expect(listed.as(z.object({ ceremonies: z.array(z.unknown()) })).ceremonies).toHaveLength(1);
    expect(await airlock(['archive', 'prove', '--archive', archive])).toMatchObject({ code: 0 });
  });
});

describe('of a version to come', () => {
  const first = join(VECTORS, `version-${versions[0]}`);

  test('a home is refused in a sentence, and stays as it is', async () => {
    const home = join(folder, 'home-to-come');
    cpSync(join(first, 'custodian'), home, { recursive: true });
    const path = join(home, 'identity.json');
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace('"v": 2', '"v": 3,\n  "what": "is not known here"'),
    );
    const files = (): [string, string][] =>
      readdirSync(home)
        .filter((name) => name !== 'ceremonies')
        .map((name) => [name, readFileSync(join(home, name), 'hex')]);
    const before = files();
    const said = await airlock(['identity', 'show', '--home', home, ...pass, '--json']);
    expect(said.error).toMatchObject({
      code: 'home-too-new',
      message: expect.stringContaining('newer version'),
    });
    expect(files()).toEqual(before);
  });

  test('an archive is refused in a sentence that doesn’t call it changed', async () => {
    const archive = join(folder, 'archive-to-come');
    cpSync(join(first, 'archive'), archive, { recursive: true });
    const log = join(archive, 'log.jsonl');
    writeFileSync(log, readFileSync(log, 'utf8').replaceAll('"v":1', '"v":2'));
    for (const command of ['prove', 'reindex']) {
      const said = await airlock(['archive', command, '--archive', archive, '--json']);
      expect(said.error, command).toMatchObject({ code: 'archive-too-new' });
    }
  });
});
