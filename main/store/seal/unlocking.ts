import { existsSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { equalBytes, fromBase64, fromHex } from '../../../shared/bytes';
import { isLockedWith, lockPrivateKey } from '../../../shared/openpgp/key-pair';
import { publicHalf } from '../../../shared/openpgp/public-key';
import { type Passphrase, s2kHashes } from '../../../shared/openpgp/s2k';
import { type Home, refuseStrangers } from '../home';
import { type IdentityFile, identityBytes, shownIdentity } from '../identity-file';
import { readPeople } from '../people-file';
import { findingRecorder, homeJournal } from './finding-record';
import { bytesIn } from './home-files';
import { HomeFinding } from './home-finding';
import { homeKeyOf } from './home-key';
import { HomeSeals } from './home-seals';
import { closeFor, openFor } from './open-homes';
import { SEALS } from './seal-file';

/** The S2K hash of a private key whose home has seals; keys of the version before hash with SHA-256. */
export const SEALED_HASH = s2kHashes.sha512;

interface Unlocked {
  readonly home: Home;
  readonly file: IdentityFile;
  readonly privateKey: Uint8Array;
  readonly clock: () => Date;
}

/**
 * Opens a home that its passphrase was just given for, until `closeFor(holder)`: holds everything in it
 * against its seals, and seals what is written from now on. What is wrong goes into the home's journal.
 * Throws `HomeFinding` where it is the identity, its journal, or its people, shares or introductions; a
 * ceremony's files are refused when they are read.
 *
 * That a home has seals shows in how its private key is locked: with SHA-512 in the S2K. Nobody can lock the
 * key that way or the other without the passphrase, so deleting `seals.json` never makes a home of the
 * version before, which would be taken as it is. What remains: a thief who kept the `identity.json` from
 * before a home was first sealed can put that back.
 */
export async function openUnlocked(
  holder: object,
  unlocked: Unlocked,
  passphrase: Passphrase,
): Promise<void> {
  const { home, file, privateKey, clock } = unlocked;
  refuseStrangers(home.dir);
  const own = await publicHalf(privateKey);
  const fits =
    equalBytes(own.binary, fromBase64(file.publicKey)) &&
    equalBytes(own.fingerprint, fromHex(file.fingerprint));
  const identity = shownIdentity(file);
  const recorder = findingRecorder(home, identity, clock);
  const made = new HomeSeals(home.dir, homeKeyOf(privateKey, own.fingerprint), recorder);
  if (!(await isLockedWith(file.privateKey, SEALED_HASH))) {
    if (!fits) throw new HomeFinding('inconsistent', 'identity.json', home.dir);
    await adopt(holder, unlocked, made, passphrase);
    return;
  }
  const seals = openFor(holder, home.dir, made);
  try {
    if (!fits || file.v !== 2) throw seals.finding('inconsistent', 'identity.json');
    const ofHome = seals.inspect().filter((finding) => /^[a-z]+\.jsonl?$/.test(finding.file));
    const worst = ofHome.find((finding) => finding.file === 'journal.jsonl') ?? ofHome[0];
    if (worst !== undefined) throw worst;
    readPeople(home);
  } catch (error) {
    closeFor(holder);
    throw error;
  }
}

/**
 * A home of the version before: taken as it is, if nothing in it contradicts itself, and from then on under
 * seals.
 */
async function adopt(
  holder: object,
  { home, file, privateKey, clock }: Unlocked,
  seals: HomeSeals,
  passphrase: Passphrase,
): Promise<void> {
  // Seals that are right were left by a program that was killed right here.
  if (existsSync(join(home.dir, SEALS)) && !seals.areThere) throw new HomeFinding('changed', SEALS, home.dir);
  if (file.v !== 1 || wasSealed(home)) throw new HomeFinding('changed', 'identity.json', home.dir);
  readPeople(home);
  const locked = await lockPrivateKey(privateKey, passphrase, SEALED_HASH);
  const bytes = identityBytes({ ...file, v: 2, privateKey: locked });
  openFor(holder, home.dir, seals);
  try {
    seals.adopt({ path: home.identity(), bytes });
    writeIdentity(home, bytes);
    seals.settle();
    const { files, journals } = seals.count();
    homeJournal(home, shownIdentity(file), clock).append('home-sealed', { files, journals });
  } catch (error) {
    closeFor(holder);
    throw error;
  }
}

/** Whether the home's journal says that it had seals before: then this identity file was put back. */
function wasSealed(home: Home): boolean {
  const journal = bytesIn(home.journal());
  return journal !== null && new TextDecoder().decode(journal).includes('"event":"home-sealed"');
}

/** Seals a new home, and puts its identity there. */
export function openNew(holder: object, { home, file, privateKey, clock }: Unlocked): void {
  const identity = shownIdentity(file);
  const recorder = findingRecorder(home, identity, clock);
  const seals = new HomeSeals(home.dir, homeKeyOf(privateKey, identity.fingerprint), recorder);
  const bytes = identityBytes(file);
  seals.adopt({ path: home.identity(), bytes });
  writeIdentity(home, bytes);
  seals.settle();
  openFor(holder, home.dir, seals);
}

const writeIdentity = (home: Home, bytes: Uint8Array): void =>
  writeFileAtomic.sync(home.identity(), Buffer.from(bytes), { mode: 0o600, fsync: true });
