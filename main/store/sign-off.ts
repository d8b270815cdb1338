import { readdirSync, rmSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2.js';
import { AirlockError } from '../../shared/airlock-error';
import { toHex } from '../../shared/bytes';
import type { AskingCode } from '../../shared/ipc/common-channels';
import { armorSignature, signDetached } from '../../shared/openpgp/signature';
import { checkpointText, parseCheckpoint } from '../../shared/transcript/checkpoint';
import { parseJournal, type WrittenLine } from '../../shared/transcript/journal-line';
import { summaryOf } from '../../shared/transcript/summary';
import { TranscriptError } from '../../shared/transcript/transcript-error';
import { personFileName } from './file-name';
import type { CeremonyPaths } from './home';
import type { UnlockedIdentity } from './identity';
import { readSealed, readSealedJournal, removeSealed, writeSealed } from './seal/sealed-file';

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

export type SignOffErrorCode = Extract<AskingCode, 'would-void'>;

/** Why a transcript isn't signed off as it was asked. */
export class SignOffError extends AirlockError<SignOffErrorCode> {}

/**
 * Writes the checkpoint of a whole journal beside it, and the person's own signature over it. Where the
 * journal is as it was signed off before, that checkpoint and all signatures over it stay. Where lines were
 * added since, others' signatures over the earlier one become void: that takes `again`. Throws
 * `TranscriptError` where the journal is empty or damaged, `SignOffError` 'would-void', `HomeFinding`.
 */
export async function signOff(
  paths: CeremonyPaths,
  identity: UnlockedIdentity,
  again = false,
): Promise<Checkpoint> {
  const journal = readSealedJournal(paths.journal) ?? new Uint8Array();
  const lines = parseJournal(journal);
  const last = lines.at(-1);
  if (last === undefined)
    throw new TranscriptError('empty', 'There is no journal to sign off, or it is empty.');
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
  for (const name of signersOf(paths)) {
    const path = `${paths.checkpoint}.${name}.asc`;
    removeSealed(path, () => rmSync(path));
  }
  writeSealed(paths.checkpoint, checkpoint.bytes);
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
  const earlier = readSealed(paths.checkpoint);
  if (others.length === 0 || earlier === null) return;
  const covered = coveredLines(new TextDecoder().decode(earlier));
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
  const bytes = readSealed(paths.checkpoint);
  const journal = readSealedJournal(paths.journal);
  if (bytes === null || journal === null) return null;
  const text = new TextDecoder().decode(bytes);
  return parseCheckpoint(text).fileSha256 === toHex(sha256(journal)) ? checkpointOf(text) : null;
}

/** Keeps someone's detached signature over the checkpoint, armored, as `checkpoint.txt.NAME.asc`. */
export async function keepSignature(
  paths: CeremonyPaths,
  signer: { readonly name: string; readonly fingerprint: Uint8Array },
  signature: Uint8Array,
): Promise<void> {
  const armored = new TextEncoder().encode(await armorSignature(signature));
  writeSealed(`${paths.checkpoint}.${personFileName(signer)}.asc`, armored);
}

/** Names (as in the file names) of those whose signature lies beside the checkpoint. */
export function signersOf(paths: CeremonyPaths): string[] {
  const prefix = 'checkpoint.txt.';
  return readdirSync(paths.dir)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.asc'))
    .map((name) => name.slice(prefix.length, -'.asc'.length))
    .sort();
}
