import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64, toHex, wipe } from '../../shared/bytes';
import { nameText } from '../../shared/input/short-values';
import type { Role } from '../../shared/message/body';
import { type SignedMessage, signMessage } from '../../shared/message/wire';
import {
  type KeyAlgorithm,
  lockPrivateKey,
  makeKeyPair,
  unlockPrivateKey,
} from '../../shared/openpgp/key-pair';
import { hashNatively, type Passphrase } from '../../shared/openpgp/s2k';
import { isProperName, nameMax, shortName, stationNameMax } from '../../shared/plain-text';
import { type Home, HomeError } from './home';
import { type Identity, type IdentityFile, readIdentityFile, shownIdentity } from './identity-file';
import { refuseWeakPassphrase } from './passphrase';
import { homeFiles } from './seal/home-files';
import { closeFor } from './seal/open-homes';
import { SEALS } from './seal/seal-file';
import { openNew, openUnlocked, SEALED_HASH } from './seal/unlocking';

export type { Identity } from './identity-file';

hashNatively((name) => createHash(name));

/** With the private signing key in memory, until `lockIdentity`. */
export interface UnlockedIdentity extends Identity {
  /** Binary OpenPGP private key, unlocked. */
  readonly privateKey: Uint8Array;
}

export interface NewIdentity {
  readonly name: string;
  readonly role: Role;
  readonly station?: string | undefined;
  /** 8 characters or more. Bytes are UTF-8, and the caller's to wipe. */
  readonly passphrase: Passphrase;
  readonly now: Date;
  readonly algorithm?: KeyAlgorithm | undefined;
}

/**
 * Makes the home's one signing identity and writes it, locked under the passphrase (any characters, 8 or
 * more). The home is unlocked then, until `lockIdentity`, and what lies in it is under its seals. Throws
 * `HomeError`: 'identity-exists', 'identity-missing' (there was one), 'not-empty', 'bad-name',
 * 'weak-passphrase'.
 */
export async function createIdentity(home: Home, wanted: NewIdentity): Promise<UnlockedIdentity> {
  if (existsSync(home.identity())) {
    throw new HomeError(
      'identity-exists',
      `This home already has an identity (${home.identity()}). One home is one person: another person takes another folder.`,
      'Name it with --home.',
    );
  }
  if (existsSync(join(home.dir, SEALS))) {
    throw new HomeError(
      'identity-missing',
      `This home had an identity, and its file is gone (${home.identity()}). Put back a copy of it; without one, make a new identity in another home.`,
    );
  }
  const { files, journals } = homeFiles(home.dir);
  const [foreign] = [...files, ...journals];
  if (foreign !== undefined) {
    throw new HomeError(
      'not-empty',
      `The folder ${home.dir} has no identity yet, and holds ${foreign} already: nobody vouches for that file. Take it away or choose another folder, then make the identity, and compare everyone's words afterwards.`,
    );
  }
  const name = properName(wanted.name, 'name', nameMax);
  const station = properName(
    wanted.station ?? shortName(`${wanted.role} ${name}`, stationNameMax),
    'station',
    stationNameMax,
  );
  refuseWeakPassphrase(wanted.passphrase);
  const { now, role, algorithm = 'curve25519' } = wanted;
  const { publicKey, privateKey, fingerprint } = await makeKeyPair({ name, algorithm, now, use: 'sign' });
  const file: IdentityFile = {
    v: 2,
    name,
    role,
    station,
    fingerprint: toHex(fingerprint),
    publicKey: toBase64(publicKey),
    privateKey: await lockPrivateKey(privateKey, wanted.passphrase, SEALED_HASH),
    createdAt: now.toISOString(),
  };
  const identity = { ...shownIdentity(file), privateKey };
  openNew(identity, { home, file, privateKey, clock: () => new Date() });
  return identity;
}

/**
 * The home's identity without its private key, as its file says: nobody vouches for that before it is
 * unlocked. Null where none was made yet. Throws `HomeError` 'identity-damaged'.
 */
export function readIdentity(home: Home): Identity | null {
  const file = readIdentityFile(home);
  return file === null ? null : shownIdentity(file);
}

/**
 * The home's identity with its private key, until `lockIdentity`. All that lies in the home is checked: see
 * `openUnlocked`. A passphrase in bytes (UTF-8) is the caller's to wipe; no copy of it stays. `clock`: for
 * what is found and put on record. Throws `HomeError` 'identity-missing' or 'identity-damaged',
 * `HomeFinding`, and `OpenPgpError` 'wrong-passphrase'.
 */
export async function unlockIdentity(
  home: Home,
  passphrase: Passphrase,
  clock: () => Date = () => new Date(),
): Promise<UnlockedIdentity> {
  const file = readIdentityFile(home);
  if (file === null) {
    throw new HomeError(
      'identity-missing',
      'There is no identity in this home yet. Make one first.',
      'Type airlock identity create --name NAME --role ROLE',
    );
  }
  const privateKey = await unlockPrivateKey(file.privateKey, passphrase);
  const identity = { ...shownIdentity(file), privateKey };
  try {
    await openUnlocked(identity, { home, file, privateKey, clock }, passphrase);
    return identity;
  } catch (error) {
    wipe(privateKey);
    throw error;
  }
}

/**
 * Overwrites the private key in memory, and the key of the home's seals unless the home was unlocked a second
 * time: the identity can't sign any more, and nothing can be written to its home.
 */
export function lockIdentity(identity: UnlockedIdentity): void {
  closeFor(identity);
  wipe(identity.privateKey);
}

/** The message by which others get to know this person; signed by the very key it carries. */
export function identityMessage(identity: UnlockedIdentity, now: Date): Promise<SignedMessage<'identity'>> {
  return signMessage(
    {
      v: 1,
      type: 'identity',
      ceremony: null,
      prev: null,
      issuedAt: now.toISOString(),
      from: identity.fingerprint,
      body: { name: identity.name, role: identity.role, publicKey: identity.publicKey },
    },
    identity.privateKey,
  );
}

function properName(text: string, what: 'name' | 'station', max: number): string {
  const trimmed = nameText(text);
  if (!isProperName(trimmed, max)) {
    throw new HomeError(
      'bad-name',
      `The ${what} must have 1 to ${max} characters that can be seen, none of them < or >.`,
    );
  }
  return trimmed;
}
