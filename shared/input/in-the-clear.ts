import { fromBase64, fromHex, toHex } from '../bytes';
import { InputError } from './input-error';
import { namedValues } from './named-values';
import { seen } from './tidy';

/** A token as servers write them since version 0.11.2 (Vault) and always (OpenBao), standing by itself. */
const tokenForm = /(?<![\w./+-])(?:hv[sbr]|[sbr])\.[A-Za-z0-9_-]{20,}(?:\.[A-Za-z0-9]{1,12})?(?![\w./+=-])/g;

/** The tokens in a text, by their form or their name. */
export function tokensIn(text: string): string[] {
  const named = namedValues(text).filter(({ kind, value }) => kind === 'root-token' && isShort(value));
  return [...new Set([...(seen(text).match(tokenForm) ?? []), ...named.map(({ value }) => value)])];
}

/** A root token may be encrypted to a PGP key: then it is long, and not in the clear. */
const isShort = (value: string): boolean => value.length >= 4 && value.length < 100 && !/\s/.test(value);

/**
 * What makes a share of a server-made key the same in every form, where the text is one whole: 32 or 33 bytes
 * in hex or base64. Null where it is none.
 */
export function wholeShare(text: string): string | null {
  if (/^(?:[0-9a-f]{2}){32,33}$/i.test(text)) return text.toLowerCase();
  if (!/^[0-9A-Za-z+/_-]{43}[0-9A-Za-z+/_=-]?$/.test(text)) return null;
  try {
    const bytes = fromBase64(standardBase64(text));
    return bytes.length === 32 || bytes.length === 33 ? toHex(bytes) : null;
  } catch {
    return null;
  }
}

/** Base64 in its usual alphabet, with its padding: some tools write `-` and `_`, or leave the end off. */
export function standardBase64(text: string): string {
  const usual = /[-_]/.test(text) ? text.replaceAll('-', '+').replaceAll('_', '/') : text;
  const missing = (4 - (usual.length % 4)) % 4;
  return missing === 0 || missing === 3 || usual.includes('=') ? usual : `${usual}${'='.repeat(missing)}`;
}

/** The words of a text, and the values that it names as shares: whatever may be a share by itself. */
export function wordsOf(text: string): string[] {
  const named = namedValues(text).flatMap(({ kind, value }) => (kind === 'share' ? [value] : []));
  return [...splitWords(text), ...named];
}

/** Bytes in hex with colons between them, as openssl writes them. */
const colonHex = /(?<![0-9a-f:])(?:[0-9a-f]{2}:){31,32}[0-9a-f]{2}(?![0-9a-f:])/gi;
/** The signs of base64, as an address has them. */
const inAddresses: Readonly<Record<string, string>> = { '%2B': '+', '%2F': '/', '%3D': '=' };

/**
 * The words of a text, without the marks around them: quotes, brackets, tables. A shell puts `%` where a line
 * has no end.
 */
export const splitWords = (text: string): string[] =>
  seen(text)
    .replace(colonHex, (hex) => hex.replaceAll(':', ''))
    .split(/[\s"'“”„‘’«»`,;:()[\]{}<>\\|*$]+/)
    .map((word) =>
      word
        .replace(/%(?:2B|2F|3D)/gi, (sign) => inAddresses[sign.toUpperCase()] ?? sign)
        .replace(/^0x|%$/gi, ''),
    );

/** The key shares in a text that lie there whole and in the clear, each once, in hex. */
export const sharesIn = (text: string): Set<string> =>
  new Set(
    wordsOf(text)
      .map(wholeShare)
      .filter((share) => share !== null),
  );

/** Where a share was encoded once more in base64, as Kubernetes shows the values of its secrets. */
export function isShareTwiceEncoded(text: string): boolean {
  if (!/^[0-9A-Za-z+/]{56,92}={0,2}$/.test(text)) return false;
  try {
    const inner = String.fromCharCode(...fromBase64(text)).trim();
    return wholeShare(inner) !== null;
  } catch {
    return false;
  }
}

const number = (count: number, one: string): string => (count === 1 ? `a ${one}` : `${count} ${one}s`);

const isRootNamed = (text: string): boolean => /root[\s_-]*token/i.test(text);

/** Refuses a text in which more lies in the clear than was asked for, and says what that means. */
export function inTheClear(text: string, shares: number, tokens: number, instead: string): InputError {
  const what = [
    ...(shares > 0 ? [number(shares, 'key share')] : []),
    ...(tokens > 0
      ? [tokens > 1 ? `${tokens} tokens` : isRootNamed(text) ? 'the root token' : 'a token']
      : []),
  ].join(' and ');
  const means = [
    ...(shares > 1 ? ['with as many shares as the threshold asks for, it rebuilds the root key'] : []),
    ...(shares === 1 ? ['it may know that share'] : []),
    ...(tokens > 0 ? ['it can use the token until that is revoked'] : []),
  ].join('; ');
  const todo = [
    ...(tokens > 0 ? ['have the token revoked'] : []),
    ...(shares > 0 ? ['tell the custodians, who decide whether the server is rekeyed'] : []),
    'delete what this was copied from',
  ];
  const isOne = shares + tokens === 1;
  return new InputError(
    tokens > 0 ? 'token-in-clear' : 'shares-in-clear',
    `In this ${isOne ? 'lies' : 'lie'} ${what}, in the clear: nothing was taken in. Whoever could read it must be taken to know it: ${means}. So ${todo.slice(0, -1).join(', ')}${todo.length > 1 ? ', and ' : ''}${todo.at(-1)}. ${instead}`,
  );
}

/** Hex of a value in hex or base64, to compare two of them; itself where it is neither. */
export function comparable(value: string): string {
  if (/^(?:[0-9a-f]{2})+$/i.test(value)) return value.toLowerCase();
  try {
    return toHex(fromBase64(standardBase64(value)));
  } catch {
    return value;
  }
}

/** Bytes of a value in hex or base64; null where it is neither. */
export function bytesIn(value: string): Uint8Array | null {
  try {
    return /^(?:[0-9a-f]{2})+$/i.test(value) ? fromHex(value) : fromBase64(standardBase64(value));
  } catch {
    return null;
  }
}
