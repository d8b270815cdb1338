import { equalBytes, fromHex } from '../../../shared/bytes';
import type { Verdict } from '../../../shared/transcript/verdict';
import { ceremonyWords } from '../../../shared/words';
import { type Bundle, bundleOf, type EvidenceFile, openBundle, type ScriptOf } from '../evidence/bundle';
import { ceremonyIn } from '../evidence/ceremony-id';
import { readEvidence } from '../evidence/intake';
import { joined } from '../evidence/joined';
import { type Derived, derive } from '../index/derived';
import { type Indexed, isIndexedAs } from '../index/indexed';
import { withStanding } from '../index/rows';
import type { Standing } from '../index/standing';
import type { Engine } from '../index/tables';
import { isPlainFor } from '../index/tokens';
import { WordWeight } from '../index/word-weight';

/** A folder that was read, and packed as it would be kept. */
export interface Intake {
  readonly bundle: Bundle;
  /** Lower-case hex. */
  readonly ceremony: string;
  readonly words: string;
}

/** Evidence as it is kept. */
export interface Kept {
  readonly packed: Uint8Array;
  readonly folder: string;
  readonly kept: string;
}

/** What takes a processor's time, and needs nothing but what it is given: neither place nor index. */
export type Job =
  | { readonly kind: 'intake'; readonly path: string }
  | {
      readonly kind: 'derive';
      readonly id: string;
      /** Of all the ceremony's additions, in their order. */
      readonly bundles: readonly Kept[];
      readonly pinned: ReadonlySet<string> | null;
    }
  | {
      readonly kind: 'verify';
      readonly standing: Standing;
      readonly bundles: readonly Kept[];
      readonly pinned: ReadonlySet<string> | null;
      readonly engine: Engine;
      /** What the index has of the ceremony; null where it doesn't know it. */
      readonly indexed: Indexed | null;
      /** Of the weights by which words are counted; null: they are not. */
      readonly key: Uint8Array | null;
    };

/** A ceremony as its evidence has it, and whether the index has the same. */
export interface Anew {
  readonly verdict: Verdict;
  readonly findings: Derived['findings'];
  readonly isIndexed: boolean;
  /** What its words come to by their weights; or the words, where that can't be said without the index. */
  readonly words: number | readonly string[];
}

export type Done<J extends Job> = J extends { readonly kind: 'intake' }
  ? Intake
  : J extends { readonly kind: 'verify' }
    ? Anew
    : Derived;

/** Does it in this thread. Throws `ArchiveError` as what it does. */
export async function doJob<J extends Job>(job: J, scriptOf: ScriptOf): Promise<Done<J>> {
  const done =
    job.kind === 'intake'
      ? takenIn(job.path)
      : job.kind === 'verify'
        ? await verifiedAnew(job, scriptOf)
        : await derivedOf(job, scriptOf);
  return done as Done<J>;
}

function takenIn(path: string): Intake {
  const files = readEvidence(path);
  const ceremony = ceremonyIn(files, path);
  return { bundle: bundleOf(files), ceremony, words: ceremonyWords(fromHex(ceremony)) };
}

async function verifiedAnew(
  { standing, bundles, pinned, engine, indexed, key }: Extract<Job, { readonly kind: 'verify' }>,
  scriptOf: ScriptOf,
): Promise<Anew> {
  const derived = await derivedOf({ id: standing.id, bundles, pinned }, scriptOf);
  const rows = withStanding(standing, derived);
  const isCounted = key !== null && rows.tokens.every((token) => isPlainFor(engine, token));
  return {
    verdict: rows.ceremony.verdict,
    findings: rows.findings,
    isIndexed: indexed !== null && isIndexedAs(indexed, rows),
    words: isCounted ? weightBy(key).sum(rows.tokens) : rows.tokens,
  };
}

/** One run of the program has one key. */
function weightBy(key: Uint8Array): WordWeight {
  if (weight === null || !equalBytes(weight.key, key)) weight = new WordWeight(key);
  return weight;
}

let weight: WordWeight | null = null;

async function derivedOf(
  { id, bundles, pinned }: Pick<Extract<Job, { readonly kind: 'derive' }>, 'id' | 'bundles' | 'pinned'>,
  scriptOf: ScriptOf,
): Promise<Derived> {
  const folders: EvidenceFile[][] = [];
  for (const bundle of bundles) folders.push(await openBundle(bundle.packed, bundle, scriptOf));
  return (await derive(id, await joined(folders), pinned)).derived;
}
