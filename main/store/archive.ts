import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { AirlockError } from '../../shared/airlock-error';
import { equalBytes, toHex } from '../../shared/bytes';
import type { AskingCode } from '../../shared/ipc/common-channels';
import { plainArmor } from '../../shared/openpgp/plain-armor';
import { parseSignersKey } from '../../shared/openpgp/public-key';
import { type JournalLine, lineHead } from '../../shared/transcript/event';
import { parseJournal } from '../../shared/transcript/journal-line';
import { isOwnScript } from '../../shared/transcript/script/releases';
import { verifyScript } from '../../shared/transcript/script/verify-script';
import { fileNameOf, markedFileName, personFileName } from './file-name';
import { makeFolders } from './folder';
import type { CeremonyPaths } from './home';
import { readSealed, readSealedJournal } from './seal/sealed-file';
import { signersOf } from './sign-off';
import { readTranscriptFolder } from './transcript-folder';

export type ArchiveErrorCode =
  | 'archive-of-another'
  /** A link, a pipe or a device lies in the folder: nothing is read from it or written through it. */
  | 'strange-archive'
  /** Something in the folder would give way to less, or to other bytes: only where that is wanted. */
  | Extract<AskingCode, 'would-replace'>;

/** Why a station's transcript can't be added to an archive folder. */
export class ArchiveError extends AirlockError<ArchiveErrorCode> {}

export interface ArchivedPerson {
  readonly name: string;
  /** OpenPGP v4, 20 bytes. */
  readonly fingerprint: Uint8Array;
  /** Binary OpenPGP public key. */
  readonly publicKey: Uint8Array;
}

/**
 * Adds one station's transcript to an archive folder, or brings it up to date there: `STATION/journal.jsonl`,
 * its checkpoint and signatures, the public keys that belong to them in `keys/`, and `verify.sh`. `people`:
 * everyone known here. Of them the archive gets the station's own person, whoever signed, and the roster of a
 * plan in this journal. Folders of several stations merge into one archive. Nothing of another station or
 * person is ever replaced. A checkpoint with more signatures, a journal that this one doesn't continue, other
 * keys and another `verify.sh` are replaced only with `replace`. Returns the station's folder. Throws
 * `ArchiveError`, `HomeFinding`, and then nothing was written.
 */
export async function archiveStation(
  folder: string,
  station: string,
  paths: CeremonyPaths,
  people: readonly ArchivedPerson[],
  replace = false,
): Promise<string> {
  refuseStrange(folder);
  const journal = readSealedJournal(paths.journal) ?? new Uint8Array();
  const checkpoint = readSealed(paths.checkpoint);
  const target = stationFolder(folder, station, firstLine(paths.journal));
  const keys = join(folder, 'keys');
  const kept = await Promise.all(peopleOf(paths, people).map((person) => keyFile(keys, person)));
  if (!replace) refuseLoss([...lossesIn(target, paths), ...kept.flatMap(otherFile), ...otherScript(folder)]);
  makeFolders(target);
  makeFolders(keys);
  for (const { path, armored } of kept) writeFileSync(path, armored);
  // Signatures over an earlier checkpoint don't fit the journal as it is now. Those over this one stay.
  const isSame = checkpointIn(target) !== null && checkpointIn(target) === checkpointAt(paths);
  for (const name of readdirSync(target)) {
    if (name.startsWith(CHECKPOINT) && !isSame) rmSync(join(target, name));
  }
  writeFileSync(join(target, JOURNAL), journal);
  if (checkpoint !== null) {
    writeFileSync(join(target, CHECKPOINT), checkpoint);
    const names = new Map(kept.map(({ signer, name }) => [signer, name]));
    for (const name of signersOf(paths)) {
      const signature = `${CHECKPOINT}.${names.get(name) ?? name}.asc`;
      writeFileSync(join(target, signature), readSealed(`${paths.checkpoint}.${name}.asc`) ?? '');
    }
  }
  writeFileSync(join(folder, SCRIPT), verifyScript(), { mode: 0o755 });
  return target;
}

const JOURNAL = 'journal.jsonl';
const CHECKPOINT = 'checkpoint.txt';
const SCRIPT = 'verify.sh';

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
const TAKEN: ReadonlySet<string> = new Set(['keys', 'qr']);

/**
 * Whose keys belong to this station's part of the archive: an auditor wants nobody's in it who took no part.
 */
function peopleOf(paths: CeremonyPaths, people: readonly ArchivedPerson[]): ArchivedPerson[] {
  const signers = new Set(existsSync(paths.checkpoint) ? signersOf(paths) : []);
  const lines = linesOf(paths.journal);
  const named = new Set([
    ...lines.slice(-1).map(({ who }) => who),
    ...lines.flatMap((line) =>
      line.event === 'plan-agreed' ? line.data.roster.map(({ fingerprint }) => fingerprint) : [],
    ),
  ]);
  return people.filter(
    (person) => signers.has(personFileName(person)) || named.has(toHex(person.fingerprint).toUpperCase()),
  );
}

/** A damaged journal is archived as it is: verification tells what is wrong with it. */
function linesOf(journal: string): JournalLine[] {
  try {
    return parseJournal(new Uint8Array(readFileSync(journal))).map(({ line }) => line);
  } catch (error) {
    if (error instanceof AirlockError) return [];
    throw error;
  }
}

/** What in the station's folder would be lost, as the ends of a sentence. */
function lossesIn(target: string, paths: CeremonyPaths): string[] {
  const losses: string[] = [];
  const there = join(target, JOURNAL);
  if (existsSync(there) && !startsWith(readFileSync(paths.journal), readFileSync(there))) {
    losses.push('a journal that this one does not continue');
  }
  const old = checkpointIn(target);
  if (old === null || old === checkpointAt(paths)) return losses;
  const prefix = `${CHECKPOINT}.`;
  const signed = readdirSync(target)
    .filter((name) => name.startsWith(prefix) && name.endsWith('.asc'))
    .map((name) => name.slice(prefix.length, -'.asc'.length));
  const now = existsSync(paths.checkpoint) ? signersOf(paths).length : 0;
  if (now < signed.length) {
    losses.push(
      `a checkpoint that ${signed.join(', ')} signed, by one with ${now === 0 ? 'no signature' : now === 1 ? 'one signature' : `${now} signatures`}`,
    );
  }
  return losses;
}

const checkpointAt = ({ checkpoint }: CeremonyPaths): string | null =>
  existsSync(checkpoint) ? readFileSync(checkpoint, 'utf8') : null;

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
 * person's station has that label.
 */
function stationFolder(folder: string, station: string, own: FirstLine): string {
  const plain = join(folder, fileNameOf(station, own.who));
  const others = firstLineIn(plain);
  const isTaken = TAKEN.has(basename(plain)) || (others !== null && others.who !== own.who);
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
function firstLine(journal: string): FirstLine {
  const text = readFileSync(journal, 'utf8').split('\n', 1)[0] ?? '';
  try {
    return { text, who: lineHead.shape.who.parse(JSON.parse(text)?.who).toLowerCase() };
  } catch {
    return { text, who: '' };
  }
}

const firstLineIn = (target: string): FirstLine | null =>
  existsSync(join(target, JOURNAL)) ? firstLine(join(target, JOURNAL)) : null;

interface KeyFile {
  /** NAME of the person's signature in the home. */
  readonly signer: string;
  /** NAME of the person in the archive. */
  readonly name: string;
  readonly path: string;
  readonly armored: string;
}

/** A person's key as it goes into `keys/`, beside another person's of the same name. */
async function keyFile(keys: string, person: ArchivedPerson): Promise<KeyFile> {
  const signer = personFileName(person);
  const name = (await isKeyOfAnother(join(keys, `${signer}.asc`), person))
    ? markedFileName(person.name, toHex(person.fingerprint))
    : signer;
  const armored = plainArmor('publicKey', person.publicKey);
  return { signer, name, path: join(keys, `${name}.asc`), armored };
}

const otherFile = ({ path, armored, name }: KeyFile): string[] =>
  existsSync(path) && readFileSync(path, 'utf8') !== armored ? [`keys/${name}.asc, by another file`] : [];

async function isKeyOfAnother(path: string, { fingerprint }: ArchivedPerson): Promise<boolean> {
  if (!existsSync(path)) return false;
  try {
    return !equalBytes((await parseSignersKey(readFileSync(path, 'utf8'))).fingerprint, fingerprint);
  } catch {
    // What is no key at all may be replaced by one, where that is wanted.
    return false;
  }
}
