import type { TokenKind } from '../../../shared/token/token-kind';
import type { JournalLine } from '../../../shared/transcript/event';
import type { Journal } from '../../store/journal';

/**
 * Which kind of token the plan in a journal asks for; a home's own journal has none, and it is a root token.
 */
export const plannedKind = (journal: Journal): TokenKind => plannedKindIn(journal.entries());

/** The same, of a journal's lines. */
export const plannedKindIn = (lines: readonly JournalLine[]): TokenKind =>
  lines.flatMap((line) => (line.event === 'plan-taken' ? [line.data.tokenKind ?? 'root'] : [])).at(-1) ??
  'root';
