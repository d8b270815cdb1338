import { type Entry, type EntryOf, entriesOf } from './entry';

/**
 * The end of one token as journals have it: every line that has the proof, and each is the word of the
 * station that wrote it. No journal can show that the server refused the token.
 */
export interface TokenEnd {
  /** '' where it is not on record. */
  readonly accessor: string;
  /** At least one, in the order of the entries. */
  readonly told: readonly EntryOf<'token-revoked'>[];
}

/**
 * The tokens of which some journal has the proof that they ended. Lines of one accessor are about one token,
 * however often it was revoked; a line without is about a token of its own. The same is in compare.jq.
 */
export function tokenEnds(entries: readonly Entry[]): TokenEnd[] {
  const ends = new Map<string, EntryOf<'token-revoked'>[]>();
  for (const told of entriesOf(entries, 'token-revoked')) {
    const { proof, accessor } = told.line.data;
    if (proof === '') continue;
    const token = accessor ?? `${told.station} ${told.line.n}`;
    ends.set(token, [...(ends.get(token) ?? []), told]);
  }
  return [...ends.values()].map((told) => ({ accessor: told[0]?.line.data.accessor ?? '', told }));
}
