import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../shared/bytes';
import type { EventData, EventName, JournalLine } from '../../shared/transcript/event';
import type { Journal } from '../store/journal';
import type { ShareOutcome } from './attempt-driver';
import { OnlineError } from './online-error';

/** Reasons of 'share-rejected' lines that say less than that the shares were wrong. */
export const GIVEN_BEFORE = 'The server has this share already.';
export const NOT_COUNTED = 'Not counted: ';

/** How an exception begins that says of a share that its outcome isn't known. */
const NOT_KNOWN = 'It is not known whether a share was counted: ';

/** What the journal says since the last intent to submit the share message of that digest; [] where it has none. */
export function linesSince(journal: Journal, share: string): readonly JournalLine[] {
  const lines = journal.entries();
  const intent = lines.findLastIndex(
    (line) => line.event === 'share-submit-intent' && line.data.digest === share,
  );
  return intent < 0 ? [] : lines.slice(intent + 1);
}

/** Writes what became of a share, unless that line was written just before the program ended. */
export function recordOnce<E extends EventName>(
  journal: Journal,
  share: string,
  event: E,
  data: EventData<E>,
): void {
  if (!linesSince(journal, share).some((line) => line.event === event)) journal.append(event, data);
}

/** Writes that a share may have been counted, or not. */
export function recordUnknown(journal: Journal, share: string, reason: string): void {
  if (recordedUnknown(linesSince(journal, share))) return;
  journal.append('exception', { text: `${NOT_KNOWN}${reason}` });
}

const recordedUnknown = (lines: readonly JournalLine[]): boolean =>
  lines.some((line) => line.event === 'exception' && line.data.text.startsWith(NOT_KNOWN));

/** Whether a share of that custodian (fingerprint) was given to the attempt, and its outcome is still not known. */
export function isUnknown(journal: Journal, custodian: string, nonce: string): boolean {
  let current = '';
  let unknown = false;
  for (const line of journal.entries()) {
    if (line.event === 'share-submit-intent')
      current = line.data.nonce === nonce ? line.data.custodian.toLowerCase() : '';
    if (current !== custodian.toLowerCase()) continue;
    if (recordedUnknown([line])) unknown = true;
    if (line.event === 'share-submitted') unknown = false;
  }
  return unknown;
}

/** An answer that lies on the disk. `nonce`: of the attempt. */
export const recordAnswer = (journal: Journal, share: string, nonce: string, body: Uint8Array): void =>
  recordOnce(journal, share, 'answer-received', { nonce, sha256: toHex(sha256(body)) });

/**
 * What the journal says became of a share whose outcome isn't in the state: null where it says nothing, or that the attempt was
 * finished (the token is in the kept answer). Asking the server again could tell another story by now.
 */
export function recordedOutcome(journal: Journal, share: string): ShareOutcome | null {
  for (const line of linesSince(journal, share)) {
    switch (line.event) {
      case 'share-submitted':
        if (!line.data.complete) {
          return { kind: 'counted', progress: line.data.progress, required: line.data.required };
        }
        break;
      case 'share-rejected': {
        const { reason } = line.data;
        if (reason === GIVEN_BEFORE) return { kind: 'given-before' };
        if (!reason.startsWith(NOT_COUNTED)) return { kind: 'rejected', complaint: '' };
        return {
          kind: 'not-sent',
          error: new OnlineError('server-error', reason.slice(NOT_COUNTED.length)),
        };
      }
      case 'attempt-changed':
        return { kind: 'changed', found: line.data.found };
      case 'answer-lost':
        return { kind: 'lost', what: line.data.what };
      default:
    }
  }
  return null;
}

/** Whether the journal says that the share was the last one and was taken. */
export const wasLast = (journal: Journal, share: string): boolean =>
  linesSince(journal, share).some((line) => line.event === 'share-submitted' && line.data.complete);

/**
 * How many share messages this station has opened in this ceremony, whatever became of them (DESIGN.md §2): the intent is written
 * when a share has been opened. Not how many people gave them: one may hold several shares. A share that was released twice
 * counts twice, since nothing is kept here by which to tell.
 */
export const sharesSeen = (journal: Journal): number =>
  new Set(
    journal.entries().flatMap((line) => (line.event === 'share-submit-intent' ? [line.data.digest] : [])),
  ).size;

/** Whether a message stands in the journal as received or refused. */
export const isAccounted = (journal: Journal, digest: string): boolean =>
  journal
    .entries()
    .some(
      (line) =>
        (line.event === 'message-received' || line.event === 'message-refused') &&
        line.data.digest === digest,
    );

/** Takes a message into the journal, once. `from`: fingerprint of who signed it. */
export function recordArrival(journal: Journal, arrival: EventData<'message-received'>): void {
  const known = journal
    .entries()
    .some((line) => line.event === 'message-received' && line.data.digest === arrival.digest);
  if (!known) journal.append('message-received', arrival);
}
