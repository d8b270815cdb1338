import type { ServerIdentity } from '../../../shared/message/body';
import { type LostToken, limitedTokensIn } from '../../../shared/task/lost-token';
import type { TaskEntry } from '../../../shared/task/task';
import type { JournalLine } from '../../../shared/transcript/event';
import type { Home } from '../../store/home';
import { listAttempts } from '../attempt/state';
import type { TokenFacts } from '../server/answer';
import { isSameServer } from '../server/known-server';
import { type FoundRootToken, isRootToken } from '../token/root-token-found';
import { AFTER_MS, BEFORE_MS } from './accounted';
import { readableLines } from './readable-lines';

/** A ceremony whose plan makes a limited token, and in which the answer to that was lost. */
export interface LostLimitedToken extends LostToken {
  /** Hex. */
  readonly ceremony: string;
  readonly title: string;
  /** Accessors of that ceremony's limited tokens whose answers came. */
  readonly known: ReadonlySet<string>;
}

/** A token that is no root token, and may be one that nobody holds. */
export interface StrayToken extends FoundRootToken {
  readonly ceremony: string;
  readonly title: string;
  readonly task: number;
}

/** The tasks of the plan that a journal holds; [] without one. */
const tasksIn = (lines: readonly JournalLine[]): readonly TaskEntry[] =>
  lines.flatMap((line) => (line.event === 'plan-taken' ? [line.data.tasks] : [])).at(-1) ?? [];

/** Whether limited tokens were lost by what a journal says, and no sweep since has found none of them. */
export function mayHaveStrays(lines: readonly JournalLine[]): boolean {
  const { lost } = limitedTokensIn(lines, tasksIn(lines));
  if (lost.length === 0) return false;
  const swept = lines.filter(({ event }) => event === 'tokens-swept').at(-1);
  return swept?.event !== 'tokens-swept' || swept.data.suspects > 0;
}

/** The limited tokens on that server whose answers were lost, by the ceremonies of this home. */
export const lostLimitedTokens = (home: Home, server: ServerIdentity): LostLimitedToken[] =>
  listAttempts(home)
    .filter((state) => isSameServer(state.server, server))
    .flatMap(({ id, title }) => {
      const lines = readableLines(home.ceremony(id).journal);
      const { lost, known } = limitedTokensIn(lines, tasksIn(lines));
      return lost.map((each) => ({ ...each, ceremony: id, title, known }));
    });

/**
 * The lost one that a token may be: it bears the name and the policies of the plan, and was made in the
 * minutes of the lost answer. `ahead`: milliseconds by which the server's clock is ahead of this station's.
 */
export function strayOf(
  lost: readonly LostLimitedToken[],
  facts: TokenFacts,
  ahead: number,
): LostLimitedToken | null {
  const { accessor, displayName, policies, creationTime } = facts;
  if (isRootToken(facts)) return null;
  const at = creationTime * 1000 - ahead;
  return (
    lost.find(
      (each) =>
        !each.known.has(accessor) &&
        each.displayName === displayName &&
        each.policies.every((policy) => policies.includes(policy)) &&
        at >= Date.parse(each.from) - BEFORE_MS &&
        at <= Date.parse(each.to) + AFTER_MS,
    ) ?? null
  );
}
