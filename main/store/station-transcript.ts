import { existsSync, readFileSync } from 'node:fs';
import { AirlockError } from '../../shared/airlock-error';
import { toHex } from '../../shared/bytes';
import { plainArmor } from '../../shared/openpgp/plain-armor';
import { type JournalLine, lineHead } from '../../shared/transcript/event';
import { parseJournal } from '../../shared/transcript/journal-line';
import { ownScript } from '../../shared/transcript/script/releases';
import type { TranscriptFolder } from '../../shared/transcript/verdict';
import { fileNameOf, personFileName } from './file-name';
import type { CeremonyPaths } from './home';
import { readSealed, readSealedJournal } from './seal/sealed-file';
import { signersOf } from './sign-off';

/** Somebody whose key belongs to a transcript. */
export interface TranscriptPerson {
  readonly name: string;
  /** OpenPGP v4, 20 bytes. */
  readonly fingerprint: Uint8Array;
  /** Binary OpenPGP public key. */
  readonly publicKey: Uint8Array;
}

/** One station's part of an archive, wherever it comes from. */
export interface StationTranscript {
  /** The station's label. */
  readonly station: string;
  readonly journal: Uint8Array;
  /** Null before sign-off. */
  readonly checkpoint: string | null;
  /** Armored signatures over the checkpoint. `name`: NAME of the person's files (`personFileName`). */
  readonly signatures: readonly { readonly name: string; readonly armored: string }[];
  /** Whose keys belong to it. */
  readonly people: readonly TranscriptPerson[];
}

/**
 * A ceremony's transcript as it lies in a home. Of `people`, everyone known here, it has the station's own
 * person, whoever signed, and the roster of a plan in this journal. Throws `HomeFinding`.
 */
export function stationTranscript(
  station: string,
  paths: CeremonyPaths,
  people: readonly TranscriptPerson[],
): StationTranscript {
  const checkpoint = readSealed(paths.checkpoint);
  const names = checkpoint === null ? [] : signersOf(paths);
  const text = new TextDecoder();
  return {
    station,
    journal: readSealedJournal(paths.journal) ?? new Uint8Array(),
    checkpoint: checkpoint === null ? null : text.decode(checkpoint),
    signatures: names.map((name) => ({
      name,
      armored: text.decode(readSealed(`${paths.checkpoint}.${name}.asc`) ?? new Uint8Array()),
    })),
    people: peopleOf(paths.journal, new Set(names), people),
  };
}

/**
 * Whose keys belong to this station's part of the archive: an auditor wants nobody's in it who took no part.
 */
function peopleOf(
  journal: string,
  signers: ReadonlySet<string>,
  people: readonly TranscriptPerson[],
): TranscriptPerson[] {
  const lines = linesOf(journal);
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
  if (!existsSync(journal)) return [];
  try {
    return parseJournal(new Uint8Array(readFileSync(journal))).map(({ line }) => line);
  } catch (error) {
    if (error instanceof AirlockError) return [];
    throw error;
  }
}

/** Lower-case hex fingerprint of whoever began a journal; '' where its first line doesn't say. */
export function ownerOf(journal: Uint8Array): string {
  const text = new TextDecoder().decode(journal).split('\n', 1)[0] ?? '';
  try {
    return lineHead.shape.who.parse(JSON.parse(text)?.who).toLowerCase();
  } catch {
    return '';
  }
}

/**
 * Transcripts as they would lie in an archive folder, which isn't written: each person's key once, and the
 * script of this version.
 */
export function asArchived(transcripts: readonly StationTranscript[]): TranscriptFolder {
  const people = new Map(
    transcripts.flatMap((each) => each.people).map((person) => [toHex(person.fingerprint), person]),
  );
  return {
    stations: transcripts.map(({ station, journal, checkpoint, signatures }) => ({
      name: fileNameOf(station, ownerOf(journal)),
      journal,
      checkpoint,
      signatures,
    })),
    keys: [...people.values()].map((person) => ({
      name: personFileName(person),
      armored: plainArmor('publicKey', person.publicKey),
    })),
    strays: [],
    script: ownScript(),
    hasDrawings: false,
  };
}
