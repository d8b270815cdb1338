import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { AirlockError } from '../../shared/airlock-error';
import { equalBytes, toHex } from '../../shared/bytes';
import type { AskingCode } from '../../shared/ipc/common-channels';
import { plainArmor } from '../../shared/openpgp/plain-armor';
import { parseSignersKey } from '../../shared/openpgp/public-key';
import { isOwnScript } from '../../shared/transcript/script/releases';
import { verifyScript } from '../../shared/transcript/script/verify-script';
import { fileNameOf, markedFileName, personFileName } from './file-name';
import { makeFolders } from './folder';
import { ownerOf, type StationTranscript, type TranscriptPerson } from './station-transcript';
import { readTranscriptFolder } from './transcript-folder';

export type ArchiveErrorCode =
  | 'archive-of-another'
  /** A link, a pipe or a device lies in the folder: nothing is read from it or written through it. */
  | 'strange-archive'
  /** Something in the folder would give way to less, or to other bytes: only where that is wanted. */
  | Extract<AskingCode, 'would-replace'>;

/** Why a station's transcript can't be added to an archive folder. */
export class ArchiveError extends AirlockError<ArchiveErrorCode> {}

/**
 * Adds stations' transcripts of one ceremony to an archive folder, or brings them up to date there:
 * `STATION/journal.jsonl`, its checkpoint and signatures, the public keys that belong to them in `keys/`, and
 * `verify.sh`. Folders of several stations merge into one archive. Nothing of another station or person is
 * ever replaced. A checkpoint with more signatures, a journal that this one doesn't continue, other keys and
 * another `verify.sh` are replaced only with `replace`. Returns each station's folder. Throws `ArchiveError`,
 * and then nothing was written.
 */
export async function archiveStations(
  folder: string,
  transcripts: readonly StationTranscript[],
  replace = false,
): Promise<string[]> {
  refuseStrange(folder);
  const parts: Part[] = [];
  for (const transcript of transcripts) parts.push(await partOf(folder, transcript, parts));
  const losses = parts.flatMap(({ transcript, target, keys }) => [
    ...lossesIn(target, transcript),
    ...keys.flatMap(otherFile),
  ]);
  if (!replace) refuseLoss([...new Set(losses), ...otherScript(folder)]);
  for (const part of parts) writePart(folder, part);
  writeFileSync(join(folder, SCRIPT), verifyScript(), { mode: 0o755 });
  return parts.map(({ target }) => target);
}

/** A station's transcript, and where it goes. */
interface Part {
  readonly transcript: StationTranscript;
  readonly target: string;
  readonly first: FirstLine;
  readonly keys: readonly KeyFile[];
}

async function partOf(folder: string, transcript: StationTranscript, others: readonly Part[]): Promise<Part> {
  const first = firstLine(transcript.journal);
  const keys = await Promise.all(transcript.people.map((person) => keyFile(folder, person, others)));
  return { transcript, first, target: stationFolder(folder, transcript.station, first, others), keys };
}

function writePart(folder: string, { transcript, target, keys }: Part): void {
  const { journal, checkpoint, signatures } = transcript;
  makeFolders(target);
  makeFolders(join(folder, KEYS));
  for (const { path, armored } of keys) writeFileSync(path, armored);
  // Signatures over an earlier checkpoint don't fit the journal as it is now. Those over this one stay.
  const isSame = checkpoint !== null && checkpointIn(target) === checkpoint;
  for (const name of readdirSync(target)) {
    if (name.startsWith(CHECKPOINT) && !isSame) rmSync(join(target, name));
  }
  writeFileSync(join(target, JOURNAL), journal);
  if (checkpoint === null) return;
  writeFileSync(join(target, CHECKPOINT), checkpoint);
  const names = new Map(keys.map(({ signer, name }) => [signer, name]));
  for (const { name, armored } of signatures) {
    writeFileSync(join(target, `${CHECKPOINT}.${names.get(name) ?? name}.asc`), armored);
  }
}

const JOURNAL = 'journal.jsonl';
const CHECKPOINT = 'checkpoint.txt';
const SCRIPT = 'verify.sh';
const KEYS = 'keys';

function refuseStrange(folder: string): void {
  if (!existsSync(folder)) return;
  const strange = readTranscriptFolder(folder).strays?.find(({ kind }) => kind !== 'unknown');
  if (strange === undefined) return;
  throw new ArchiveError(
    'strange-archive',
    `In the folder ${folder} there is a ${strange.kind === 'link' ? 'symbolic link' : 'pipe, a device or a socket'}: ${strange.path}. Nothing was written. Take it away, or archive into another folder.`,
  );
}

/** Folders of an archive that are no station's. */
const TAKEN: ReadonlySet<string> = new Set([KEYS, 'qr']);

/** What in the station's folder would be lost, as the ends of a sentence. */
function lossesIn(target: string, { journal, checkpoint, signatures }: StationTranscript): string[] {
  const losses: string[] = [];
  const there = join(target, JOURNAL);
  if (existsSync(there) && !startsWith(journal, readFileSync(there))) {
    losses.push('a journal that this one does not continue');
  }
  const old = checkpointIn(target);
  if (old === null || old === checkpoint) return losses;
  const prefix = `${CHECKPOINT}.`;
  const signed = readdirSync(target)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.asc'))
    .map((name) => name.slice(prefix.length, -'.asc'.length));
  const now = signatures.length;
  if (now < signed.length) {
    losses.push(
      `a checkpoint that ${signed.join(', ')} signed, by one with ${now === 0 ? 'no signature' : now === 1 ? 'one signature' : `${now} signatures`}`,
    );
  }
  return losses;
}

const checkpointIn = (target: string): string | null =>
  existsSync(join(target, CHECKPOINT)) ? readFileSync(join(target, CHECKPOINT), 'utf8') : null;

const startsWith = (bytes: Uint8Array, start: Uint8Array): boolean =>
  equalBytes(bytes.subarray(0, start.length), start);

function otherScript(folder: string): string[] {
  const path = join(folder, SCRIPT);
  if (!existsSync(path) || isOwnScript(toHex(sha256(readFileSync(path))))) return [];
  return ['a verify.sh that is of no version of Airlock known here'];
}

function refuseLoss(losses: readonly string[]): void {
  if (losses.length === 0) return;
  throw new ArchiveError(
    'would-replace',
    `This would replace in the archive: ${losses.join('; ')}. Nothing was written. Archive into another folder, or say that it shall be replaced.`,
  );
}

/**
 * Where this station's journal belongs: by its label, and by the fingerprint of its person too where another
 * person's station has that label, there or among `others` that are about to go there.
 */
function stationFolder(folder: string, station: string, own: FirstLine, others: readonly Part[]): string {
  const plain = join(folder, fileNameOf(station, own.who));
  const rival = others.find(({ target }) => target === plain)?.first ?? firstLineIn(plain);
  const isTaken = TAKEN.has(basename(plain)) || (rival !== null && rival.who !== own.who);
  const target = isTaken ? join(folder, markedFileName(station, own.who)) : plain;
  const there = firstLineIn(target);
  if (there !== null && there.text !== own.text) {
    throw new ArchiveError(
      'archive-of-another',
      `The folder ${target} holds another journal than this one, of another ceremony or of another station. Nothing was written. Archive into another folder.`,
    );
  }
  return target;
}

interface FirstLine {
  readonly text: string;
  /** Lower-case hex; '' where the line doesn't say. */
  readonly who: string;
}

/** Of each journal the first line is its own: it holds who began it, where, when and for which ceremony. */
function firstLine(journal: Uint8Array): FirstLine {
  return { text: new TextDecoder().decode(journal).split('\n', 1)[0] ?? '', who: ownerOf(journal) };
}

const firstLineIn = (target: string): FirstLine | null =>
  existsSync(join(target, JOURNAL)) ? firstLine(readFileSync(join(target, JOURNAL))) : null;

interface KeyFile {
  /** NAME of the person's signature in the transcript. */
  readonly signer: string;
  /** NAME of the person in the archive. */
  readonly name: string;
  readonly path: string;
  readonly armored: string;
}

/** A person's key as it goes into `keys/`, beside another person's of the same name. */
async function keyFile(folder: string, person: TranscriptPerson, others: readonly Part[]): Promise<KeyFile> {
  const signer = personFileName(person);
  const armored = plainArmor('publicKey', person.publicKey);
  const at = (name: string): string => join(folder, KEYS, `${name}.asc`);
  const path = at(signer);
  const rival = others.flatMap(({ keys }) => keys).find((key) => key.path === path);
  const isTaken = rival === undefined ? await isKeyOfAnother(path, person) : rival.armored !== armored;
  const name = isTaken ? markedFileName(person.name, toHex(person.fingerprint)) : signer;
  return { signer, name, path: at(name), armored };
}

const otherFile = ({ path, armored, name }: KeyFile): string[] =>
  existsSync(path) && readFileSync(path, 'utf8') !== armored ? [`keys/${name}.asc, by another file`] : [];

async function isKeyOfAnother(path: string, { fingerprint }: TranscriptPerson): Promise<boolean> {
  if (!existsSync(path)) return false;
  try {
    return !equalBytes((await parseSignersKey(readFileSync(path, 'utf8'))).fingerprint, fingerprint);
  } catch {
    // What is no key at all may be replaced by one, where that is wanted.
    return false;
  }
}
