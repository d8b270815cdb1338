import type { JournalLine } from '../../../shared/transcript/event';
import type { Journal } from '../../store/journal';

/**
 * Whether an earlier share of that custodian (fingerprint, hex) was given to the attempt, and nothing on
 * record says for certain whether the server counted it. The share that was given last is the one that is
 * asked about: it doesn't count as earlier.
 */
export function isUnknown(journal: Journal, custodian: string, nonce: string): boolean {
  const givings = givingsIn(journal);
  return unsettled(givings.slice(0, -1), nonce).has(custodian.toLowerCase());
}

/**
 * Whether a share was given to the attempt, and nothing on record says for certain whether the server counted
 * it.
 */
export const isAnyUnknown = (journal: Journal, nonce: string): boolean =>
  unsettled(givingsIn(journal), nonce).size > 0;

/** Fingerprints of the custodians whose share may have been counted, or not. */
function unsettled(givings: readonly (readonly JournalLine[])[], nonce: string): Set<string> {
  const unknown = new Set<string>();
  for (const [intent, ...lines] of givings) {
    if (intent?.event !== 'share-submit-intent' || intent.data.nonce !== nonce) continue;
    const custodian = intent.data.custodian.toLowerCase();
    // The server threw away whatever it had counted.
    if (lines.some((line) => line.event === 'share-rejected' && line.data.reset === true)) unknown.clear();
    else if (staysUnknown(lines, unknown.has(custodian))) unknown.add(custodian);
    else unknown.delete(custodian);
  }
  return unknown;
}

/** Each share that was about to be sent, with the lines that follow until the next one. */
const givingsIn = (journal: Journal): JournalLine[][] =>
  journal.entries().reduce<JournalLine[][]>((all, line) => {
    if (line.event === 'share-submit-intent') all.push([]);
    all.at(-1)?.push(line);
    return all;
  }, []);

/**
 * Whether a custodian's share may have been counted without anybody knowing. `lines` say what became of the
 * share that they gave last. `before` says whether it was unknown of a share that they gave earlier.
 */
function staysUnknown(lines: readonly JournalLine[], before: boolean): boolean {
  for (const line of lines) {
    if (line.event === 'share-submitted') return false;
    if (line.event === 'share-rejected') return before || line.data.unsure === true;
  }
  // The lines say that it is unknown, or they say nothing, since the program ended there. Then only the
  // server's progress could tell.
  return true;
}
