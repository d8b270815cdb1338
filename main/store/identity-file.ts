import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fromBase64, fromHex } from '../../shared/bytes';
import { type Role, roleSchema } from '../../shared/message/body';
import { nameMax, stationNameMax } from '../../shared/plain-text';
import { type Home, HomeError } from './home';

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

const NEWEST = 2;

const identityFile = z.strictObject({
  /** 1: of the version before, whose homes had no seals. */
  v: z.union([z.literal(1), z.literal(NEWEST)]),
  name: z.string().min(1).max(nameMax),
  role: roleSchema,
  station: z.string().min(1).max(stationNameMax),
  fingerprint: z.string().regex(/^[0-9a-f]{40}$/),
  publicKey: z.base64(),
  /**
   * Armored, under the passphrase: what gpg can open in an emergency. Its S2K hashes with SHA-512 in a home
   * that has seals.
   */
  privateKey: z.string().startsWith('-----BEGIN PGP PRIVATE KEY BLOCK-----'),
  createdAt: z.iso.datetime(),
});
export type IdentityFile = z.infer<typeof identityFile>;

export const identityBytes = (file: IdentityFile): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`);

/**
 * What lies in the home's `identity.json`, or null where there is none. Throws `HomeError`
 * 'home-too-new', 'identity-damaged'.
 */
export function readIdentityFile(home: Home): IdentityFile | null {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(home.identity());
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new HomeError(
      'identity-damaged',
      `The identity in ${home.identity()} can't be read. Check the file's owner and mode.`,
    );
  }
  return parseIdentity(bytes, home.identity());
}

/**
 * What the bytes of an `identity.json` say. `where`: it lies, as it goes into a sentence. Its `v` tells which
 * versions of Airlock can read the home: whatever makes an older one misread a file of a home raises it.
 * Throws `HomeError` 'home-too-new', 'identity-damaged'.
 */
export function parseIdentity(bytes: Uint8Array, where: string): IdentityFile {
  const said = jsonIn(bytes);
  const newer = z.object({ v: z.int().gt(NEWEST) }).safeParse(said);
  if (newer.success)
    throw new HomeError(
      'home-too-new',
      `A newer version of Airlock has worked in this home (${where}), and this one can’t read what it left. Nothing was changed. Install that version, or a later one.`,
    );
  const file = identityFile.safeParse(said);
  if (file.success) return file.data;
  throw new HomeError(
    'identity-damaged',
    `The identity in ${where} is damaged. Put back a copy of the file; without one, this person needs a new identity in another home.`,
  );
}

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** What of it may be shown. */
export const shownIdentity = (file: IdentityFile): Identity => ({
  name: file.name,
  role: file.role,
  station: file.station,
  fingerprint: fromHex(file.fingerprint),
  publicKey: fromBase64(file.publicKey),
  createdAt: file.createdAt,
});
