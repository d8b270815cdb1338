import type { EventData, ExceptionKind, RejectionKind } from './event';

// Journals that were written before lines had a `kind` say by their sentence what they are about. This is the
// only place where such a sentence is looked at.

const GIVEN_BEFORE = 'The server has this share already.';
const NOT_COUNTED = 'Not counted: ';
const NOT_COUNTED_YET = 'Not counted yet: ';
const NOT_KNOWN = 'It is not known whether a share was counted: ';
const SAME_STATION =
  /^The station that opened the one-time password .*and so could read the root token\. The officer /;

/** Why a share is on record as refused, in a journal of any age. */
export function kindOfRejection({ kind, reason }: EventData<'share-rejected'>): RejectionKind {
  if (kind !== undefined) return kind;
  if (reason === GIVEN_BEFORE) return 'given-before';
  if (reason.startsWith(NOT_COUNTED)) return 'not-counted';
  if (reason.startsWith(NOT_COUNTED_YET)) return 'not-counted-yet';
  return 'wrong-shares';
}

/** What an exception is about, in a journal of any age; null where nothing depends on it. */
export function kindOfException({ kind, text }: EventData<'exception'>): ExceptionKind | null {
  if (kind !== undefined) return kind;
  if (text.startsWith(NOT_KNOWN)) return 'share-unknown';
  if (!SAME_STATION.test(text)) return null;
  return text.includes('. The officer allowed it') ? 'same-station-allowed' : 'same-station-unforeseen';
}
