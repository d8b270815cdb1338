import type { z } from 'zod';
import { readSealed, writeSealed } from './seal/sealed-file';
import { reasonOf, StoreError } from './store-error';

/**
 * What `writeState` last wrote there, or null where there is no such file. Throws `StoreError`:
 * 'state-unreadable', 'state-broken' where it is not JSON of that shape, and `HomeFinding` where the home is
 * unlocked and its seals say otherwise.
 */
export function readState<T>(path: string, schema: z.ZodType<T>): T | null {
  let bytes: Uint8Array | null;
  try {
    bytes = readSealed(path);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'state-unreadable',
      `The file ${path} cannot be read (${reasonOf(error)}). Check the disk and the file's permissions.`,
    );
  }
  if (bytes === null) return null;
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw new StoreError(
      'state-broken',
      `The file ${path} is damaged, or was written by another version of Airlock. Keep it, and put back a copy if there is one.`,
    );
  }
}

/**
 * Replaces the file by the value as JSON, mode 0600: after a power cut there is the old file or the new one,
 * never half of it. Throws `StoreError` 'state-unwritable', 'home-locked'.
 */
export function writeState(path: string, value: unknown): void {
  try {
    writeSealed(path, new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'state-unwritable',
      `The file ${path} cannot be written (${reasonOf(error)}). Make room on the disk or check its permissions, then try again.`,
    );
  }
}
