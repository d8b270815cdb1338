import { spawnSync } from 'node:child_process';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { archiveStations } from '../../../main/store/archive';
import { fileNameOf, personFileName } from '../../../main/store/file-name';
import { openHome } from '../../../main/store/home';
import { openCeremonyJournal } from '../../../main/store/home-journal';
import type { UnlockedIdentity } from '../../../main/store/identity';
import type { Journal } from '../../../main/store/journal';
import { keepSignature, signOff } from '../../../main/store/sign-off';
import { stationTranscript } from '../../../main/store/station-transcript';
import { readTranscriptFolder } from '../../../main/store/transcript-folder';
import { toHex } from '../../../shared/bytes';
import { signDetached } from '../../../shared/openpgp/signature';
import { verifyTranscript } from '../../../shared/transcript/verify';
import { newFolder, newPerson } from '../online/stage';

vi.setConfig({ testTimeout: 60_000 });

const CEREMONY = 'ab'.repeat(16);

interface Station {
  readonly identity: UnlockedIdentity;
  readonly journal: Journal;
  /** Signs off, has the others sign too, and archives. */
  close(
    folder: string,
    others?: readonly UnlockedIdentity[],
    all?: { readonly again?: boolean; readonly replace?: boolean },
  ): Promise<string>;
}

async function newStation(name: string, label: string, ceremony = CEREMONY): Promise<Station> {
  const identity = { ...(await newPerson(name, 'custodian')), station: label };
  return stationOf(identity, ceremony);
}

function stationOf(identity: UnlockedIdentity, ceremony = CEREMONY): Station {
  const home = openHome(newFolder());
  const paths = home.makeCeremony(ceremony);
  const journal = openCeremonyJournal(home, ceremony, {
    identity,
    clock: () => new Date(),
    rehearsal: false,
    program: 'test',
    version: '0',
  });
  return {
    identity,
    journal,
    async close(folder, others = [], { again, replace } = {}) {
      const { bytes } = await signOff(paths, identity, again);
      for (const other of others) {
        await keepSignature(paths, other, await signDetached(bytes, other.privateKey));
      }
      const transcript = stationTranscript(identity.station, paths, [identity, ...others]);
      const [target] = await archiveStations(folder, [transcript], replace);
      return target ?? '';
    },
  };
}

const short = ({ fingerprint }: UnlockedIdentity): string => toHex(fingerprint).slice(0, 8);

/**
 * Nothing contradicts, and of these stations' part of an archive nothing is missing but the plan, and `more`.
 */
async function holds(folder: string, more: readonly string[] = []): Promise<void> {
  const { findings } = await verifyTranscript(readTranscriptFolder(folder));
  expect(findings.map(({ code }) => code).sort()).toEqual(['no-plan', ...more].sort());
  const { status, stdout } = spawnSync('sh', [join(folder, 'verify.sh')], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([3, expect.stringContaining('\nIncomplete: ')]);
}

describe('an archive', () => {
  test('keeps apart people and stations whose names have no ASCII letter in them', async () => {
    const folder = newFolder();
    const ivan = await newStation('Иван', 'Ноутбук');
    const petr = await newStation('Пётр', 'Сервер');
    await ivan.close(folder, [petr.identity]);
    await petr.close(folder, [ivan.identity]);
    await holds(folder);
    expect(readdirSync(join(folder, 'keys')).sort()).toEqual(
      [ivan, petr].map(({ identity }) => `unnamed-${short(identity)}.asc`).sort(),
    );
  });

  test('keeps apart names that differ by a sign only, and leaves plain ones as they are', async () => {
    const folder = newFolder();
    const stations = [
      await newStation('Ann Lee', 'Laptop A'),
      await newStation('Ann-Lee', 'Laptop-A'),
      await newStation('Custodian 1', 'Custodian 1'),
      await newStation('Keys', 'Keys'),
    ];
    const everyone = stations.map(({ identity }) => identity);
    const folders: string[] = [];
    for (const station of stations) {
      const others = everyone.filter((person) => person !== station.identity);
      folders.push(basename(await station.close(folder, others)));
    }
    await holds(folder);
    const [, annLee, , keys] = everyone.map(short);
    expect(folders).toEqual(['laptop-a', `laptop-a-${annLee}`, 'custodian-1', `keys-${keys}`]);
    expect(readdirSync(join(folder, 'keys')).sort()).toEqual(
      ['ann-lee.asc', `ann-lee-${annLee}.asc`, 'custodian-1.asc', 'keys.asc'].sort(),
    );
  });

  test('takes two stations of the same label, and two people of the same name, beside each other', async () => {
    const folder = newFolder();
    const first = await newStation('Bob', 'Laptop');
    const second = await newStation('Bob', 'Laptop');
    const witness = await newPerson('Wanda', 'witness');
    await first.close(folder, [witness]);
    const before = readFileSync(join(folder, 'laptop', 'journal.jsonl'), 'utf8');
    const name = basename(await second.close(folder, [witness]));
    expect(name).toBe(`laptop-${short(second.identity)}`);
    expect(readFileSync(join(folder, 'laptop', 'journal.jsonl'), 'utf8')).toBe(before);
    await holds(folder);
    // Each finds its own place again, in either order.
    second.journal.append('exception', { text: 'One more line' });
    expect(basename(await second.close(folder, [witness], { again: true }))).toBe(name);
    expect(basename(await first.close(folder, [witness]))).toBe('laptop');
    await holds(folder);
  });

  test('is brought up to date by a new sign-off, without the signatures over the old one', async () => {
    const folder = newFolder();
    const station = await newStation('Ada', 'Station A');
    const witness = await newPerson('Wanda', 'witness');
    const target = await station.close(folder, [witness]);
    expect(existsSync(join(target, 'checkpoint.txt.wanda.asc'))).toBe(true);
    station.journal.append('exception', { text: 'One more line' });
    await expect(station.close(folder)).rejects.toMatchObject({ code: 'would-void' });
    await station.close(folder, [], { again: true, replace: true });
    expect(existsSync(join(target, 'checkpoint.txt.wanda.asc'))).toBe(false);
    await holds(folder, ['no-other-signature']);
  });

  test('never replaces the journal of another ceremony', async () => {
    const folder = newFolder();
    const station = await newStation('Ada', 'Station A');
    const target = await station.close(folder);
    const before = readFileSync(join(target, 'journal.jsonl'), 'utf8');
    const other = stationOf(station.identity, 'cd'.repeat(16));
    await expect(other.close(folder)).rejects.toMatchObject({
      code: 'archive-of-another',
      message: expect.stringContaining(target),
    });
    expect(readFileSync(join(target, 'journal.jsonl'), 'utf8')).toBe(before);
    await holds(folder, ['no-other-signature']);
  });

  test('signed off and archived again as it was keeps every signature', async () => {
    const folder = newFolder();
    const station = await newStation('Ada', 'Station A');
    const witness = await newPerson('Wanda', 'witness');
    const target = await station.close(folder, [witness]);
    const files = readdirSync(target);
    await station.close(folder);
    expect(readdirSync(target)).toEqual(files);
    await holds(folder);
  });

  test('never gives way to less, or to other bytes, without being told to', async () => {
    const folder = newFolder();
    const station = await newStation('Ada', 'Station A');
    const witness = await newPerson('Wanda', 'witness');
    const target = await station.close(folder, [witness]);
    const refused = async (what: string, replaced: string): Promise<void> => {
      const before = readFileSync(replaced, 'utf8');
      await expect(station.close(folder, [], { again: true })).rejects.toMatchObject({
        code: 'would-replace',
        message: expect.stringContaining(what),
      });
      expect(readFileSync(replaced, 'utf8')).toBe(before);
    };
    const script = join(folder, 'verify.sh');
    const key = join(folder, 'keys', 'ada.asc');
    writeFileSync(script, 'echo Proven');
    await refused('a verify.sh that is of no version', script);
    writeFileSync(key, 'hello');
    await refused('keys/ada.asc, by another file', key);
    station.journal.append('exception', { text: 'One more line' });
    await refused(
      'a checkpoint that ada, wanda signed, by one with one signature',
      join(target, 'journal.jsonl'),
    );
    await station.close(folder, [], { replace: true });
    await holds(folder, ['no-other-signature']);
  });

  test('is not read or written through a link or a pipe that lies in the folder', async () => {
    const folder = newFolder();
    const station = await newStation('Ada', 'Station A');
    const target = await station.close(folder);
    const away = join(newFolder(), 'ada.asc');
    renameSync(join(folder, 'keys', 'ada.asc'), away);
    symlinkSync(away, join(folder, 'keys', 'ada.asc'));
    const refused = { code: 'strange-archive', message: expect.stringContaining('keys/ada.asc') };
    await expect(station.close(folder, [], { replace: true })).rejects.toMatchObject(refused);
    rmSync(join(folder, 'keys', 'ada.asc'));
    rmSync(join(target, 'journal.jsonl'));
    spawnSync('mkfifo', [join(target, 'journal.jsonl')]);
    await expect(station.close(folder)).rejects.toMatchObject({ code: 'strange-archive' });
  });

  test('never takes a journal that was changed after it was archived, without being told to', async () => {
    const folder = newFolder();
    const station = await newStation('Ada', 'Station A');
    const target = await station.close(folder);
    const journal = join(target, 'journal.jsonl');
    writeFileSync(journal, `${readFileSync(journal, 'utf8')}{}\n`);
    await expect(station.close(folder)).rejects.toMatchObject({
      code: 'would-replace',
      message: expect.stringContaining('a journal that this one does not continue'),
    });
  });
});

describe('a file name', () => {
  const fingerprint = fc.uint8Array({ minLength: 20, maxLength: 20 });
  const name = fc.oneof(
    fc.string({ minLength: 1, unit: 'binary' }),
    fc.string({ minLength: 1, unit: fc.constantFrom('a', 'B', '7', ' ', '-', 'é', 'ж') }),
  );

  test('is the same for two people only where their names are, but for capitals', () => {
    fc.assert(
      fc.property(name, name, fingerprint, fingerprint, (a, b, x, y) => {
        fc.pre(a.toLowerCase() !== b.toLowerCase() && toHex(x).slice(0, 8) !== toHex(y).slice(0, 8));
        const one = personFileName({ name: a, fingerprint: x });
        expect(one).not.toBe(personFileName({ name: b, fingerprint: y }));
        expect(one).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      }),
    );
  });

  test('can not be had by taking another one’s mark into the name', () => {
    const mark = '0011aabb';
    expect(fileNameOf('Ann-Lee', mark.padEnd(40, '0'))).toBe(`ann-lee-${mark}`);
    expect(fileNameOf(`Ann Lee ${mark}`, 'ff'.repeat(20))).toBe(`ann-lee-${mark}-ffffffff`);
  });
});
