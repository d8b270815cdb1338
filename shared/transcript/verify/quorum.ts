import type { Finding } from '../verdict';
import { type Entry, entriesOf, finding } from './entry';
import { countGivers } from './givers';
import type { Plan } from './plan';

/**
 * Where an attempt came to its end, as many different custodians as the server asked for gave their shares.
 * How many it asked for is the same on every line. A share that came as a plain value has no name on it: each
 * of these counts as a custodian of its own, and is a note (`notesOf`). `gaps`: a station's folder is
 * missing, and the custodians that are missed may be in it.
 */
export function quorumFindings(entries: readonly Entry[], plan: Plan | null, gaps: boolean): Finding[] {
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
    const givers = countGivers(entries, nonce, plan);
    if (givers >= required) return [];
    return [
      finding(
        end,
        'quorum',
        `This attempt needed ${required} shares, and only ${givers} custodians are on record.`,
        gaps ? 'incomplete' : 'broken',
      ),
    ];
  });
}

/**
 * The line that says that a token was made. An answer alone doesn't: an attempt may be cancelled after any
 * share.
 */
const endOf = (entries: readonly Entry[], nonce: string): Entry | undefined =>
  entriesOf(entries, 'share-submitted', 'token-decoded').find(
    ({ line }) => line.data.nonce === nonce && (line.event !== 'share-submitted' || line.data.complete),
  );
