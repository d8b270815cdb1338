import { existsSync, readFileSync } from 'node:fs';
import { parseJournal } from '../../shared/transcript/journal-line';
import { loadAttempt } from '../online/attempt/state';
import type { Home } from '../store/home';

/**
 * Titles of the ceremonies of which this station knows that a root token was made, and doesn't know that it
 * is revoked. One that is signed off is over here. Also read while the home is locked.
 */
export const madeTokens = (home: Home): string[] =>
  home.listCeremonies().flatMap((id) => {
    try {
      const state = loadAttempt(home, id);
      const { checkpoint, journal } = home.ceremony(id);
      if (state?.step !== 'finished' || existsSync(checkpoint)) return [];
      const lines = parseJournal(new Uint8Array(readFileSync(journal)));
      return lines.some(({ line }) => line.event === 'token-revoked') ? [] : [state.title];
    } catch {
      // Opening it says what is wrong with it. The end of the program isn't the moment for that.
      return [];
    }
  });
