import { toBase64, toHex } from '../../../shared/bytes';
import { signDetached } from '../../../shared/openpgp/signature';
import type { UnlockedIdentity } from '../../store/identity';
import { ArchiveError } from '../archive-error';
import {
  canonicalEntry,
  type Entry,
  type EntryData,
  type EntryEvent,
  NO_ENTRY,
  type WrittenEntry,
  writtenEntry,
} from './entry';

/** Who signs entries, until the identity is locked. */
export type Archivist = Pick<UnlockedIdentity, 'name' | 'role' | 'fingerprint' | 'publicKey' | 'privateKey'>;

/** Throws `ArchiveError` 'not-archivist' where this identity has another role. */
export function refuseOthers({ name, role }: Pick<Archivist, 'name' | 'role'>): void {
  if (role === 'archivist') return;
  throw new ArchiveError(
    'not-archivist',
    `${name} is ${role === 'officer' || role === 'operator' ? 'an' : 'a'} ${role}. An archive’s log is signed by an archivist: use the home of one, or make one.`,
    'Type airlock identity create --role archivist --name NAME.',
  );
}

/** The fingerprint as entries have it: upper-case hex. */
export const fingerprintOf = ({ fingerprint }: Pick<Archivist, 'fingerprint'>): string =>
  toHex(fingerprint).toUpperCase();

/** The entry that begins a log. `archive`: 16 random bytes. */
export const firstEntry = (archivist: Archivist, now: Date, archive: Uint8Array): Promise<WrittenEntry> =>
  nextEntry(null, archivist, now, 'opened', {
    archive: toHex(archive),
    name: archivist.name,
    publicKey: toBase64(archivist.publicKey),
  });

/**
 * The signed entry that follows `last`. A clock that stands behind the last entry's is said in the entry.
 * Throws `ArchiveError` 'bad-entry', and `OpenPgpError` where the key can't sign.
 */
export async function nextEntry<E extends EntryEvent>(
  last: WrittenEntry | null,
  archivist: Archivist,
  now: Date,
  event: E,
  data: EntryData<E>,
): Promise<WrittenEntry> {
  const isBehind = last !== null && now.getTime() < Date.parse(last.entry.at);
  const entry = {
    v: 1,
    n: (last?.entry.n ?? 0) + 1,
    prev: last?.hash ?? NO_ENTRY,
    at: now.toISOString(),
    ...(isBehind ? { behind: true } : {}),
    who: fingerprintOf(archivist),
    event,
    data,
  } as Entry;
  return writtenEntry(entry, await signDetached(canonicalEntry(entry), archivist.privateKey, now));
}
