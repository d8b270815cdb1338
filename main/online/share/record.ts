import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../../shared/bytes';
import type { EventData, EventName, JournalLine } from '../../../shared/transcript/event';
import { kindOfException, kindOfRejection } from '../../../shared/transcript/lines-without-kind';
import type { Journal } from '../../store/journal';
import { ServerError } from '../server/server-error';
import type { ShareOutcome } from './outcome';

/**
 * What the journal says since the last intent to submit the share message of that digest; [] where it has
 * none.
 */
export function linesSince(journal: Journal, share: string): readonly JournalLine[] {
  const lines = journal.entries();
  const intent = lines.findLastIndex(
    (line) => line.event === 'share-submit-intent' && line.data.digest === share,
  );
  return intent < 0 ? [] : lines.slice(intent + 1);
}

/**
 * Writes what became of a share, unless that line was written just before the program ended. Throws
 * `StoreError`.
 */
export function recordOnce<E extends EventName>(
  journal: Journal,
  share: string,
  event: E,
  data: EventData<E>,
): void {
  if (!linesSince(journal, share).some((line) => line.event === event)) journal.append(event, data);
}

/** Writes that a share may have been counted, or not. `reason`: whole sentences. Throws `StoreError`. */
export function recordUnknown(journal: Journal, share: string, reason: string): void {
  const recorded = linesSince(journal, share).some(
    (line) => line.event === 'exception' && kindOfException(line.data) === 'share-unknown',
  );
  if (recorded) return;
  journal.append('exception', {
    kind: 'share-unknown',
    text: `It is not known whether a share was counted: ${reason}`,
  });
}

/** An answer that lies on the disk. `nonce`: of the attempt. */
export const recordAnswer = (journal: Journal, share: string, nonce: string, body: Uint8Array): void =>
  recordOnce(journal, share, 'answer-received', { nonce, sha256: toHex(sha256(body)) });

/**
 * What the journal says became of a share whose outcome isn't in the state: null where it says nothing, or
 * that the attempt was finished (the token is in the kept answer). Asking the server again could tell another
 * story by now.
 */
export function recordedOutcome(journal: Journal, share: string): ShareOutcome | null {
  for (const line of linesSince(journal, share)) {
    switch (line.event) {
      case 'share-submitted':
        if (!line.data.complete) {
          return { kind: 'counted', progress: line.data.progress, required: line.data.required };
        }
        break;
      case 'share-rejected':
        return recordedRejection(line.data);
      case 'attempt-changed':
        return { kind: 'changed', found: line.data.found };
      case 'answer-lost':
        return { kind: 'lost', what: line.data.what };
      default:
    }
  }
  return null;
}

function recordedRejection(data: EventData<'share-rejected'>): ShareOutcome {
  switch (kindOfRejection(data)) {
    case 'given-before':
      return { kind: 'given-before' };
    case 'wrong-shares':
      return { kind: 'rejected', complaint: '' };
    case 'not-counted':
      return { kind: 'not-sent', silence: false, error: new ServerError('server-error', data.reason) };
    case 'not-counted-yet':
      return { kind: 'not-sent', silence: true, error: new ServerError('server-error', data.reason) };
  }
}

/** Whether the journal says that the share was the last one and was taken. */
export const wasLast = (journal: Journal, share: string): boolean =>
  linesSince(journal, share).some((line) => line.event === 'share-submitted' && line.data.complete);

/**
 * How many share messages this station has opened in this ceremony, whatever became of them (docs/design.md,
 * "Who can do what alone"): the intent is written when a share has been opened. Not how many people gave
 * them: one may hold several shares. A share that was released twice counts twice, since nothing is kept here
 * by which to tell.
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
