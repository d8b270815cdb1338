import { type NextStep, standingOf } from '../online/next-step';
import type { Home } from '../store/home';

/** What is next as long as a token that was made is not known to be revoked. */
const tokenLives: ReadonlySet<NextStep> = new Set(['hand-over', 'tasks', 'revoke']);

/**
 * Titles of the ceremonies of which this station knows that a root token was made, and doesn't know that it
 * is revoked. One that is signed off is over here. Also read while the home is locked.
 */
export const madeTokens = (home: Home): string[] =>
  home.listCeremonies().flatMap((id) => {
    try {
      const standing = standingOf(home, id);
      return standing !== null && tokenLives.has(standing.next) ? [standing.state.title] : [];
    } catch {
      // Opening it says what is wrong with it. The end of the program isn't the moment for that.
      return [];
    }
  });
