import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { version } from '../../version';
import { makeFolders, syncFolder } from '../folder';
import { type Home, HomeError, openHome } from '../home';
import { openCeremonyJournal } from '../home-journal';
import { type HomeLock, holdHome } from '../home-lock';
import type { UnlockedIdentity } from '../identity';
import { type Identity, readIdentityFile } from '../identity-file';
import { homeJournal } from '../seal/finding-record';
import { closeFor } from '../seal/open-homes';
import { SEALS, writeSeals } from '../seal/seal-file';
import { openUnlocked } from '../seal/unlocking';
import { reasonOf, StoreError } from '../store-error';
import type { BackupMade } from './backup';
import { BackupError } from './backup-error';
import { viewOf } from './backup-view';
import { type OpenedBackup, openBackup } from './opened-backup';
import { PUT_BACK, putInPlace } from './put-in-place';

/**
 * Puts a home back from a backup (`file`: its bytes) into a folder that is empty, or not there yet. All of
 * the backup is checked before anything is written. The home is built beside that folder, with
 * `home-restored` on record in its journal and in those of all ceremonies that were not closed, and takes its
 * name in one step: a program that is killed meanwhile leaves no home there, and the next try clears what it
 * left beside it. Throws `BackupError`, `HomeError` 'home-in-use' (another program restores to there at this
 * moment).
 */
export async function restoreBackup(
  file: Uint8Array,
  folder: string,
  passphrase: Uint8Array,
  clock: () => Date,
): Promise<BackupMade> {
  const target = resolve(folder);
  refuseFull(target);
  return openBackup(file, passphrase, async (opened, key, privateKey) => {
    const building = join(dirname(target), `.${basename(target)}.restoring`);
    try {
      makeFolders(dirname(target));
      await build(building, { opened, key, privateKey }, passphrase, clock, () => {
        refuseFull(target);
        rename(building, target);
      });
      // It went along: only a folder with this file in it may be cleared away by a next try.
      rmSync(join(target, LOCK), { force: true });
    } catch (error) {
      throw failed(error, folder);
    }
    return { view: viewOf(opened), sha256: opened.sha256 };
  });
}

/**
 * The same for a home that a program has for itself already, and in which nobody is yet. It is built in a
 * folder within it, which takes another name in one step once it is whole; from there on it is put back,
 * whatever happens: whoever takes the home next finishes what a program that was killed has begun
 * (`putInPlace`). `accept`: throws where this station is none for the person of the backup. Throws as
 * `restoreBackup` does.
 */
export async function restoreHere(
  file: Uint8Array,
  home: Pick<Home, 'dir'>,
  passphrase: Uint8Array,
  clock: () => Date,
  accept: (identity: Identity) => void,
): Promise<BackupMade> {
  refuseUsed(home.dir);
  return openBackup(file, passphrase, async (opened, key, privateKey) => {
    accept(opened.identity);
    const building = join(home.dir, 'restoring');
    try {
      await build(building, { opened, key, privateKey }, passphrase, clock, () => {
        refuseUsed(home.dir);
        renameSync(building, join(home.dir, PUT_BACK));
        syncFolder(home.dir);
      });
      putInPlace(home.dir);
    } catch (error) {
      throw failed(error, home.dir);
    }
    return { view: viewOf(opened), sha256: opened.sha256 };
  });
}

interface Unlocked {
  readonly opened: OpenedBackup;
  readonly key: Uint8Array;
  readonly privateKey: Uint8Array;
}

/** Builds a whole home in a folder of its own, which `done` moves; where anything fails, nothing is left. */
async function build(
  building: string,
  { opened, key, privateKey }: Unlocked,
  passphrase: Uint8Array,
  clock: () => Date,
  done: () => void,
): Promise<void> {
  const lock = beginAt(building);
  try {
    writeHome(building, opened, key);
    await putOnRecord(openHome(building), opened, privateKey, passphrase, clock);
    done();
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    throw error;
  } finally {
    lock.release();
  }
}

/** What another home may lie in stays as it is. Throws `BackupError` 'restore-not-empty'. */
function refuseFull(target: string): void {
  const there = lstatSync(target, { throwIfNoEntry: false });
  if (there === undefined || (there.isDirectory() && readdirSync(target).length === 0)) return;
  throw new BackupError(
    'restore-not-empty',
    `${target} is there already and is no empty folder. A home is put back only into a new or an empty one, and nothing was written. Choose another.`,
  );
}

/** What a home has only once somebody worked in it. */
const USED =
  /^(?:identity|people|custody|station|scripts|seals)\.json|^journal\.|^station-|^(?:ceremonies|logs|outcomes|restored)$/;

/** Other people's files in the same folder don't matter. Throws `BackupError` 'restore-not-empty'. */
function refuseUsed(dir: string): void {
  const used = readdirSync(dir).find((name) => USED.test(name));
  if (used === undefined) return;
  throw new BackupError(
    'restore-not-empty',
    `In ${dir} there is ${used} already. A home is put back only where nobody has worked yet, and nothing was written. Take that away, or start Airlock in another folder.`,
  );
}

const LOCK = 'in-use.lock';

/**
 * An empty folder to build in, taken for this program alone: what a killed one left there is cleared away.
 * Throws `BackupError` 'restore-not-empty', `HomeError` 'home-in-use', and what the system throws.
 */
function beginAt(building: string): HomeLock {
  const there = lstatSync(building, { throwIfNoEntry: false });
  if (there === undefined) mkdirSync(building, { mode: 0o700 });
  else if (!there.isDirectory()) throw strange(building);
  const left = readdirSync(building);
  // Nothing is written there before the lock.
  if (left.length > 0 && !left.includes(LOCK)) throw strange(building);
  let lock: HomeLock;
  try {
    lock = holdHome({ dir: building }, 'airlock home restore');
  } catch (error) {
    const isOthers = error instanceof HomeError && error.code === 'home-in-use';
    if (left.length === 0 && !isOthers) rmSync(building, { recursive: true, force: true });
    throw error;
  }
  for (const name of readdirSync(building))
    if (name !== LOCK) rmSync(join(building, name), { recursive: true, force: true });
  return lock;
}

const strange = (path: string): BackupError =>
  new BackupError(
    'restore-not-empty',
    `The home would be built in ${path}, and something that no Airlock left is there. Nothing was written: move that away, or restore to another folder.`,
  );

/** Each file on the disk when this returns, under seals that name no key that was left out. */
function writeHome(dir: string, { files, seals, leftOut }: OpenedBackup, key: Uint8Array): void {
  const folders = new Set<string>();
  for (const { path, bytes } of files) {
    if (path === SEALS) continue;
    const at = join(dir, path);
    for (let above = dirname(at); above.length > dir.length; above = dirname(above)) folders.add(above);
    makeFolders(dirname(at), 0o700);
    const fd = openSync(at, 'wx', 0o600);
    try {
      writeFileSync(fd, bytes);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
  for (const folder of folders) syncFolder(folder);
  const there = Object.entries(seals.files).filter(([name]) => !leftOut.includes(name));
  const { next } = seals;
  const isLeftOut = next !== null && 'file' in next && leftOut.includes(next.file);
  const content = {
    ...seals,
    files: Object.fromEntries(there),
    next: isLeftOut ? null : next,
    counter: seals.counter + 1,
  };
  writeSeals(dir, key, content, 'now');
}

/** Throws what `openUnlocked` throws. */
async function putOnRecord(
  home: Home,
  opened: OpenedBackup,
  privateKey: Uint8Array,
  passphrase: Uint8Array,
  clock: () => Date,
): Promise<void> {
  const file = readIdentityFile(home);
  if (file === null) throw new Error('the identity was just written');
  const identity: UnlockedIdentity = { ...opened.identity, privateKey };
  await openUnlocked(identity, { home, file, privateKey, clock }, passphrase);
  const { sha256: backup, madeAt, leftOut } = opened;
  try {
    homeJournal(home, identity, clock).append('home-restored', { backup, madeAt, leftOut: leftOut.length });
    for (const { id, isClosed, lines, rehearsal } of viewOf(opened).ceremonies) {
      if (isClosed || lines === 0) continue;
      const ofCeremony = leftOut.filter((path) => path.includes(id)).length;
      inCeremony(home, identity, id, rehearsal, clock, { backup, madeAt, leftOut: ofCeremony });
    }
  } finally {
    closeFor(identity);
  }
}

function inCeremony(
  home: Home,
  identity: UnlockedIdentity,
  id: string,
  rehearsal: boolean,
  clock: () => Date,
  data: { backup: string; madeAt: string; leftOut: number },
): void {
  try {
    const owner = { identity, clock, rehearsal, program: 'airlock', version };
    openCeremonyJournal(home, id, owner).append('home-restored', data);
  } catch (error) {
    // A ceremony that was not as it was left when the backup was made is refused here as it was there.
    if (!(error instanceof StoreError) || error.code === 'journal-unwritable') throw error;
  }
}

/** In one step; Windows takes no name that an empty folder has. */
function rename(from: string, to: string): void {
  if (process.platform === 'win32' && lstatSync(to, { throwIfNoEntry: false }) !== undefined) rmdirSync(to);
  renameSync(from, to);
  syncFolder(dirname(to));
}

function failed(error: unknown, folder: string): unknown {
  const isOfSystem = error instanceof Error && 'syscall' in error;
  const isOfDisk =
    error instanceof StoreError && (error.code === 'journal-unwritable' || error.code === 'state-unwritable');
  if (!isOfSystem && !isOfDisk) return error;
  const reason = isOfSystem ? reasonOf(error) : (/\(([A-Z]+)\)/.exec(error.message)?.[1] ?? 'disk');
  return new BackupError(
    'restore-failed',
    `The home couldn’t be put back into ${folder} (${reason}). There is no home there, whole or half. Make room or choose another place, then try again.`,
  );
}
