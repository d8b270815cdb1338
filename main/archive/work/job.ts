import { fromHex } from '../../../shared/bytes';
import { ceremonyWords } from '../../../shared/words';
import { type Bundle, bundleOf, type EvidenceFile, openBundle, type ScriptOf } from '../evidence/bundle';
import { ceremonyIn } from '../evidence/ceremony-id';
import { readEvidence } from '../evidence/intake';
import { joined } from '../evidence/joined';
import { type Derived, derive } from '../index/derived';

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
    };

export type Done<J extends Job> = J extends { readonly kind: 'intake' } ? Intake : Derived;

/** Does it in this thread. Throws `ArchiveError` as what it does. */
export async function doJob<J extends Job>(job: J, scriptOf: ScriptOf): Promise<Done<J>> {
  return (job.kind === 'intake' ? takenIn(job.path) : await derivedOf(job, scriptOf)) as Done<J>;
}

function takenIn(path: string): Intake {
  const files = readEvidence(path);
  const ceremony = ceremonyIn(files, path);
  return { bundle: bundleOf(files), ceremony, words: ceremonyWords(fromHex(ceremony)) };
}

async function derivedOf(
  { id, bundles, pinned }: Extract<Job, { readonly kind: 'derive' }>,
  scriptOf: ScriptOf,
): Promise<Derived> {
  const folders: EvidenceFile[][] = [];
  for (const bundle of bundles) folders.push(await openBundle(bundle.packed, bundle, scriptOf));
  return (await derive(id, await joined(folders), pinned)).derived;
}
