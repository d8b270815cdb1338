import type { TokenKind } from '../../../shared/token/token-kind';
import type { Journal } from '../../store/journal';

/**
 * Which kind of token the plan in a journal asks for; a home's own journal has none, and it is a root token.
 */
export const plannedKind = (journal: Journal): TokenKind =>
  journal
    .entries()
    .flatMap((line) => (line.event === 'plan-taken' ? [line.data.tokenKind ?? 'root'] : []))
    .at(-1) ?? 'root';
