import {
  comparable,
  inTheClear,
  isShareTwiceEncoded,
  sharesIn,
  splitWords,
  standardBase64,
  tokensIn,
  wholeShare,
} from './in-the-clear';
import { InputError } from './input-error';
import type { Kind } from './kinds';
import { namedValues } from './named-values';
import { isWholeMessage } from './pgp-message';
import { tidied, unwrapped } from './tidy';

/** Fewer characters than any value has that an answer names; `Key Shares  5` is a number. */
const shortest = 16;

/** The values that a text names so, each once. */
function namedSo(text: string, kind: Kind): string[] {
  const byContent = new Map<string, string>();
  for (const named of namedValues(text)) {
    const value = tidied(named.value, kind);
    if (named.kind === kind && value.length >= shortest) byContent.set(comparable(value), value);
  }
  return [...byContent.values()];
}

/** Plain texts, which need no second look: one word of the letters of hex and base64. */
const isOneWord = (text: string): boolean => /^\s*[0-9A-Za-z+/=]*\s*$/.test(text);

/** Shares of a key that are told apart without line ends; a message to a PGP key is longer. */
const mostShares = 5;

const yourShare = 'Enter your own share here, and no other.';

/**
 * The text of the one key share (hex, base64, or the groups of a card) in what was typed, pasted or read: by
 * itself, or named as the server's `init` names it. Throws `InputError` 'shares-in-clear' and
 * 'token-in-clear' where more lies in it.
 */
export function shareIn(text: string): string {
  if (isOneWord(text) && text.length < 80) return text;
  const tokens = tokensIn(text).length;
  const shares = Math.max(sharesIn(text).size, gluedShares(text));
  if (shares > 1 || (tokens > 0 && (shares > 0 || namedValues(text).length > 0)))
    throw inTheClear(text, shares, tokens, yourShare);
  const named = namedSo(text, 'share');
  if (named.length > 1)
    throw new InputError(
      'several-values',
      `There are ${named.length} shares in this, and one is wanted. ${yourShare}`,
    );
  if (named[0] !== undefined) return unnamed(named[0]);
  // Words around one share are words of a letter, a shell or a page.
  const [alone] = wholeShare(tidied(text, 'share')) === null ? splitWords(text).filter(isShare) : [];
  return alone ?? unnamed(text);
}

const isShare = (word: string): boolean => wholeShare(word) !== null;

/**
 * How many shares stand there with nothing between them: a field of one line has lost the line ends. In hex,
 * or in base64 where each has 33 bytes.
 */
function gluedShares(text: string): number {
  const word = tidied(text, 'share');
  const each = /^[0-9a-f]+$/i.test(word) ? [66, 64] : [44];
  const size = each.find((length) => word.length > length && word.length % length === 0);
  if (size === undefined || word.length / size > mostShares || isShareTwiceEncoded(word)) return 0;
  const pieces = word.match(new RegExp(`.{${size}}`, 'g')) ?? [];
  return pieces.every(isShare) ? new Set(pieces.map(comparable)).size : 0;
}

/** What stands there by itself. Groups of a card, and what is no whole share, keep their spaces. */
function unnamed(text: string): string {
  const value = tidied(text, 'share');
  if (wholeShare(value) === null) return unwrapped(text);
  return /^[0-9a-f]+$/i.test(value) ? value : standardBase64(value);
}

/**
 * The OpenPGP message (base64 or hex) in what a server or its command line answered, by itself or named:
 * `keys_base64`, `Unseal Key 1`, `encoded_token`. Throws `InputError` 'several-values', and as `shareIn`
 * does.
 */
export function pgpShareIn(text: string): string {
  if (text.includes('-----BEGIN')) return text;
  const joined = tidied(text, 'pgp');
  // Its lines may be as long as shares are.
  if (isWholeMessage(joined)) return joined;
  const tokens = tokensIn(text).length;
  const shares = sharesIn(text).size;
  const isMeantElsewhere = 'This step opens a share that is encrypted to a PGP key, and no other.';
  if (shares + tokens > 0) throw inTheClear(text, shares, tokens, isMeantElsewhere);
  return oneMessage(text, namedSo(text, 'share'), 'encrypted shares');
}

/**
 * The encoded token in what the server or its command line answered to the last share, by itself or named.
 * Throws `InputError` 'several-values', 'token-in-clear' and 'shares-in-clear'.
 */
export function encodedTokenIn(text: string): string {
  if (isOneWord(text) && text.length < 60) return text.trim();
  if (text.includes('-----BEGIN')) return text;
  const joined = tidied(text, 'encoded-token');
  if (isWholeMessage(joined)) return joined;
  const named = namedSo(text, 'encoded-token');
  const tokens = tokensIn(text).length;
  const shares = sharesIn(text);
  // An encoded token of 33 characters looks like a share.
  for (const one of named) shares.delete(comparable(one));
  const isAlone = named.length === 0 && shares.size === 1 && tidied(text, 'encoded-token').length === 44;
  if (tokens > 0 || (shares.size > 0 && !isAlone))
    throw inTheClear(
      text,
      shares.size,
      tokens,
      'An encoded token is wanted here: what the server answered to the last share.',
    );
  return oneMessage(text, named, 'encoded tokens');
}

function oneMessage(text: string, named: readonly string[], what: string): string {
  const words = named.length > 0 ? named : splitWords(text).filter(isWholeMessage);
  if (new Set(words.map(comparable)).size > 1)
    throw new InputError(
      'several-values',
      `There are ${words.length} ${what} in this, and one is wanted: nothing was taken in. Take the one that is meant alone.`,
    );
  return words[0] ?? tidied(text, 'encoded-token');
}

/**
 * The one-time password, by itself or as the servers' command line shows it. Throws `InputError`
 * 'several-values' and 'token-in-clear'.
 */
export function otpIn(text: string): string {
  if (isOneWord(text)) return text.trim();
  const [named, ...others] = namedSo(text, 'otp');
  if (others.length > 0)
    throw new InputError(
      'several-values',
      'There are several one-time passwords in this, and one is wanted.',
    );
  if (named !== undefined) return named;
  const tokens = tokensIn(text).length;
  if (tokens > 0) throw inTheClear(text, 0, tokens, 'A one-time password is wanted here.');
  return tidied(text, 'otp');
}

/** The nonce of an attempt, by itself or named in an answer. */
export function nonceIn(text: string): string {
  return namedSo(text, 'nonce')[0] ?? tidied(text, 'nonce');
}
