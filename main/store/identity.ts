import { existsSync, readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { fromBase64, fromHex, toBase64, toHex, wipe } from '../../shared/bytes';
import { type Role, roleSchema } from '../../shared/message/body';
import { type SignedMessage, signMessage } from '../../shared/message/wire';
import {
  type KeyAlgorithm,
  lockPrivateKey,
  makeKeyPair,
  unlockPrivateKey,
} from '../../shared/openpgp/key-pair';
import { isProperName, nameMax, shortName, stationNameMax, withPlainSpaces } from '../../shared/plain-text';
import { type Home, HomeError } from './home';
import { refuseWeakPassphrase } from './passphrase';

/** Who this home belongs to: what may be shown. */
export interface Identity {
  readonly name: string;
  readonly role: Role;
  /** Name of the station in journals and on screens, such as "Station B". */
  readonly station: string;
  /** OpenPGP v4, 20 bytes. */
  readonly fingerprint: Uint8Array;
  /** Binary OpenPGP public key. */
  readonly publicKey: Uint8Array;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** With the private signing key in memory, until `lockIdentity`. */
export interface UnlockedIdentity extends Identity {
  /** Binary OpenPGP private key, unlocked. */
  readonly privateKey: Uint8Array;
}

export interface NewIdentity {
  readonly name: string;
  readonly role: Role;
  readonly station?: string | undefined;
  readonly passphrase: string;
  readonly now: Date;
  readonly algorithm?: KeyAlgorithm | undefined;
}

const identityFile = z.strictObject({
  v: z.literal(1),
  name: z.string().min(1).max(nameMax),
  role: roleSchema,
  station: z.string().min(1).max(stationNameMax),
  fingerprint: z.string().regex(/^[0-9a-f]{40}$/),
  publicKey: z.base64(),
  /** Armored, under the passphrase: what gpg can open in an emergency. */
  privateKey: z.string().startsWith('-----BEGIN PGP PRIVATE KEY BLOCK-----'),
  createdAt: z.iso.datetime(),
});

/**
 * Makes the home's one signing identity and writes it, locked under the passphrase (any characters, 8 or
 * more). Throws `HomeError`: 'identity-exists', 'bad-name', 'weak-passphrase'.
 */
export async function createIdentity(home: Home, wanted: NewIdentity): Promise<UnlockedIdentity> {
  if (existsSync(home.identity())) {
    throw new HomeError(
      'identity-exists',
      `This home already has an identity (${home.identity()}). One home is one person: use another --home for another.`,
    );
  }
  const name = properName(wanted.name, 'name', nameMax);
  const station = properName(
    wanted.station ?? shortName(`${wanted.role} ${name}`, stationNameMax),
    'station',
    stationNameMax,
  );
  refuseWeakPassphrase(wanted.passphrase);
  const pair = await makeKeyPair({
    name,
    algorithm: wanted.algorithm ?? 'curve25519',
    now: wanted.now,
    use: 'sign',
  });
  const createdAt = wanted.now.toISOString();
  const file: z.infer<typeof identityFile> = {
    v: 1,
    name,
    role: wanted.role,
    station,
    fingerprint: toHex(pair.fingerprint),
    publicKey: toBase64(pair.publicKey),
    privateKey: await lockPrivateKey(pair.privateKey, wanted.passphrase),
    createdAt,
  };
  writeFileAtomic.sync(home.identity(), `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600, fsync: true });
  return {
    name,
    role: wanted.role,
    station,
    fingerprint: pair.fingerprint,
    publicKey: pair.publicKey,
    createdAt,
    privateKey: pair.privateKey,
  };
}

/**
 * The home's identity without its private key, or null where none was made yet. Throws `HomeError`
 * 'identity-damaged'.
 */
export function readIdentity(home: Home): Identity | null {
  const file = readIdentityFile(home);
  return file === null ? null : shown(file);
}

/**
 * The home's identity with its private key. Throws `HomeError` 'identity-missing' or 'identity-damaged', and
 * `OpenPgpError` 'wrong-passphrase'.
 */
export async function unlockIdentity(home: Home, passphrase: string): Promise<UnlockedIdentity> {
  const file = readIdentityFile(home);
  if (file === null) {
    throw new HomeError(
      'identity-missing',
      'There is no identity in this home yet. Make one with: airlock identity create --name NAME --role ROLE',
    );
  }
  return { ...shown(file), privateKey: await unlockPrivateKey(file.privateKey, passphrase) };
}

/** Overwrites the private key in memory: the identity can't sign any more. */
export function lockIdentity(identity: UnlockedIdentity): void {
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

function readIdentityFile(home: Home): z.infer<typeof identityFile> | null {
  let text: string;
  try {
    text = readFileSync(home.identity(), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new HomeError(
      'identity-damaged',
      `The identity in ${home.identity()} can't be read. Check the file's owner and mode.`,
    );
  }
  try {
    return identityFile.parse(JSON.parse(text));
  } catch {
    throw new HomeError(
      'identity-damaged',
      `The identity in ${home.identity()} is damaged. Put back a copy of the file; without one, this person needs a new identity in another home.`,
    );
  }
}

function shown(file: z.infer<typeof identityFile>): Identity {
  return {
    name: file.name,
    role: file.role,
    station: file.station,
    fingerprint: fromHex(file.fingerprint),
    publicKey: fromBase64(file.publicKey),
    createdAt: file.createdAt,
  };
}

function properName(text: string, what: 'name' | 'station', max: number): string {
  const trimmed = withPlainSpaces(text);
  if (!isProperName(trimmed, max)) {
    throw new HomeError(
      'bad-name',
      `The ${what} must have 1 to ${max} characters that can be seen, none of them < or >.`,
    );
  }
  return trimmed;
}
