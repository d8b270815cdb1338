import { fromHex } from '../../shared/bytes';
import type { JournalLine } from '../../shared/transcript/event';
import { eventWords } from '../../shared/transcript/event-words';
import type { Report } from '../../shared/transcript/report';
import { ceremonyWords, digestWords, fingerprintWords, nonceWords } from '../../shared/words';

/** One station's folder of an archive. */
export interface ReportStation {
  readonly folder: string;
  /** Empty where the journal could not be read. */
  readonly lines: readonly JournalLine[];
  /** NAME of each `checkpoint.txt.NAME.asc`, whether or not it fits. */
  readonly signers: readonly string[];
  /** Words of the checkpoint's SHA-256; '' where there is none. */
  readonly checkpointWords: string;
}

/** The QR pictures of one message. */
export interface ReportPicture {
  /** Lower-case hex. */
  readonly digest: string;
  /** For messages that no journal names, as identities of before the ceremony. */
  readonly type?: string;
  /** Relative to the archive folder, in the order of the parts. */
  readonly files: readonly string[];
}

/** An archive folder, as the report page shows it. */
export interface ReportInput {
  readonly stations: readonly ReportStation[];
  readonly verification: Report;
  readonly pictures: readonly ReportPicture[];
}

/** Words of a journal's values. A journal of others may hold any text there: then there are no words. */
function wordsOrNone(words: () => string): string {
  try {
    return words();
  } catch {
    return '';
  }
}

export const wordsOfNonce = (nonce: string): string => wordsOrNone(() => nonceWords(nonce));
export const wordsOfDigest = (hex: string): string => wordsOrNone(() => digestWords(fromHex(hex)));
export const wordsOfCeremony = (hex: string): string =>
  hex === '' ? '' : wordsOrNone(() => ceremonyWords(fromHex(hex)));
export const wordsOfFingerprint = (hex: string): string =>
  hex === '' ? '' : wordsOrNone(() => fingerprintWords(fromHex(hex)));

/** An event as a sentence; its bare name where its values are none that Airlock writes. */
export const sentenceOf = (line: JournalLine): string =>
  wordsOrNone(() => eventWords(line).text) || line.event;

/** Whether an auditor should stop at this line. */
export function isAlarm(line: JournalLine): boolean {
  try {
    return eventWords(line).alarm;
  } catch {
    return true;
  }
}
