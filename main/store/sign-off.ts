import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2.js';
import writeFileAtomic from 'write-file-atomic';
import { AirlockError } from '../../shared/airlock-error';
import { toHex } from '../../shared/bytes';
import { armorSignature, signDetached } from '../../shared/openpgp/signature';
import { checkpointText, parseCheckpoint } from '../../shared/transcript/checkpoint';
import { parseJournal, type WrittenLine } from '../../shared/transcript/journal-line';
import { summaryOf } from '../../shared/transcript/summary';
import { personFileName } from './file-name';
import type { CeremonyPaths } from './home';
import type { UnlockedIdentity } from './identity';

/** A station's checkpoint: the exact bytes that participants sign, and their SHA-256. */
export interface Checkpoint {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly digest: Uint8Array;
}

const checkpointOf = (text: string): Checkpoint => {
  const bytes = new TextEncoder().encode(text);
  return { text, bytes, digest: sha256(bytes) };
};

export type SignOffErrorCode = 'would-void';

/** Why a transcript isn't signed off as it was asked. */
export class SignOffError extends AirlockError<SignOffErrorCode> {}

/**
 * Writes the checkpoint of a whole journal beside it, and the person's own signature over it. Where the
 * journal is as it was signed off before, that checkpoint and all signatures over it stay. Where lines were
 * added since, others' signatures over the earlier one become void: that takes `again`. Throws
 * `TranscriptError` where the journal is damaged, and `SignOffError` 'would-void'.
 */
export async function signOff(
  paths: CeremonyPaths,
  identity: UnlockedIdentity,
  again = false,
): Promise<Checkpoint> {
  const journal = new Uint8Array(readFileSync(paths.journal));
  const lines = parseJournal(journal);
  const last = lines.at(-1);
  if (last === undefined) throw new TypeError('a journal without a line can not be signed off');
  const before = readCheckpoint(paths);
  if (before !== null) {
    if (!signersOf(paths).includes(personFileName(identity))) {
      await keepSignature(paths, identity, await signDetached(before.bytes, identity.privateKey));
    }
    return before;
  }
  if (!again) refuseVoiding(paths, identity, lines);
  const text = checkpointText({
    ceremony: last.line.ceremony,
    station: last.line.station,
    lines: lines.length,
    head: last.hash,
    fileSha256: toHex(sha256(journal)),
    rehearsal: last.line.rehearsal,
    summary: summaryOf(lines.map(({ line }) => line)),
  });
  const checkpoint = checkpointOf(text);
  // Signatures over an earlier checkpoint don't fit this one, and would make the archive fail its check.
  for (const name of signersOf(paths)) rmSync(`${paths.checkpoint}.${name}.asc`);
  await writeFileAtomic(paths.checkpoint, text, { mode: 0o600, fsync: true });
  await keepSignature(paths, identity, await signDetached(checkpoint.bytes, identity.privateKey));
  return checkpoint;
}

/**
 * Others have signed an earlier checkpoint: whoever signs off anew is told whose signatures that makes void.
 */
function refuseVoiding(
  paths: CeremonyPaths,
  identity: UnlockedIdentity,
  lines: readonly WrittenLine[],
): void {
  const others = signersOf(paths).filter((name) => name !== personFileName(identity));
  if (others.length === 0 || !existsSync(paths.checkpoint)) return;
  const covered = coveredLines(readFileSync(paths.checkpoint, 'utf8'));
  const at = lines[covered - 1]?.line.at.slice(11, 16);
  throw new SignOffError(
    'would-void',
    `Lines were added since this transcript was signed off. Signing off anew makes void what ${others.join(' and ')} signed: the checkpoint of ${at ?? 'an earlier journal'}. They would have to sign again. Nothing was changed.`,
  );
}

function coveredLines(checkpoint: string): number {
  try {
    return parseCheckpoint(checkpoint).lines;
  } catch {
    return 0;
  }
}

/** The checkpoint that lies beside a journal, or null before sign-off or where lines were added since. */
export function readCheckpoint(paths: CeremonyPaths): Checkpoint | null {
  if (!existsSync(paths.checkpoint)) return null;
  const text = readFileSync(paths.checkpoint, 'utf8');
  const journal = new Uint8Array(readFileSync(paths.journal));
  return parseCheckpoint(text).fileSha256 === toHex(sha256(journal)) ? checkpointOf(text) : null;
}

/** Keeps someone's detached signature over the checkpoint, armored, as `checkpoint.txt.NAME.asc`. */
export async function keepSignature(
  paths: CeremonyPaths,
  signer: { readonly name: string; readonly fingerprint: Uint8Array },
  signature: Uint8Array,
): Promise<void> {
  await writeFileAtomic(
    `${paths.checkpoint}.${personFileName(signer)}.asc`,
    await armorSignature(signature),
    {
      mode: 0o600,
      fsync: true,
    },
  );
}

/** Names (as in the file names) of those whose signature lies beside the checkpoint. */
export function signersOf(paths: CeremonyPaths): string[] {
  const prefix = 'checkpoint.txt.';
  return readdirSync(paths.dir)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.asc'))
    .map((name) => name.slice(prefix.length, -'.asc'.length))
    .sort();
}
