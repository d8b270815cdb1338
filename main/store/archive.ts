import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AirlockError } from '../../shared/airlock-error';
import { equalBytes, toHex } from '../../shared/bytes';
import { parsePublicKey } from '../../shared/openpgp/public-key';
import { lineHead } from '../../shared/transcript/event';
import { verifyScript } from '../../shared/transcript/script/verify-script';
import { fileNameOf, markedFileName, personFileName } from './file-name';
import { makeFolders } from './folder';
import type { CeremonyPaths } from './home';
import { readSealed, readSealedJournal } from './seal/sealed-file';
import { signersOf } from './sign-off';

export type ArchiveErrorCode = 'archive-of-another';

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
 * its checkpoint and signatures, everyone's public key in `keys/`, and `verify.sh`. Folders of several
 * stations merge into one archive; nothing of another station or person is ever replaced. Returns the
 * station's folder. Throws `ArchiveError` 'archive-of-another', `HomeFinding`.
 */
export async function archiveStation(
  folder: string,
  station: string,
  paths: CeremonyPaths,
  people: readonly ArchivedPerson[],
): Promise<string> {
  const journal = readSealedJournal(paths.journal) ?? new Uint8Array();
  const checkpoint = readSealed(paths.checkpoint);
  const target = stationFolder(folder, station, firstLine(paths.journal));
  const keys = join(folder, 'keys');
  makeFolders(target);
  makeFolders(keys);
  const keyNames = new Map<string, string>();
  for (const person of people) keyNames.set(personFileName(person), await keepKey(keys, person));
  // Signatures over an earlier checkpoint don't fit the journal as it is now.
  for (const name of readdirSync(target)) if (name.startsWith('checkpoint.txt')) rmSync(join(target, name));
  writeFileSync(join(target, JOURNAL), journal);
  if (checkpoint !== null) {
    writeFileSync(join(target, 'checkpoint.txt'), checkpoint);
    for (const name of signersOf(paths)) {
      const signature = `checkpoint.txt.${keyNames.get(name) ?? name}.asc`;
      writeFileSync(join(target, signature), readSealed(`${paths.checkpoint}.${name}.asc`) ?? '');
    }
  }
  writeFileSync(join(folder, 'verify.sh'), verifyScript(), { mode: 0o755 });
  return target;
}

const JOURNAL = 'journal.jsonl';

/** Folders of an archive that are no station's. */
const TAKEN: ReadonlySet<string> = new Set(['keys', 'qr']);

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

/**
 * Writes a person's key into `keys/`, beside another person's of the same name; returns NAME of `NAME.asc`.
 */
async function keepKey(keys: string, person: ArchivedPerson): Promise<string> {
  const plain = personFileName(person);
  const name = (await isKeyOfAnother(join(keys, `${plain}.asc`), person))
    ? markedFileName(person.name, toHex(person.fingerprint))
    : plain;
  const { armored } = await parsePublicKey(person.publicKey);
  writeFileSync(join(keys, `${name}.asc`), armored);
  return name;
}

async function isKeyOfAnother(path: string, { fingerprint }: ArchivedPerson): Promise<boolean> {
  if (!existsSync(path)) return false;
  try {
    return !equalBytes((await parsePublicKey(readFileSync(path, 'utf8'))).fingerprint, fingerprint);
  } catch {
    // What is no key at all may be replaced by one.
    return false;
  }
}
