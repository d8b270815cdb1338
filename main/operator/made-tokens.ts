import type { TokenKind } from '../../shared/token/token-kind';
import { type NextStep, standingOf } from '../online/next-step';
import type { Home } from '../store/home';

/** What is next as long as a token that was made is not known to have ended. */
const tokenLives: ReadonlySet<NextStep> = new Set(['hand-over', 'tasks', 'revoke']);

/** A token that a ceremony made: the ceremony's title, and what its plan makes. */
export interface MadeToken {
  readonly title: string;
  readonly kind: TokenKind;
}

/**
 * The ceremonies of which this station knows that a token was made, and doesn't know that it came to its end.
 * One that is signed off is over here. Also read while the home is locked.
 */
export const madeTokens = (home: Home): MadeToken[] =>
  home.listCeremonies().flatMap((id) => {
    try {
      const standing = standingOf(home, id);
      if (standing === null || !tokenLives.has(standing.next)) return [];
      return [{ title: standing.state.title, kind: standing.kind }];
    } catch {
      // Opening it says what is wrong with it. The end of the program isn't the moment for that.
      return [];
    }
  });
