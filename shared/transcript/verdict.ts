import type { TranscriptErrorCode } from './transcript-error';

/** An archive folder in memory: what `verify.sh` finds beside itself. */
export interface TranscriptFolder {
  readonly stations: readonly ArchivedStation[];
  /** `keys/NAME.asc`. */
  readonly keys: readonly ArchivedKey[];
  /** What lies in the folder and is no part of a transcript. Left out: nothing does. */
  readonly strays?: readonly Stray[];
  /**
   * Lower-case hex SHA-256 of the `verify.sh` in the folder, null where there is none. Left out: not looked
   * at.
   */
  readonly script?: string | null;
  /** Whether there is a report page or a picture: drawings, which nobody signed. */
  readonly hasDrawings?: boolean;
}

export interface ArchivedStation {
  /** Name of the folder, which need not be the station's label. */
  readonly name: string;
  readonly journal: Uint8Array;
  readonly checkpoint: string | null;
  /** `checkpoint.txt.NAME.asc`: NAME is that of the key in `keys/`. */
  readonly signatures: readonly ArchivedKey[];
}

/** An `.asc` file: a public key, or a signature. */
export interface ArchivedKey {
  readonly name: string;
  readonly armored: string;
}

/** A file or folder that is no part of a transcript. Links and special files are never opened. */
export interface Stray {
  /** Relative to the archive folder, with `/`. */
  readonly path: string;
  readonly kind: 'link' | 'special' | 'unknown';
}

/**
 * What an archive is worth. proven: everything is there and fits. incomplete: something is missing, and
 * nothing contradicts. broken: something contradicts.
 */
export type Verdict = 'proven' | 'incomplete' | 'broken';

/**
 * What each finding means by itself. Some are milder where a station's folder is missing that could explain
 * them.
 */
export const VERDICTS = {
  /** A token was made, and no station has proved its end. */
  'not-revoked': 'incomplete',
  'no-station': 'incomplete',
  /** No journal of an officer is here, so that there is no plan. */
  'no-plan': 'incomplete',
  /** A person of the plan took part, and their station's folder is not here. */
  'missing-station': 'incomplete',
  /** `checkpoint.txt` is here, and the journal isn't, or it is empty. */
  'no-journal': 'incomplete',
  'no-checkpoint': 'incomplete',
  'no-signature': 'incomplete',
  'own-signature-missing': 'incomplete',
  'witness-missing': 'incomplete',
  /** Nobody but the station's own person has signed. */
  'no-other-signature': 'incomplete',
  /** A signature without its key. */
  'no-key': 'incomplete',
  /** A person of the plan without a key in `keys/`. */
  'missing-key': 'incomplete',
  /** Sent, and no station of the folder received or refused it. */
  'not-received': 'incomplete',
  /** Received, and the station of whoever signed it is not in the folder. */
  unaccounted: 'incomplete',
  'unknown-file': 'incomplete',
  'no-script': 'incomplete',
  'foreign-script': 'incomplete',
  /** A line is not as its station wrote it, or the chain of lines does not hold. */
  'changed-line': 'broken',
  /** A symbolic link, a pipe, a device or a socket. */
  'special-file': 'broken',
  'bad-checkpoint': 'broken',
  'checkpoint-differs': 'broken',
  'bad-signature': 'broken',
  /** Not one public key in the form that Airlock writes, or not the bytes that the plan names. */
  'bad-key': 'broken',
  /** The key of nobody in the plan. */
  'unknown-key': 'broken',
  /** The same key under two names. */
  'same-key': 'broken',
  'not-pinned': 'broken',
  'same-journal': 'broken',
  /** A witness has seen other lines than the journal has now. */
  'witnessed-differs': 'broken',
  /** What a witness signed isn't what the journal says that they signed. */
  'bad-statement': 'broken',
  /** A statement by somebody who is no witness in the plan. */
  'not-witness': 'broken',
  /** A witness has seen a journal that is not here. */
  'witnessed-missing': 'incomplete',
  /** Station, person, ceremony or rehearsal mark changes from one line to the next. */
  'origin-changes': 'broken',
  /** A line without the fingerprint of the person at the station: Airlock writes none in a ceremony. */
  'no-person': 'broken',
  'other-ceremony': 'broken',
  'rehearsal-mixed': 'broken',
  /** The station of a person who is not in the officer's plan. */
  stranger: 'broken',
  /** A plan in another journal than the officer's that says other things. */
  'plan-differs': 'broken',
  /** Received, and the journal of whoever signed it is here and doesn't have it. */
  'not-sent': 'broken',
  'wrong-sender': 'broken',
  'other-nonce': 'broken',
  'no-intent': 'broken',
  /** A share with a name on it, and no share message of that person at this station before it. */
  'no-share-message': 'broken',
  quorum: 'broken',
  'not-in-roster': 'broken',
  'not-custodian': 'broken',
  'gives-elsewhere': 'broken',
} as const satisfies Record<string, Exclude<Verdict, 'proven'>>;

export type FindingCode = keyof typeof VERDICTS;

/** The code of a journal or checkpoint that can't be read. */
export const codeOfError = (code: TranscriptErrorCode): FindingCode =>
  code === 'empty' ? 'no-journal' : code === 'bad-checkpoint' ? 'bad-checkpoint' : 'changed-line';

/** Something that is missing or does not fit: the transcript is not proven. */
export interface Finding {
  /** Name of the station's folder; '' where it is about all of them. */
  readonly station: string;
  readonly line: number | null;
  readonly code: FindingCode;
  readonly verdict: Exclude<Verdict, 'proven'>;
  /** A sentence for an auditor. */
  readonly message: string;
}

/** Something that fits, and that an auditor should read all the same. */
export interface Note {
  /** '' where it is about the whole archive. */
  readonly station: string;
  readonly line: number | null;
  readonly message: string;
}

export interface StationReport {
  readonly name: string;
  /** '' and 0 where the journal could not be read. */
  readonly label: string;
  readonly lines: number;
  readonly head: string;
  /** Names of the keys whose signatures over the checkpoint fit. */
  readonly signers: readonly string[];
}

export interface Report {
  readonly verdict: Verdict;
  /** By which keys: those that the auditor named, or just those that lie in the folder. */
  readonly by: 'people' | 'folder';
  /** A token whose end nobody proved comes first. */
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly stations: readonly StationReport[];
  /** Lower-case hex, '' where no line names one. */
  readonly ceremony: string;
  readonly rehearsal: boolean;
}

/** The worst of several verdicts: one contradiction makes all of it broken. Without any: proven. */
export const worstOf = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('broken') ? 'broken' : verdicts.includes('incomplete') ? 'incomplete' : 'proven';

/** The verdict as a sentence, as `verify.sh` ends too. */
export function verdictSentence({
  verdict,
  by,
  findings,
}: Pick<Report, 'verdict' | 'by' | 'findings'>): string {
  const keys = by === 'people' ? 'by the people you named' : 'by the keys in this folder';
  const count = (which: Verdict): number => findings.filter((each) => each.verdict === which).length;
  const things = (n: number): string => (n === 1 ? '1 thing' : `${n} things`);
  switch (verdict) {
    case 'proven':
      return `Proven: nothing is missing and everything fits, ${keys}.`;
    case 'incomplete':
      return `Incomplete: ${things(count('incomplete'))} missing, and nothing contradicts, ${keys}.`;
    case 'broken':
      return `Broken: ${things(count('broken'))} contradicting, ${things(count('incomplete'))} missing, ${keys}.`;
  }
}
