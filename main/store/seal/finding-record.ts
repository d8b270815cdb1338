import { version } from '../../version';
import type { Home } from '../home';
import { openHomeJournal } from '../home-journal';
import type { Identity } from '../identity-file';
import { StoreError } from '../store-error';
import type { HomeFinding } from './home-finding';

/**
 * Puts each finding on record in the home's journal, once an unlocking, as long as that journal is sound
 * itself.
 */
export function findingRecorder(
  home: Home,
  identity: Identity,
  clock: () => Date,
): (finding: HomeFinding) => void {
  const told = new Set<string>();
  return ({ kind, file }) => {
    const name = `${kind} ${file}`;
    if (told.has(name)) return;
    told.add(name);
    try {
      homeJournal(home, identity, clock).append('home-finding', { kind, file });
    } catch (error) {
      // The finding is thrown all the same, and says what to do.
      if (!(error instanceof StoreError)) throw error;
    }
  };
}

/** The home's journal, for what unlocking finds. Throws `StoreError`. */
export const homeJournal = (home: Home, identity: Identity, clock: () => Date) =>
  openHomeJournal(home, { identity, clock, rehearsal: false, program: 'airlock', version });
