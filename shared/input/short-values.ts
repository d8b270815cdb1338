import { seen } from './tidy';

/**
 * A name, an address or another short text as it was typed or pasted into a field or an option: without what
 * nobody sees, without quotes and white space around it, and with single plain spaces within.
 */
export const shortText = (text: string): string =>
  seen(text)
    .replace(/\s+/g, ' ')
    .replace(/^[\s"'`“”„‟‘’‚«»]+|[\s"'`“”„‟‘’‚«»]+$/g, '');

/**
 * A person's own name, without what nobody sees at its ends, and with single plain spaces. Quotes may belong
 * to it (“’t Hooft”); what nobody sees within is refused where names are (`isProperName`).
 */
export const nameText = (text: string): string =>
  text.replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, '').replace(/\s+/g, ' ');

/**
 * Digits in hex of a fingerprint, a pin or an id: without colons, spaces, dashes, and the name of the
 * hash.
 */
export const hexDigits = (text: string): string =>
  shortText(text.normalize('NFKC'))
    .toLowerCase()
    .replace(/^(?:(?:key )?fingerprint|sha-?256(?: fingerprint)?|pin|0x)\s*[:=/]?\s*/, '')
    .replace(/^(?:sha-?256[:=/]|0x)/, '')
    .replace(/[\s:.-]+/g, '');

/**
 * Words that a person heard, copied or read out, to be compared: lower case, single spaces. Numbers, dashes,
 * commas and quotes between them do not count, nor does what names them (“Words: …”).
 */
export const wordsIn = (text: string): string =>
  (
    seen(text.normalize('NFKC'))
      .toLowerCase()
      .replace(/^[^:]*:/, '')
      .match(/[\p{L}\p{M}]+/gu) ?? []
  ).join(' ');

/** A whole number in plain digits; null where it is none. */
export const wholeNumberIn = (text: string): number | null => {
  const digits = shortText(text.normalize('NFKC'));
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
};
