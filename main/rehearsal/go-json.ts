/** What Go's `encoding/json` says of text that it can't read. */
export class GoJsonError extends Error {}

/**
 * Decodes the first JSON value of a text as a Go decoder does: whatever follows it is not looked at.
 *
 * `bytes` is one character a byte, since Go names the byte that it stumbles over. Returns `undefined` where there is
 * nothing but white space. Throws `GoJsonError` with the words of Go's scanner.
 */
export function decodeGoJson(bytes: string): unknown {
  const start = skipSpace(bytes, 0);
  if (start === bytes.length) return undefined;
  return JSON.parse(utf8Text(bytes.slice(start, valueEnd(bytes, start))));
}

/** The text that bytes, one character each, mean in UTF-8. */
export const utf8Text = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

function valueEnd(bytes: string, at: number): number {
  const first = bytes[at] ?? '';
  if (first === '{') return objectEnd(bytes, at + 1);
  if (first === '[') return arrayEnd(bytes, at + 1);
  if (first === '"') return stringEnd(bytes, at + 1);
  if (/[-\d]/.test(first)) return numberEnd(bytes, at);
  const word = WORDS.find((each) => each[0] === first);
  if (word === undefined) throw unexpected(bytes, at, 'looking for beginning of value');
  return wordEnd(bytes, at, word);
}

const WORDS = ['true', 'false', 'null'];

function objectEnd(bytes: string, from: number): number {
  let at = skipSpace(bytes, from);
  if (bytes[at] === '}') return at + 1;
  for (;;) {
    if (bytes[at] !== '"') throw unexpected(bytes, at, 'looking for beginning of object key string');
    at = skipSpace(bytes, stringEnd(bytes, at + 1));
    if (bytes[at] !== ':') throw unexpected(bytes, at, 'after object key');
    at = skipSpace(bytes, valueEnd(bytes, skipSpace(bytes, at + 1)));
    if (bytes[at] === '}') return at + 1;
    if (bytes[at] !== ',') throw unexpected(bytes, at, 'after object key:value pair');
    at = skipSpace(bytes, at + 1);
  }
}

function arrayEnd(bytes: string, from: number): number {
  let at = skipSpace(bytes, from);
  if (bytes[at] === ']') return at + 1;
  for (;;) {
    at = skipSpace(bytes, valueEnd(bytes, at));
    if (bytes[at] === ']') return at + 1;
    if (bytes[at] !== ',') throw unexpected(bytes, at, 'after array element');
    at = skipSpace(bytes, at + 1);
  }
}

function stringEnd(bytes: string, from: number): number {
  for (let at = from; ; at++) {
    const character = bytes[at] ?? '';
    if (character === '"') return at + 1;
    if (character < ' ') throw unexpected(bytes, at, 'in string literal');
    if (character !== '\\') continue;
    at++;
    if (bytes[at] === 'u') {
      for (const last = at + 4; at < last; ) {
        at++;
        if (!/[\da-f]/i.test(bytes[at] ?? '')) {
          throw unexpected(bytes, at, 'in \\u hexadecimal character escape');
        }
      }
    } else if (!/["\\/bfnrt]/.test(bytes[at] ?? '')) throw unexpected(bytes, at, 'in string escape code');
  }
}

function numberEnd(bytes: string, from: number): number {
  const digits = (start: number, where: string): number => {
    const end = matchEnd(/\d*/y, bytes, start);
    if (end === start) throw unexpected(bytes, start, where);
    return end;
  };
  let at = bytes[from] === '-' ? from + 1 : from;
  at = bytes[at] === '0' ? at + 1 : digits(at, 'in numeric literal');
  if (bytes[at] === '.') at = digits(at + 1, 'after decimal point in numeric literal');
  const exponent = matchEnd(/[eE][-+]?/y, bytes, at);
  return exponent === at ? at : digits(exponent, 'in exponent of numeric literal');
}

function wordEnd(bytes: string, from: number, word: string): number {
  for (const [index, letter] of [...word].entries()) {
    if (bytes[from + index] !== letter) {
      throw unexpected(bytes, from + index, `in literal ${word} (expecting '${letter}')`);
    }
  }
  return from + word.length;
}

const skipSpace = (bytes: string, from: number): number => matchEnd(/[ \t\r\n]*/y, bytes, from);

/** Where the match of a sticky pattern ends; `from` if there is none. */
export function matchEnd(pattern: RegExp, bytes: string, from: number): number {
  pattern.lastIndex = from;
  return from + (pattern.exec(bytes)?.[0].length ?? 0);
}

function unexpected(bytes: string, at: number, where: string): GoJsonError {
  const character = bytes[at];
  return new GoJsonError(
    character === undefined ? 'unexpected EOF' : `invalid character ${quoted(character)} ${where}`,
  );
}

const ESCAPED: Readonly<Record<string, string>> = {
  "'": "\\'",
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A byte as Go quotes it: taken for the character of that number, and escaped if that can't be printed. */
function quoted(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  const escaped =
    ESCAPED[character] ??
    (code < 0x20 || code === 0x7f
      ? `\\x${hex.padStart(2, '0')}`
      : (code > 0x7f && code <= 0xa0) || code === 0xad
        ? `\\u${hex.padStart(4, '0')}`
        : character);
  return `'${escaped}'`;
}
