import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../../shared/bytes';
import { plainText } from '../../shared/input/plain-bytes';
import { unmarkedLines } from '../../shared/input/tidy';
import { parseSignersKey } from '../../shared/openpgp/public-key';
import { nameMax, plainLine } from '../../shared/plain-text';
import { reasonOf, StoreError } from './store-error';

/**
 * The fingerprints (upper-case hex) of those whom an auditor knows: of the public keys (`.asc`) in a folder,
 * or from a file with a line "FINGERPRINT NAME" for each. Empty lines, and those that begin with #, are
 * passed over. Throws `StoreError` 'people-unreadable'.
 */
export async function readPinnedPeople(path: string): Promise<ReadonlySet<string>> {
  return new Set((await readKnownPeople(path)).map(({ fingerprint }) => fingerprint));
}

/** Somebody whom an auditor knows. */
export interface PinnedPerson {
  /** Upper-case hex. */
  readonly fingerprint: string;
  /** As the key or the line has it; it may be empty. */
  readonly name: string;
}

/** As `readPinnedPeople`, with their names. */
export async function readKnownPeople(path: string): Promise<PinnedPerson[]> {
  let pinned: PinnedPerson[];
  try {
    pinned = statSync(path).isDirectory() ? await fromFolder(path) : fromFile(path);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw unreadable(`The people in ${path} cannot be read (${reasonOf(error)}).`);
  }
  if (pinned.length === 0) throw unreadable(`${path} names nobody.`);
  return pinned;
}

async function fromFolder(path: string): Promise<PinnedPerson[]> {
  const files = readdirSync(path, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.asc') && !entry.name.startsWith('.'),
  );
  return Promise.all(
    files.map(async ({ name }) => {
      try {
        const { fingerprint, userId } = await parseSignersKey(readFileSync(join(path, name)));
        return { fingerprint: toHex(fingerprint).toUpperCase(), name: shownName(userId) };
      } catch {
        throw unreadable(`${join(path, name)} is not one public key.`);
      }
    }),
  );
}

function fromFile(path: string): PinnedPerson[] {
  // A pipe would be waited for without end.
  if (!statSync(path).isFile()) throw unreadable(`${path} is no file and no folder.`);
  return unmarkedLines(plainText(readFileSync(path)) ?? '')
    .filter((line) => !/^\s*(?:#.*)?$/.test(line))
    .map((line) => {
      // Also in groups of four, as gpg prints it.
      const start = /^(?:[0-9A-Fa-f]{4}\s*){10}(?:\s|$)/.exec(line)?.[0];
      if (start === undefined) {
        throw unreadable(`A line of ${path} does not begin with a fingerprint of 40 digits.`);
      }
      return {
        fingerprint: start.replace(/\s/g, '').toUpperCase(),
        name: shownName(line.slice(start.length)),
      };
    });
}

const shownName = (text: string): string =>
  plainLine(text.replace(/ \(Airlock identity\)$/, '')).slice(0, nameMax);

const unreadable = (message: string): StoreError => new StoreError('people-unreadable', message);
