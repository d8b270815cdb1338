import { basename, dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { syncFolder } from '../folder';
import { bytesIn } from './home-files';
import { type FindingKind, HomeFinding } from './home-finding';
import { openSeals, sealsForWriting } from './open-homes';

/**
 * A file's bytes, or null where there is none; in an unlocked home only if they are those that were left
 * there. Throws `HomeFinding`, and what the system throws.
 */
export function readSealed(path: string): Uint8Array | null {
  const bytes = bytesIn(path);
  openSeals(path)?.checkFile(path, bytes);
  return bytes;
}

/** As `readSealed`, for a journal: its bytes only if its whole lines are the chain that was left. */
export function readSealedJournal(path: string): Uint8Array | null {
  const bytes = bytesIn(path);
  openSeals(path)?.checkJournal(path, bytes);
  return bytes;
}

/**
 * Replaces a file, mode 0600: after a power cut there is the old file or the new one, never half of it, and
 * the home's seals fit. Throws `StoreError` 'home-locked', 'state-unwritable', `HomeFinding`, and what the
 * system throws.
 */
export function writeSealed(path: string, bytes: Uint8Array): void {
  const write = (): void => {
    writeFileAtomic.sync(path, Buffer.from(bytes), { mode: 0o600, fsync: true });
    syncFolder(dirname(path));
  };
  putSealed(path, bytes, write);
}

/** Has a file put there by `work`, with these bytes. Throws as `writeSealed` does. */
export function putSealed(path: string, bytes: Uint8Array, work: () => void): void {
  const seals = sealsForWriting(path);
  if (seals === null) work();
  else seals.replace(path, bytes, work);
}

/** Has a file deleted by `work`; where there is none, nothing is done. Throws as `writeSealed` does. */
export function removeSealed(path: string, work: () => void): void {
  if (bytesIn(path) === null) return;
  const seals = sealsForWriting(path);
  if (seals === null) work();
  else seals.replace(path, null, work);
}

/** As `removeSealed`, for a journal. */
export function removeSealedJournal(path: string, work: () => void): void {
  if (bytesIn(path) === null) return;
  const seals = sealsForWriting(path);
  if (seals === null) work();
  else seals.dropJournal(path, work);
}

/** A finding at a file, on record where its home is unlocked. */
export function findingAt(kind: FindingKind, path: string): HomeFinding {
  const seals = openSeals(path);
  return seals?.finding(kind, seals.name(path)) ?? new HomeFinding(kind, basename(path), dirname(path));
}
