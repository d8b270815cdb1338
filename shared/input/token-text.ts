import { copySecret } from '../bytes';
import { InputError } from './input-error';

const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Straight quotes; in UTF-8 the typographic ones, the space that breaks no line, and what nobody sees. */
const around: readonly (readonly number[])[] = [
  [0x22],
  [0x27],
  [0x60],
  [0xe2, 0x80, 0x9c],
  [0xe2, 0x80, 0x9d],
  [0xe2, 0x80, 0x9e],
  [0xe2, 0x80, 0x98],
  [0xe2, 0x80, 0x99],
  [0xc2, 0xab],
  [0xc2, 0xbb],
  [0xc2, 0xa0],
  [0xe2, 0x80, 0xaf],
  [0xe2, 0x80, 0x8b],
  [0xe2, 0x80, 0x8c],
  [0xe2, 0x80, 0x8d],
  [0xef, 0xbb, 0xbf],
];

/**
 * A token out of what was typed or read (UTF-8): without white space and quotes around it. A copy, which the
 * caller wipes: no string of it is made. `where`: what holds it, for the sentence. Throws `InputError`
 * 'not-a-token' where there is anything else, such as a line of a table or JSON.
 */
export function tokenIn(text: Uint8Array, where: string): Uint8Array {
  let [from, to] = [0, text.length];
  for (let more = true; more; ) {
    const before = isSpace(text[from] ?? 0) ? 1 : markAt(text, (mark) => matches(text, from, mark));
    const after = isSpace(text[to - 1] ?? 0)
      ? 1
      : markAt(text, (mark) => matches(text, to - mark.length, mark));
    more = from < to && before + after > 0;
    if (more) [from, to] = [from + before, Math.max(from + before, to - after)];
  }
  const token = text.subarray(from, to);
  if (token.length > 0 && token.length <= longest && isToken(token)) return copySecret(token);
  throw notAToken(where);
}

const markAt = (text: Uint8Array, fits: (mark: readonly number[]) => boolean): number =>
  text.length === 0 ? 0 : (around.find(fits)?.length ?? 0);

const matches = (text: Uint8Array, at: number, mark: readonly number[]): boolean =>
  at >= 0 && mark.every((byte, i) => text[at + i] === byte);

/** A batch token holds everything that is to be known of it, and is long. */
const longest = 8192;

/** Equals signs stand at the end of a token only (RFC 6750, 2.1): a variable and its value are none. */
const isToken = (token: Uint8Array): boolean => {
  let end = token.length;
  while (token[end - 1] === EQUALS) end--;
  return end > 0 && token.subarray(0, end).every(isTokenByte);
};

const EQUALS = 0x3d;

/**
 * What tokens are made of, those with a name of a person's own choice too. Quotes, braces, colons and white
 * space are in none.
 */
const isTokenByte = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a) ||
  [0x2b, 0x2d, 0x2e, 0x2f, 0x5f, 0x7e].includes(byte);

/** Throws `InputError` 'not-a-token' where a text that is to be sent as a token is none. */
export function refuseNoToken(text: string, where: string): void {
  if (text.length > 0 && text.length <= longest && /^[A-Za-z0-9._~+/-]+=*$/.test(text)) return;
  throw notAToken(where);
}

const notAToken = (where: string): InputError =>
  new InputError(
    'not-a-token',
    `${where} must hold a token and nothing else: no names, table, JSON, nor a second line. It was sent to no server. Put in the token alone.`,
  );
