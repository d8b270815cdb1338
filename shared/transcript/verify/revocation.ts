import { sentenceCase, tokenKindWords } from '../../token/token-kind';
import type { Finding } from '../verdict';
import { type Entry, entriesOf, finding } from './entry';
import { tokenEnds } from './token-end';

/**
 * A token, of whatever kind the plan names, whose end no journal proves. It may have ended without Airlock,
 * or live on for a purpose, and an auditor must know of it before all else.
 */
export function revocationFindings(entries: readonly Entry[]): Finding[] {
  const { last, tokens, proofs } = tokensOf(entries);
  if (last === undefined || proofs >= tokens) return [];
  const kind = entriesOf(entries, 'plan-taken')[0]?.line.data.tokenKind ?? 'root';
  const made = last.line.event === 'answer-lost' ? 'may have been' : 'was';
  const { one, died } = tokenKindWords(kind);
  return [
    finding(
      last,
      'not-revoked',
      `${sentenceCase(one)} ${made} made, and no journal here has the proof that it ${died}.`,
    ),
  ];
}

/**
 * How many tokens were made, or may have been, the last line that says so, and how many ends
 * some journal has the proof of.
 */
export function tokensOf(entries: readonly Entry[]): {
  readonly last: Entry | undefined;
  readonly tokens: number;
  readonly proofs: number;
} {
  const made = entriesOf(entries, 'share-submitted').filter(({ line }) => line.data.complete);
  const lost = entriesOf(entries, 'answer-lost').filter(
    ({ line }) => !made.some((end) => end.line.data.nonce === line.data.nonce),
  );
  const ends = [...made, ...lost];
  const known = ends.length > 0 ? ends : entriesOf(entries, 'token-decoded').slice(0, 1);
  return {
    last: known.at(-1),
    tokens: new Set(known.map(({ line }) => line.data.nonce)).size,
    proofs: tokenEnds(entries).length,
  };
}
