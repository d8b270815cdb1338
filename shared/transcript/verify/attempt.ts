import type { Finding } from '../verdict';
import { type Entry, entriesOf, finding } from './entry';

/**
 * Every attempt that a line names is one that a station started or joined. Where no journal says so of any
 * attempt, all lines name the same one. `gaps`: a station's folder is missing, which may have opened it.
 */
export function nonceFindings(entries: readonly Entry[], gaps: boolean): Finding[] {
  const opened = new Set(
    entriesOf(entries, 'attempt-started', 'attempt-joined').map(({ line }) => line.data.nonce),
  );
  const mentioned = entriesOf(
    entries,
    'attempt-cancelled',
    'share-released',
    'share-submit-intent',
    'share-submitted',
    'answer-received',
    'answer-lost',
    'token-decoded',
  ).filter(({ line }) => line.data.nonce !== '');
  const first = mentioned[0]?.line.data.nonce;
  return mentioned
    .filter(({ line: { data } }) => (opened.size > 0 ? !opened.has(data.nonce) : data.nonce !== first))
    .map((entry) =>
      finding(
        entry,
        'other-nonce',
        opened.size > 0
          ? 'This nonce is of an attempt that no station here started or joined.'
          : 'This nonce is another one than that of the other lines.',
        gaps ? 'incomplete' : 'broken',
      ),
    );
}

/** Which effect each intent announces. */
const INTENTS = {
  'attempt-intent': 'attempt-started',
  'share-submit-intent': 'share-submitted',
  'revoke-intent': 'token-revoked',
} as const;

/**
 * Each effect has an intent of its own before it, since a station writes before it acts. It does one thing
 * after the other: an intent that came to nothing is not counted for a later effect.
 */
export function intentFindings(entries: readonly Entry[]): Finding[] {
  const open = new Set<string>();
  return entries.flatMap((entry) => {
    const { station, line } = entry;
    if (line.event === 'share-rejected') open.delete(`share-submitted ${station}`);
    for (const [intent, effect] of Object.entries(INTENTS)) {
      if (line.event === intent) open.add(`${effect} ${station}`);
      if (line.event !== effect || open.delete(`${effect} ${station}`)) continue;
      return [finding(entry, 'no-intent', `There is no line ${intent} before this ${effect}.`)];
    }
    return [];
  });
}
