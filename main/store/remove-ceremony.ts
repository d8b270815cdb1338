import { rmSync, unlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from './folder';
import type { Home } from './home';
import { removeSealed, removeSealedJournal } from './seal/sealed-file';
import { reasonOf, StoreError } from './store-error';

/**
 * Deletes a ceremony's folder, of which nothing has to stay: that is for the caller to know, and to have on
 * record. A program that is killed meanwhile leaves the ceremony's state, so that it can be removed again.
 * `id`: hex. Throws `StoreError` 'cannot-destroy', 'home-locked', `HomeFinding`.
 */
export function removeCeremony(home: Home, id: string): void {
  const { dir, journal, state } = home.ceremony(id);
  try {
    removeSealedJournal(journal, () => unlinkNow(journal));
    removeSealed(state, () => unlinkNow(state));
    rmSync(dir, { recursive: true, force: true });
    syncFolder(dirname(dir));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      'cannot-destroy',
      `The folder ${dir} could not be deleted (${reasonOf(error)}). Check its permissions, then try again.`,
    );
  }
}

function unlinkNow(path: string): void {
  unlinkSync(path);
  syncFolder(dirname(path));
}
