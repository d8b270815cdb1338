import type { JournalLine } from '../../shared/transcript/event';
import type { Report } from '../../shared/transcript/verdict';

/** One station's folder of an archive. */
export interface ReportStation {
  readonly folder: string;
  /** Empty where the journal could not be read. */
  readonly lines: readonly JournalLine[];
  /** NAME of each `checkpoint.txt.NAME.asc`, whether or not it fits. */
  readonly signers: readonly string[];
  /** Words of the checkpoint's SHA-256; '' where there is none. */
  readonly checkpointWords: string;
  /** Lower-case hex, of the file; '' where it is not there. */
  readonly journalSha256: string;
}

/** The QR pictures of one message. */
export interface ReportPicture {
  /** Lower-case hex. */
  readonly digest: string;
  /** For messages that no journal names, as identities of before the ceremony. */
  readonly type?: string;
  /** Fingerprint of whoever signed it, upper-case hex. */
  readonly from?: string;
  /** Relative to the archive folder, in the order of the parts. */
  readonly files: readonly string[];
}

/** An archive folder, as the report page shows it. */
export interface ReportInput {
  readonly stations: readonly ReportStation[];
  readonly verification: Report;
  readonly pictures: readonly ReportPicture[];
}
