import type { JournalLine } from '../event';
import { type Entry, entriesOf } from './entry';
import type { Plan } from './plan';
import { giverOf, isCustodian } from './share';

/**
 * How many people gave a share for the attempt that the server took and kept. An intent names the giver, and
 * the outcome that follows it says whether the share was taken. Shares that came as plain values count as one
 * person each.
 */
export function countGivers(entries: readonly Entry[], nonce: string, plan: Plan | null): number {
  const givers: Givers = new Map(
    entriesOf(entries, 'share-submit-intent').map((intent) => {
      const giver = giverOf(entries, intent);
      return [intent.line, giver && plan && !isCustodian(plan, giver) ? null : giver];
    }),
  );
  const submissions = new Map<string, Submissions>();
  for (const { station, line } of entries) {
    submissions.set(station, afterLine(submissions.get(station) ?? NOTHING, line, nonce, givers));
  }
  const shares = [...submissions.values()].flatMap((station) => settled(station).kept);
  const named = new Set(shares.filter((giver) => giver !== ''));
  return named.size + shares.filter((giver) => giver === '').length;
}

/**
 * By the line of its intent: who gave a share (`giverOf`), and null too for who is no custodian of the plan.
 */
type Givers = ReadonlyMap<JournalLine, string | null>;

/** What a station has submitted for one attempt, as far as its journal was read. */
interface Submissions {
  /**
   * The share whose outcome is not on record yet. `answered`: the server answered, the answer is not judged
   * yet.
   */
  readonly pending: { readonly giver: string | null; readonly answered: boolean } | null;
  /** Who gave the shares that the server took and kept. */
  readonly kept: readonly string[];
}

const NOTHING: Submissions = { pending: null, kept: [] };

function afterLine(before: Submissions, line: JournalLine, nonce: string, givers: Givers): Submissions {
  const { pending, kept } = before;
  switch (line.event) {
    case 'share-submit-intent': {
      const ours = line.data.nonce === nonce;
      return {
        pending: ours ? { giver: givers.get(line) ?? null, answered: false } : null,
        kept: settled(before).kept,
      };
    }
    case 'answer-received':
      return pending && line.data.nonce === nonce
        ? { pending: { ...pending, answered: true }, kept }
        : before;
    case 'share-submitted':
      return line.data.nonce === nonce ? counted(before) : before;
    case 'share-rejected':
      if (line.data.unsure || !pending) return before;
      // Where the server threw all shares away, everyone releases theirs again.
      return { pending: null, kept: line.data.reset ? [] : kept };
    case 'attempt-changed':
      // The answer said that the attempt is another one: the share wasn't counted for this one. Without an
      // answer it may have been the share that ended the attempt.
      return line.data.expected === nonce && pending?.answered ? { pending: null, kept } : before;
    default:
      return before;
  }
}

const counted = ({ pending, kept }: Submissions): Submissions => ({
  pending: null,
  kept: pending && pending.giver !== null ? [...kept, pending.giver] : kept,
});

/**
 * A share whose outcome is not on record (its answer was lost, or a crash came first) counts where its
 * custodian's own message says that it was given. That a plain value was given at all, only an answer says.
 */
const settled = (station: Submissions): Submissions =>
  station.pending?.answered || station.pending?.giver ? counted(station) : station;
