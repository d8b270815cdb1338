import type { JournalLine } from '../../../shared/transcript/event';
import { type Entry, entriesOf } from '../../../shared/transcript/verify/entry';
import { type TokenEnd, tokenEnds } from '../../../shared/transcript/verify/token-end';

/**
 * From when to when root tokens were there, and in whose hands, by the journals of one ceremony: the widest
 * span that any of them tells, so that nobody makes it shorter by a line of their own. People by fingerprint.
 */
export interface TokenLife {
  /** When the first one was made, or may have been (ISO 8601 UTC, by the station's clock); '' without one. */
  readonly made: string;
  /** When the last one had ended by all who say so; '' where nobody does of one, or lines contradict. */
  readonly died: string;
  /** Whose own journals say that they had one in clear. */
  readonly holders: ReadonlySet<string>;
  /** To whom one was handed over, by their own journals or by others'; it may be that they didn't open it. */
  readonly handed: ReadonlySet<string>;
  /** Whose journals have the proof of an end: it is their word. */
  readonly tellers: ReadonlySet<string>;
}

/** `isOver`: whether some journal has the proof of each token's end. */
export function tokenLife(entries: readonly Entry[], isOver: boolean): TokenLife {
  const made =
    times(entriesOf(entries, 'share-submitted').filter(({ line }) => line.data.complete))[0] ??
    times(entriesOf(entries, 'answer-lost', 'token-decoded'))[0] ??
    '';
  const ends = tokenEnds(entries);
  const last = times(ends.flatMap(({ told }) => told)).at(-1) ?? '';
  const isDenied =
    Date.parse(last) < Date.parse(made) || ends.some((end) => livedOn(entries, end, ends.length === 1));
  return {
    made,
    died: isOver && !isDenied ? last : '',
    holders: new Set(entries.filter(({ line }) => isInClear(line)).map(({ line }) => line.who)),
    handed: handedOver(entries),
    tellers: new Set(ends.flatMap(({ told }) => told.map(({ line }) => line.who))),
  };
}

/** Their times, the earliest first. */
const times = (entries: readonly Entry[]): string[] =>
  entries.map(({ line }) => line.at).toSorted((a, b) => Date.parse(a) - Date.parse(b));

/** Whether a server still knew a token after the time at which all who have the proof say that it ended. */
function livedOn(entries: readonly Entry[], { accessor, told }: TokenEnd, isOnly: boolean): boolean {
  const died = Date.parse(times(told).at(-1) ?? '');
  return entriesOf(entries, 'token-opened', 'token-used', 'token-looked-up').some(
    ({ line }) =>
      Date.parse(line.at) > died &&
      (line.data.accessor === undefined || accessor === '' ? isOnly : line.data.accessor === accessor),
  );
}

/** Whether a station writes this only with a token in clear. */
const isInClear = (line: JournalLine): boolean =>
  HELD.has(line.event) ||
  ((line.event === 'token-looked-up' || line.event === 'revoke-intent' || line.event === 'token-revoked') &&
    line.data.by === 'token');

const HELD: ReadonlySet<JournalLine['event']> = new Set([
  'token-decoded',
  'token-shown',
  'token-opened',
  'token-used',
]);

/**
 * Who took a handoff in, and who signed an outcome that another station took: only a station to which a token
 * went makes one.
 */
const handedOver = (entries: readonly Entry[]): ReadonlySet<string> =>
  new Set(
    entriesOf(entries, 'message-received').flatMap(({ line: { who, data } }) =>
      data.type === 'handoff' ? [who] : data.type === 'outcome' ? [data.from] : [],
    ),
  );
