import { fromBase64, fromHex, toHex, wipe } from '../bytes';
import { ShareError } from './share-error';

declare const brand: unique symbol;

/** One custodian's part of the unseal (or recovery) key. Wipe `bytes` after use. */
export interface Share {
  /**
   * With a threshold of 1 the key itself; else the y values, one a byte of the key, and last the
   * x-coordinate.
   */
  readonly bytes: Uint8Array;
  /** How it was written when it was entered. */
  readonly encoding: 'hex' | 'base64' | 'card';
  /** Last byte: for threshold ≥ 2 the x-coordinate, 1 to 255, which no two shares of a set have in common. */
  readonly x: number;
  readonly [brand]: 'Share';
}

/**
 * What servers accept: a key of 16 to 32 bytes, plus one for the x-coordinate (docs/server-facts.md, "Wrong
 * shares").
 */
export const shortestShare = 16;
export const longestShare = 33;
/** Keys that servers make have 32 bytes. */
export const wholeKeyLength = 32;

const legal = (bytes: Uint8Array | null): bytes is Uint8Array =>
  bytes !== null && bytes.length >= shortestShare && bytes.length <= longestShare;

function tryDecode(decode: (text: string) => Uint8Array, text: string): Uint8Array | null {
  try {
    return decode(text);
  } catch {
    return null;
  }
}

function refuseOtherThings(text: string): void {
  if (/^(?:hv[sbr]|[sbr])\./.test(text))
    throw new ShareError(
      'not-a-share',
      'This looks like a token, not like a key share. Do not enter it here; whoever has seen it should have it revoked.',
    );
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text))
    throw new ShareError(
      'not-a-share',
      'This looks like a nonce, not like a key share. Enter your own key share.',
    );
  if (text.startsWith('-----BEGINPGP') || text.length > 200)
    throw new ShareError(
      'pgp-encrypted',
      'This is too long for a key share: it looks like one that is encrypted to a PGP key. Open it with that key first.',
    );
}

function refuseAlphabet(text: string): void {
  const at = text.search(/[^0-9A-Za-z+/=]/);
  if (at < 0) return;
  throw new ShareError(
    'alphabet',
    `Character ${at + 1} (white space not counted) cannot be in a key share: shares are written in hex (0–9, a–f) or base64. Check it against the original.`,
  );
}

/** What a hand or a printer makes of digits. */
const digitLike: Readonly<Record<string, string>> = {
  O: '0',
  o: '0',
  Q: '0',
  I: '1',
  i: '1',
  L: '1',
  l: '1',
  Z: '2',
  z: '2',
  S: '5',
  s: '5',
  G: '6',
  g: '9',
  q: '9',
};

/**
 * Whether a text is as long as a share in hex, or few of its characters are none of hex: then hex is meant.
 */
const isMeantAsHex = (text: string): boolean =>
  [wholeKeyLength, longestShare].includes(text.length / 2) ||
  (text.length >= 2 * shortestShare && text.replace(/[0-9a-f]/gi, '').length < text.length / 5);

/** The first character that hex doesn't have is named, by itself: it is no part of the share. */
function refuseInHex(text: string): void {
  const at = text.search(/[^0-9a-f]/i);
  if (at < 0 || !isMeantAsHex(text)) return;
  const character = text.charAt(at);
  const what = `the ${/[a-z]/i.test(character) ? 'letter' : 'sign'} ${character}`;
  const digit = digitLike[character];
  throw new ShareError(
    'alphabet',
    `Character ${at + 1} (white space not counted) is ${what}; hex has 0–9 and a–f only${digit === undefined ? '. Check' : `: is it the digit ${digit}? Check`} it, and those after it, against the original.`,
  );
}

/** As long as a share in base64, and yet none. */
function refuseInBase64(text: string): void {
  if (text.length !== 44) return;
  const at = text.search(/=(?!=?$)/);
  throw new ShareError(
    'alphabet',
    at < 0
      ? 'The last characters cannot be the end of a key share in base64. Check them against the original.'
      : `Character ${at + 1} (white space not counted) is the sign =, which only ends a text in base64. Check it against the original.`,
  );
}

interface Decoded {
  readonly bytes: Uint8Array;
  readonly encoding: 'hex' | 'base64';
}

/**
 * Reads hex before base64, as servers do. Where only base64 makes a share of the usual length, that is meant.
 */
function decode(text: string, expected: number | null): Decoded {
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(text);
  const hex = isHex ? fromHex(text) : null;
  const base64 = tryDecode(fromBase64, text);
  const usual = expected ?? wholeKeyLength + 1;
  const base64Fits = base64?.length === usual;
  if (legal(hex) && base64Fits && hex.length !== usual && expected === null) {
    wipe(hex, base64);
    throw new ShareError(
      'ambiguous',
      'This could be a part of a share in hex or a whole one in base64. A share that a server made has 66 characters in hex, 44 in base64: check that none is missing, or enter it in hex.',
    );
  }
  if (legal(hex) && !(base64Fits && hex.length !== usual)) {
    wipe(base64 ?? undefined);
    return { bytes: hex, encoding: 'hex' };
  }
  wipe(hex ?? undefined);
  if (legal(base64)) return { bytes: base64, encoding: 'base64' };
  wipe(base64 ?? undefined);
  refuseInHex(text);
  refuseInBase64(text);
  throw new ShareError(
    'length',
    `This has ${text.length} characters, and no key share is that long: in hex it has 66 (64 where one share is enough), in base64 44. Check that none is missing or doubled.`,
  );
}

/**
 * The key share that was typed, pasted or read, in hex or padded base64; white space in it does not count.
 * With `threshold`, its length must be that of a share of a server-made key: 33 bytes, or 32 if one share is
 * enough, so that a forgotten byte shows here, not at the server's threshold. Without, the server's own
 * bounds hold: 16 to 33. Throws `ShareError`.
 */
export function parseShare(text: string, threshold?: number): Share {
  const joined = text.replace(/\s+/g, '');
  if (joined === '')
    throw new ShareError('empty', 'There is no key share. Enter the one that was given to you.');
  refuseOtherThings(joined);
  refuseAlphabet(joined);
  const { bytes, encoding } = decode(joined, expectedLength(threshold));
  return shareOfBytes(bytes, encoding, threshold);
}

const expectedLength = (threshold: number | undefined): number | null =>
  threshold === undefined ? null : wholeKeyLength + (threshold === 1 ? 0 : 1);

/**
 * The share of these bytes, which it keeps; they are wiped where it throws. `threshold` as for `parseShare`.
 * Throws `ShareError` 'length' or 'x-coordinate'.
 */
export function shareOfBytes(bytes: Uint8Array, encoding: Share['encoding'], threshold?: number): Share {
  const expected = expectedLength(threshold);
  const refuse = (code: 'length' | 'x-coordinate', message: string): never => {
    wipe(bytes);
    throw new ShareError(code, message);
  };
  if (expected !== null && bytes.length !== expected)
    refuse(
      'length',
      threshold === 1
        ? `This holds ${bytes.length} bytes. Here one share is enough, and then it is the key itself and holds ${expected}. Check that none is missing or doubled.`
        : `This holds ${bytes.length} bytes, and a key share holds ${expected}. Check that none is missing or doubled.`,
    );
  const x = bytes[bytes.length - 1] ?? 0;
  if (bytes.length === wholeKeyLength + 1 && x === 0)
    refuse(
      'x-coordinate',
      'The last two characters (in hex: 00) cannot be the end of a key share. Check them against the original.',
    );
  return { bytes, encoding, x } as Share;
}

/** The share in lower-case hex, as servers take it. A secret: hand it on at once, keep it nowhere. */
export const shareText = (share: Share): string => toHex(share.bytes);
