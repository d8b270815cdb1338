import type { TranscriptErrorCode } from './transcript-error';

/** An archive folder in memory: what `verify.sh` finds beside itself. */
export interface TranscriptFolder {
  readonly stations: readonly ArchivedStation[];
  /** `keys/NAME.asc`. */
  readonly keys: readonly { readonly name: string; readonly armored: string }[];
}

export interface ArchivedStation {
  /** Name of the folder, which need not be the station's label. */
  readonly name: string;
  readonly journal: Uint8Array;
  readonly checkpoint: string | null;
  /** `checkpoint.txt.NAME.asc`: NAME is that of the key in `keys/`. */
  readonly signatures: readonly { readonly name: string; readonly armored: string }[];
}

export type FindingCode =
  | TranscriptErrorCode
  | 'no-station'
  | 'no-checkpoint'
  | 'checkpoint-differs'
  | 'no-signature'
  | 'no-key'
  | 'bad-signature'
  | 'own-signature-missing'
  | 'same-journal'
  /** Station, person, ceremony or rehearsal mark changes from one line to the next. */
  | 'origin-changes'
  /** A line without the fingerprint of the person at the station: Airlock writes none in a ceremony. */
  | 'no-person'
  | 'other-ceremony'
  | 'rehearsal-mixed'
  | 'not-received'
  /** Received, but no station of the folder sent it. */
  | 'unaccounted'
  | 'wrong-sender'
  | 'other-nonce'
  | 'no-intent'
  /** A share with a name on it, and no share message of that person at this station before it. */
  | 'no-share-message'
  | 'quorum'
  | 'not-in-roster'
  | 'not-custodian';

/** Something that does not fit: the transcript is not to be relied on. */
export interface Finding {
  /** Name of the station's folder; '' where it is about all of them. */
  readonly station: string;
  readonly line: number | null;
  readonly code: FindingCode;
  readonly message: string;
}

/** Something that fits, and that an auditor should read all the same. */
export interface Note {
  readonly station: string;
  readonly line: number;
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
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly notes: readonly Note[];
  readonly stations: readonly StationReport[];
  /** Lower-case hex, '' where no line names one. */
  readonly ceremony: string;
  readonly rehearsal: boolean;
}
