import { fromHex } from '../../shared/bytes';
import type { JournalLine } from '../../shared/transcript/event';
import { eventWords } from '../../shared/transcript/event-words';
import { ceremonyWords, digestWords, fingerprintWords, nonceWords } from '../../shared/words';

/** '' where `words` throws: a journal may hold any text in place of a value that has words. */
function wordsOrNone(words: () => string): string {
  try {
    return words();
  } catch {
    return '';
  }
}

/** Words of an attempt's nonce, as people compare them; '' where it is none. */
export const wordsOfNonce = (nonce: string): string => wordsOrNone(() => nonceWords(nonce));
/** Words of a SHA-256 in hex; '' where it is none. */
export const wordsOfDigest = (hex: string): string => wordsOrNone(() => digestWords(fromHex(hex)));
/** Words of a ceremony's id in hex; '' where it is none. */
export const wordsOfCeremony = (hex: string): string =>
  hex === '' ? '' : wordsOrNone(() => ceremonyWords(fromHex(hex)));
/** Words of an OpenPGP v4 fingerprint in hex; '' where it is none. */
export const wordsOfFingerprint = (hex: string): string =>
  hex === '' ? '' : wordsOrNone(() => fingerprintWords(fromHex(hex)));

/** An event as a sentence; its bare name where it holds values that Airlock doesn't write. */
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
