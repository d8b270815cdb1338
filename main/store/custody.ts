import { z } from 'zod';
import type { RandomSource } from '../../shared/bytes';
import { type Commitment, commitShare, matchesCommitment } from '../../shared/share/commitment';
import type { Share } from '../../shared/share/share';
import type { Home } from './home';
import { readState, writeState } from './state-file';

const custodyFile = z.strictObject({
  v: z.literal(1),
  shares: z.array(
    z.strictObject({
      /** Cluster id of the server whose share this is; its address where the id isn't known. */
      cluster: z.string(),
      firstEntered: z.string(),
      commitment: z.strictObject({ salt: z.string(), digest: z.string() }),
    }),
  ),
});

/** What this home remembers of a share: enough to notice a typing error, not enough to rebuild anything. */
export interface CustodyRecord {
  readonly cluster: string;
  readonly firstEntered: string;
  readonly commitment: Commitment;
}

const read = (home: Home): readonly CustodyRecord[] => readState(home.custody(), custodyFile)?.shares ?? [];

/**
 * Holds an entered share against the one that was first entered for this cluster (DESIGN.md §5.6). 'first' where none
 * is recorded, and then nothing is recorded yet: see `recordShare`.
 */
export function compareWithRecorded(
  home: Home,
  cluster: string,
  share: Share,
): 'first' | 'matches' | CustodyRecord {
  const record = read(home).find((entry) => entry.cluster === cluster);
  if (record === undefined) return 'first';
  return matchesCommitment(share, record.commitment) ? 'matches' : record;
}

/** Records the commitment of a share for a cluster, in place of an earlier one (a server can be rekeyed). */
export function recordShare(
  home: Home,
  cluster: string,
  share: Share,
  now: Date,
  random: RandomSource,
): void {
  const others = read(home).filter((entry) => entry.cluster !== cluster);
  const entry = { cluster, firstEntered: now.toISOString(), commitment: commitShare(share, random) };
  writeState(home.custody(), { v: 1, shares: [...others, entry] });
}
