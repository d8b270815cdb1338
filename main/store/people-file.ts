import { z } from 'zod';
import { equalBytes, fromBase64, fromHex, toBase64, toHex } from '../../shared/bytes';
import { type Role, roleSchema } from '../../shared/message/body';
import { fingerprintOf } from '../../shared/openpgp/fingerprint';
import { OpenPgpError } from '../../shared/openpgp/openpgp-error';
import { fingerprintWords } from '../../shared/words';
import { type Home, HomeError } from './home';
import { findingAt, readSealed, writeSealed } from './seal/sealed-file';
import { reasonOf, StoreError } from './store-error';

/** Someone whose signing key was compared by words once, and is known since. */
export interface Person {
  readonly name: string;
  readonly role: Role;
  /** OpenPGP v4, 20 bytes. */
  readonly fingerprint: Uint8Array;
  /** Binary OpenPGP public key. */
  readonly publicKey: Uint8Array;
  /** ISO 8601. */
  readonly addedAt: string;
  /** Six words, the same on every station. */
  readonly words: string;
}

const peopleFile = z.strictObject({
  v: z.literal(1),
  people: z.array(
    z.strictObject({
      name: z.string().min(1).max(80),
      role: roleSchema,
      fingerprint: z.string().regex(/^[0-9a-f]{40}$/),
      publicKey: z.base64(),
      addedAt: z.iso.datetime(),
    }),
  ),
});
type PeopleFile = z.infer<typeof peopleFile>;

/**
 * The people in the home's list, in the order they were added. The fingerprint is what was compared by words:
 * a public key that is another's is refused, also while the home is locked. Throws `HomeError`
 * 'people-damaged', `HomeFinding`.
 */
export function readPeople(home: Home): Person[] {
  return readPeopleFile(home).people.map((entry) => {
    const fingerprint = fromHex(entry.fingerprint);
    const publicKey = fromBase64(entry.publicKey);
    if (!isKeyOf(publicKey, fingerprint)) throw findingAt('inconsistent', home.people());
    return {
      name: entry.name,
      role: entry.role,
      fingerprint,
      publicKey,
      addedAt: entry.addedAt,
      words: fingerprintWords(fingerprint),
    };
  });
}

/** Throws `StoreError`, and what the system throws. */
export function writePeople(home: Home, people: readonly Person[]): void {
  const file: PeopleFile = {
    v: 1,
    people: people.map(({ name, role, fingerprint, publicKey, addedAt }) => ({
      name,
      role,
      fingerprint: toHex(fingerprint),
      publicKey: toBase64(publicKey),
      addedAt,
    })),
  };
  writeSealed(home.people(), new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`));
}

function isKeyOf(publicKey: Uint8Array, fingerprint: Uint8Array): boolean {
  try {
    return equalBytes(fingerprintOf(publicKey), fingerprint);
  } catch (error) {
    if (error instanceof OpenPgpError) return false;
    throw error;
  }
}

function readPeopleFile(home: Home): PeopleFile {
  let bytes: Uint8Array | null;
  try {
    bytes = readSealed(home.people());
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new HomeError(
      'people-damaged',
      `The list of people in ${home.people()} can't be read (${reasonOf(error)}). Check the file's owner and mode.`,
    );
  }
  if (bytes === null) return { v: 1, people: [] };
  try {
    return peopleFile.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new HomeError(
      'people-damaged',
      `The list of people in ${home.people()} is damaged. Put back a copy, or delete it and compare everyone's words again.`,
    );
  }
}
