import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { standardPreferences } from '../../shared/ipc/preference-choices';
import { type Preferences, preferences } from '../../shared/ipc/preferences';
import type { Home } from './home';
import { reasonOf, StoreError } from './store-error';

/**
 * What was chosen here before. A broken file costs a choice of speed, so it is not worth stopping for; nor is
 * it under the home's seals, as it is read and written by whoever is at the station, also while it is locked.
 */
export function readPreferences(home: Home): Preferences {
  try {
    return preferences.parse(JSON.parse(readFileSync(home.preferences(), 'utf8')));
  } catch {
    return standardPreferences;
  }
}

/** Throws `StoreError` 'state-unwritable'. */
export function writePreferences(home: Home, chosen: Preferences): void {
  try {
    const text = `${JSON.stringify(chosen, null, 2)}\n`;
    writeFileAtomic.sync(home.preferences(), text, { mode: 0o600, fsync: true });
  } catch (error) {
    throw new StoreError(
      'state-unwritable',
      `The file ${home.preferences()} cannot be written (${reasonOf(error)}). Make room on the disk or check its permissions, then try again.`,
    );
  }
}
