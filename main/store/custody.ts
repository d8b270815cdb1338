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
      /** Cluster id, name or address of the server whose share this is. */
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

/** How an entered share stands to what was recorded. */
export type Recorded =
  | { readonly kind: 'first' }
  /** `named`: under one of the names asked for; else it is the share of a record under another name. */
  | { readonly kind: 'matches'; readonly record: CustodyRecord; readonly named: boolean }
  | { readonly kind: 'differs'; readonly record: CustodyRecord };

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const isNamed = (record: CustodyRecord, names: readonly string[]): boolean =>
  names.some((name) => name.trim() !== '' && sameName(name, record.cluster));

/**
 * Holds an entered share against the one that was first entered for this cluster (docs/server-facts.md,
 * "Wrong shares"), which is known by any of `names`: its id, name or address. Records nothing: see
 * `recordShare`.
 */
export function compareWithRecorded(home: Home, names: readonly string[], share: Share): Recorded {
  const records = read(home);
  const matches = records.filter((record) => matchesCommitment(share, record.commitment));
  const named = matches.find((record) => isNamed(record, names));
  if (named !== undefined) return { kind: 'matches', record: named, named: true };
  const other = records.find((record) => isNamed(record, names));
  if (other !== undefined) return { kind: 'differs', record: other };
  const [match] = matches;
  return match === undefined ? { kind: 'first' } : { kind: 'matches', record: match, named: false };
}

/**
 * Records the commitment of a share under a cluster's first name, in place of what was there under any of its
 * names (a server can be rekeyed). `firstEntered` is an ISO time.
 */
export function recordShare(
  home: Home,
  names: readonly [string, ...string[]],
  share: Share,
  firstEntered: string,
  random: RandomSource,
): void {
  const others = read(home).filter((record) => !isNamed(record, names));
  const entry = { cluster: names[0].trim(), firstEntered, commitment: commitShare(share, random) };
  writeState(home.custody(), { v: 1, shares: [...others, entry] });
}

/** What was recorded here, for a person to recognise: no commitment is in it. */
export const listRecords = (home: Home): { cluster: string; firstEntered: string }[] =>
  read(home).map(({ cluster, firstEntered }) => ({ cluster, firstEntered }));
