import { type Entry, type EntryOf, entriesOf, finding } from './entry';
import type { Finding } from './report';

/**
 * Where an attempt came to its end, as many different custodians as the server asked for gave their shares. A share
 * that came as a plain value has no name on it: each of these counts as one, and is a note (`notesOf`).
 */
export function quorumFindings(entries: readonly Entry[]): Finding[] {
  const counted = entriesOf(entries, 'attempt-started', 'attempt-joined', 'share-submitted');
  const nonces = [...new Set(counted.map(({ line }) => line.data.nonce))];
  return nonces.flatMap((nonce) => {
    const ofNonce = counted.filter(({ line }) => line.data.nonce === nonce);
    const required = ofNonce[0]?.line.data.required ?? 0;
    const other = ofNonce.find(({ line }) => line.data.required !== required);
    if (other) {
      return [
        finding(other, 'quorum', 'The number of shares that this attempt needs is not the same everywhere.'),
      ];
    }
    const end = endOf(entries, nonce);
    if (!end) return [];
    const givers = giversOfQuorum(entries, nonce);
    if (givers >= required) return [];
    return [
      finding(
        end,
        'quorum',
        `This attempt needed ${required} shares, and only ${givers} custodians are on record.`,
      ),
    ];
  });
}

/** Where a plan was agreed on, it names everyone whose share may be given: its custodians. */
export function rosterFindings(entries: readonly Entry[]): Finding[] {
  const { agreed, everyone, custodians } = rosterOf(entries);
  if (!agreed) return [];
  return entriesOf(entries, 'share-submit-intent').flatMap((intent) => {
    const { custodian } = intent.line.data;
    if (custodian === '' || custodians.has(custodian)) return [];
    return everyone.has(custodian)
      ? finding(
          intent,
          'not-custodian',
          'This share is of a person who is in the roster that was agreed on, and not as a custodian.',
        )
      : finding(
          intent,
          'not-in-roster',
          'This share is of a person who is not in the roster that was agreed on.',
        );
  });
}

interface Roster {
  readonly agreed: boolean;
  readonly everyone: ReadonlySet<string>;
  readonly custodians: ReadonlySet<string>;
}

/** Everyone in any plan of the ceremony: it may be agreed on anew, with other people. */
function rosterOf(entries: readonly Entry[]): Roster {
  const plans = entriesOf(entries, 'plan-agreed');
  const people = plans.flatMap(({ line }) => line.data.roster);
  const fingerprints = (those: typeof people): Set<string> =>
    new Set(those.map(({ fingerprint }) => fingerprint));
  return {
    agreed: plans.length > 0,
    everyone: fingerprints(people),
    custodians: fingerprints(people.filter(({ role }) => role === 'custodian')),
  };
}

/** A share that has a name on it came in that person's own message, which this station took in before. */
export const shareFindings = (entries: readonly Entry[]): Finding[] =>
  entriesOf(entries, 'share-submit-intent')
    .filter((intent) => giverOf(entries, intent) === null)
    .map((intent) =>
      finding(
        intent,
        'no-share-message',
        'This share is on record as that of a person whose share message this station had not taken in.',
      ),
    );

/** Whose share it is: '' for a plain value, null where a name stands there that no share message bears out. */
function giverOf(
  entries: readonly Entry[],
  { station, line: { n, data } }: EntryOf<'share-submit-intent'>,
): string | null {
  const { digest, custodian } = data;
  if (custodian === '') return '';
  const carried = entriesOf(entries, 'message-received').some(
    ({ station: at, line: { n: earlier, data: message } }) =>
      at === station &&
      earlier < n &&
      message.type === 'share' &&
      message.digest === digest &&
      message.from === custodian,
  );
  return carried ? custodian : null;
}

/** An answer alone ends nothing: an attempt may be cancelled, or lost, after any of its shares. */
const endOf = (entries: readonly Entry[], nonce: string): Entry | undefined =>
  entriesOf(entries, 'share-submitted', 'token-decoded').find(
    ({ line }) => line.data.nonce === nonce && (line.event !== 'share-submitted' || line.data.complete),
  );

/**
 * How many gave a share that the server took and kept: the intent names them, the outcome that follows says whether it
 * was taken. A share whose outcome is not on record (its answer was lost, or a crash came first) counts where its
 * custodian's own message stands for it, unless it is on record as a refusal. Where the server threw all shares away, those that this station had given before count no longer: everyone releases again.
 */
function giversOfQuorum(entries: readonly Entry[], nonce: string): number {
  const { agreed, custodians } = rosterOf(entries);
  const givers = new Map(
    entriesOf(entries, 'share-submit-intent').map((intent) => {
      const giver = giverOf(entries, intent);
      return [intent.line, giver && agreed && !custodians.has(giver) ? null : giver];
    }),
  );
  const pending = new Map<string, { readonly giver: string | null; readonly answered: boolean }>();
  const given = new Map<string, readonly string[]>();
  const count = (station: string): void => {
    const giver = pending.get(station)?.giver ?? null;
    if (giver !== null) given.set(station, [...(given.get(station) ?? []), giver]);
    pending.delete(station);
  };
  // Of plain values nothing but an answer says that they were given at all.
  const settle = (station: string): void => {
    const share = pending.get(station);
    if (share?.answered || share?.giver) count(station);
  };
  for (const { station, line } of entries) {
    switch (line.event) {
      case 'share-submit-intent':
        settle(station);
        if (line.data.nonce === nonce) {
          pending.set(station, { giver: givers.get(line) ?? null, answered: false });
        } else {
          pending.delete(station);
        }
        break;
      case 'share-rejected':
        if (line.data.unsure) break;
        if (pending.delete(station) && line.data.reset) given.delete(station);
        break;
      case 'answer-received': {
        const share = pending.get(station);
        if (share && line.data.nonce === nonce) pending.set(station, { ...share, answered: true });
        break;
      }
      case 'attempt-changed':
        // The answer said that the attempt was another: a share whose answer was lost may have been the one that ended it.
        if (line.data.expected === nonce && pending.get(station)?.answered) pending.delete(station);
        break;
      case 'share-submitted':
        if (line.data.nonce === nonce) count(station);
        break;
      default:
    }
  }
  for (const station of [...pending.keys()]) settle(station);
  const shares = [...given.values()].flat();
  const named = new Set(shares.filter((giver) => giver !== ''));
  return named.size + shares.filter((giver) => giver === '').length;
}
