import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { z } from 'zod';
import { syncFolder } from './folder';
import { reasonOf, StoreError } from './store-error';

/**
 * What `writeState` last wrote there, or null where there is no such file. Throws `StoreError`:
 * 'state-unreadable', 'state-broken' where it is not JSON of that shape.
 */
export function readState<T>(path: string, schema: z.ZodType<T>): T | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (reasonOf(error) === 'ENOENT') return null;
    throw new StoreError(
      'state-unreadable',
      `The file ${path} cannot be read (${reasonOf(error)}). Check the disk and the file's permissions.`,
    );
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new StoreError(
      'state-broken',
      `The file ${path} is damaged, or was written by another version of Airlock. Keep it, and put back a copy if there is one.`,
    );
  }
}

/**
 * Replaces the file by the value as JSON, mode 0600: after a power cut there is the old file or the new one,
 * never half of it. Throws `StoreError` 'state-unwritable'.
 */
export function writeState(path: string, value: unknown): void {
  try {
    writeFileAtomic.sync(path, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, fsync: true });
    syncFolder(dirname(path));
  } catch (error) {
    throw new StoreError(
      'state-unwritable',
      `The file ${path} cannot be written (${reasonOf(error)}). Make room on the disk or check its permissions, then try again.`,
    );
  }
}
