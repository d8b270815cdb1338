import type { JournalLine } from '../../../shared/transcript/event';

/** From when to when a root token was there, and in whose hands, by the journals of one ceremony. */
export interface TokenLife {
  /** When the first one was made, or may have been (ISO 8601 UTC, by the station's clock); '' without one. */
  readonly made: string;
  /** When the last one was proved to be dead; '' where one of them isn't, or where clocks contradict. */
  readonly died: string;
  /** Fingerprints of those whose stations had one in clear. */
  readonly holders: ReadonlySet<string>;
}

/** `isOver`: whether the end of every token is proved. */
export function tokenLife(lines: readonly JournalLine[], isOver: boolean): TokenLife {
  const first = (...found: readonly JournalLine[]): string =>
    found.map(({ at }) => at).toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? '';
  const made =
    first(...lines.filter((line) => line.event === 'share-submitted' && line.data.complete)) ||
    first(...lines.filter(({ event }) => event === 'answer-lost' || event === 'token-decoded'));
  // A token that was revoked twice died the first time.
  const ends = new Map<string, JournalLine[]>();
  for (const line of lines)
    if (line.event === 'token-revoked' && line.data.proof !== '')
      ends.set(line.data.accessor ?? '', [...(ends.get(line.data.accessor ?? '') ?? []), line]);
  const died = [...ends.values()]
    .map((each) => first(...each))
    .toSorted((a, b) => Date.parse(a) - Date.parse(b));
  const last = died.at(-1) ?? '';
  return {
    made,
    died: isOver && Date.parse(last) >= Date.parse(made) ? last : '',
    holders: new Set(lines.filter(({ event }) => HELD.has(event)).map(({ who }) => who)),
  };
}

/** What a station writes once it has a token in clear. */
const HELD: ReadonlySet<JournalLine['event']> = new Set([
  'token-decoded',
  'token-shown',
  'token-opened',
  'token-used',
]);
