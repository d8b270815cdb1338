import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { equalBytes, type RandomSource, toHex } from '../../../shared/bytes';
import { encryptUnderPassphrase } from '../../../shared/openpgp/under-passphrase';
import { version } from '../../version';
import { syncFolder } from '../folder';
import type { Home } from '../home';
import { lockIdentity, unlockIdentity } from '../identity';
import { homeJournal } from '../seal/finding-record';
import { openSeals } from '../seal/open-homes';
import { reasonOf } from '../store-error';
import { type BackupContent, contentBytes } from './backup-content';
import { BackupError } from './backup-error';
import { type BackupView, viewOf } from './backup-view';
import { copyOfHome, LARGEST_BACKUP } from './home-copy';
import { openBackup } from './opened-backup';

export interface BackupMade {
  readonly view: BackupView;
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
}

/**
 * Makes a backup of a home: one new file, under the passphrase of the home's identity (UTF-8, the caller's to
 * wipe), which is on record in the home's journal first. The file is read back and checked as `checkBackup`
 * does before this returns. The caller has the home for itself meanwhile. Keys that live for one ceremony are
 * left out. Throws `BackupError` 'backup-exists', 'backup-too-large', 'backup-unwritable'; and what
 * `unlockIdentity` throws.
 */
export async function makeBackup(
  home: Home,
  path: string,
  passphrase: Uint8Array,
  clock: () => Date,
  random: RandomSource,
): Promise<BackupMade> {
  refuseExisting(path);
  const content = await contentOf(home, passphrase, clock);
  const file = await encryptUnderPassphrase(contentBytes(content), passphrase, random);
  writeNew(path, file);
  if (!equalBytes(readBackup(path), file)) {
    rmSync(path, { force: true });
    throw unwritable(path, 'what was written there reads back as something else');
  }
  return checkBackup(file, passphrase);
}

function refuseExisting(path: string): void {
  let isThere: boolean;
  try {
    isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw unwritable(path, reasonOf(error));
  }
  if (!isThere) return;
  throw new BackupError(
    'backup-exists',
    `${path} is there already, and stays as it is. Give the backup another name.`,
  );
}

async function contentOf(home: Home, passphrase: Uint8Array, clock: () => Date): Promise<BackupContent> {
  const identity = await unlockIdentity(home, passphrase, clock);
  try {
    const { files, leftOut } = copyOfHome(home.dir);
    const counts = { files: files.length, leftOut: leftOut.length };
    homeJournal(home, identity, clock).append('home-backed-up', counts);
    const findings = openSeals(home.journal())?.inspect() ?? [];
    return {
      version,
      madeAt: clock().toISOString(),
      fingerprint: toHex(identity.fingerprint),
      ...copyOfHome(home.dir),
      findings: findings.map(({ file }) => file),
    };
  } finally {
    lockIdentity(identity);
  }
}

/** What a backup is of, once all of it was checked; nothing is written. Throws as `openBackup` does. */
export const checkBackup = (file: Uint8Array, passphrase: Uint8Array): Promise<BackupMade> =>
  openBackup(file, passphrase, (opened) => ({ view: viewOf(opened), sha256: opened.sha256 }));

/** The bytes of a backup's file. Throws `BackupError` 'backup-unreadable', 'not-a-backup'. */
export function readBackup(path: string): Uint8Array {
  try {
    const { size } = statSync(path);
    // The list and the packets around it take a part more.
    if (size <= 2 * LARGEST_BACKUP) return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new BackupError(
      'backup-unreadable',
      `The file ${path} can’t be read (${reasonOf(error)}). Check its name and your rights to it.`,
    );
  }
  throw new BackupError(
    'not-a-backup',
    `The file ${path} is far larger than a backup of a home. Look whether it is the right file.`,
  );
}

function writeNew(path: string, bytes: Uint8Array): void {
  let isMade = false;
  try {
    const fd = openSync(path, 'wx', 0o600);
    isMade = true;
    try {
      writeFileSync(fd, bytes);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    syncFolder(dirname(path));
  } catch (error) {
    if (isMade) rmSync(path, { force: true });
    throw unwritable(path, reasonOf(error));
  }
}

const unwritable = (path: string, reason: string): BackupError =>
  new BackupError(
    'backup-unwritable',
    `The backup can’t be written to ${path} (${reason}), and there is none. Make room there or choose another place.`,
  );
