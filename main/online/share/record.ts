import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../../shared/bytes';
import type { EventData, EventName, JournalLine } from '../../../shared/transcript/event';
import type { Journal } from '../../store/journal';
import type { ShareOutcome } from '../attempt/driver';
import { OnlineError } from '../online-error';

/** Reasons of 'share-rejected' lines that say less than that the shares were wrong. */
export const GIVEN_BEFORE = 'The server has this share already.';
export const NOT_COUNTED = 'Not counted: ';
/** Nothing but the server's progress said so. */
export const NOT_COUNTED_YET = 'Not counted yet: ';

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

/**
 * Whether an earlier share of that custodian (fingerprint) was given to the attempt, and nothing on record says for certain what
 * became of it. The last one given is the one that is asked about.
 */
export function isUnknown(journal: Journal, custodian: string, nonce: string): boolean {
  const givings = givingsIn(journal);
  return unsettled(givings.slice(0, -1), nonce).has(custodian.toLowerCase());
}

/** Whether a share was given to the attempt of which nothing on record says for certain what became of it. */
export const isAnyUnknown = (journal: Journal, nonce: string): boolean =>
  unsettled(givingsIn(journal), nonce).size > 0;

/** Fingerprints of those whose share may have been counted, or not. */
function unsettled(givings: readonly (readonly JournalLine[])[], nonce: string): Set<string> {
  const unknown = new Set<string>();
  for (const [intent, ...lines] of givings) {
    if (intent?.event !== 'share-submit-intent' || intent.data.nonce !== nonce) continue;
    const custodian = intent.data.custodian.toLowerCase();
    // The server threw away whatever it had counted.
    if (lines.some((line) => line.event === 'share-rejected' && line.data.reset === true)) unknown.clear();
    else if (afterThis(lines, unknown.has(custodian))) unknown.add(custodian);
    else unknown.delete(custodian);
  }
  return unknown;
}

/** Each share that was about to be sent, with what follows until the next. */
const givingsIn = (journal: Journal): JournalLine[][] =>
  journal.entries().reduce<JournalLine[][]>((all, line) => {
    if (line.event === 'share-submit-intent') all.push([]);
    all.at(-1)?.push(line);
    return all;
  }, []);

/** Whether that is not known of a share whose outcome `lines` tell; `before`: of those that its custodian gave earlier. */
function afterThis(lines: readonly JournalLine[], before: boolean): boolean {
  for (const line of lines) {
    if (line.event === 'share-submitted') return false;
    if (line.event === 'share-rejected') return before || line.data.unsure === true;
  }
  // Recorded as unknown, or not at all: a crash came between, and afterwards the server's progress was all there was to go by.
  return true;
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
        const prefix = [NOT_COUNTED, NOT_COUNTED_YET].find((each) => reason.startsWith(each));
        if (prefix === undefined) return { kind: 'rejected', complaint: '' };
        return {
          kind: 'not-sent',
          silence: line.data.unsure === true,
          error: new OnlineError('server-error', reason.slice(prefix.length)),
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
