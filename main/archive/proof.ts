import { ArchiveError } from './archive-error';
import { scriptsNeededBy, sha256Of } from './evidence/bundle';
import { parseLine } from './log/entry';
import type { Head, KeptHead } from './log/head';
import { type LogFinding, LogProof } from './log/proof';
import type { Place } from './place/place';

/** What the log is worth, and whether all that it names is still there. */
export interface Proof {
  /** Where the log stands; null where it is empty. */
  readonly head: Head | null;
  readonly holds: boolean;
  readonly findings: readonly LogFinding[];
  readonly notes: readonly LogFinding[];
  /** How many additions' evidence was looked at. */
  readonly evidence: number;
}

/**
 * Proves the log from its first entry to its last, and that the evidence of each addition is there as it
 * was, or gone with a tombstone. `kept`: an earlier head, under which all must still stand. Never throws for
 * what it finds.
 */
export async function prove(place: Place, kept: KeptHead | null): Promise<Proof> {
  const proof = new LogProof(kept);
  const gone = new Map<string, number>();
  for await (const line of place.lines(1)) {
    const written = await proof.take(line);
    if (written?.entry.event !== 'tombstone') continue;
    for (const folder of written.entry.data.folders) gone.set(folder, written.entry.n);
  }
  proof.finish();
  if (await place.hasTornEnd())
    proof.notes.push({
      n: null,
      message:
        'The log ends in the middle of a line: a writer was ended there, and that entry never counted.',
    });
  // A line that is missing is named already.
  if (proof.findings.length === 0 && !(await place.isNumberedAsEntries()))
    proof.findings.push({
      n: null,
      message: 'The rows of the log have other numbers than the entries in them: somebody renumbered them.',
    });
  const evidence = await proveEvidence(place, gone, proof.findings);
  await proveIndex(place, proof, kept);
  return {
    head: proof.head,
    holds: proof.findings.length === 0,
    findings: proof.findings,
    notes: proof.notes,
    evidence,
  };
}

async function proveEvidence(
  place: Place,
  gone: ReadonlyMap<string, number>,
  findings: LogFinding[],
): Promise<number> {
  let count = 0;
  const scripts = new Map<string, number>();
  for await (const line of place.lines(1)) {
    const entry = entryIn(line);
    if (entry?.event !== 'addition') continue;
    const { folder, kept } = entry.data;
    if ((gone.get(folder) ?? 0) > entry.n) continue;
    count += 1;
    const packed = await place.evidence(folder);
    if (packed === null)
      findings.push({
        n: entry.n,
        message: `The evidence of entry ${entry.n} was taken away, and no tombstone says why: ${folder}.`,
      });
    else if (sha256Of(packed) !== kept)
      findings.push({
        n: entry.n,
        message: `The evidence of entry ${entry.n} was changed or replaced: ${folder}.`,
      });
    else
      for (const script of scriptsNeededBy(packed, folder))
        if (!scripts.has(script)) scripts.set(script, entry.n);
  }
  for (const [script, n] of scripts) {
    const bytes = await place.script(script);
    if (bytes !== null && sha256Of(bytes) === script) continue;
    findings.push({
      n,
      message: `A script that belongs to the evidence of entry ${n}, and maybe of later ones, was ${bytes === null ? 'taken away' : 'changed or replaced'}: ${script}.`,
    });
  }
  return count;
}

/**
 * What the index knows of entries that the log doesn't have was taken out of the log; unless the log's last
 * entry is the one whose head was kept, which the index has to follow.
 */
async function proveIndex(place: Place, proof: LogProof, kept: KeptHead | null): Promise<void> {
  const last = await place.index
    .selectFrom('entry')
    .select(['n', 'hash'])
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  const n = proof.head?.n ?? 0;
  if (last === undefined || last.n < n || (last.n === n && last.hash === proof.head?.hash)) return;
  if (last.n > n)
    proof.findings.push({
      n: n + 1,
      message: `The log ends at entry ${n}, and the index knows ${last.n}: ${last.n === n + 1 ? `entry ${last.n} was` : `entries ${n + 1} to ${last.n} were`} taken away, or somebody wrote them into the index.`,
    });
  else if (kept !== null && proof.head !== null && kept.fits(proof.head.hash))
    proof.notes.push({
      n,
      message: `The index has another entry ${n} than the log, of which the head was kept: somebody changed the index. Make it anew.`,
    });
  else
    proof.findings.push({
      n,
      message: `The index has another entry ${n} than the log: one of them was changed or replaced.`,
    });
}

function entryIn(line: string) {
  try {
    return parseLine(line).entry;
  } catch (error) {
    // Named already.
    if (error instanceof ArchiveError) return null;
    throw error;
  }
}
