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

const identityFile = z.strictObject({
  /** 1: of the version before, whose homes had no seals. */
  v: z.union([z.literal(1), z.literal(2)]),
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
 * 'identity-damaged'.
 */
export function readIdentityFile(home: Home): IdentityFile | null {
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

/** What of it may be shown. */
export const shownIdentity = (file: IdentityFile): Identity => ({
  name: file.name,
  role: file.role,
  station: file.station,
  fingerprint: fromHex(file.fingerprint),
  publicKey: fromBase64(file.publicKey),
  createdAt: file.createdAt,
});
