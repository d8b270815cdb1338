import { utf8Text } from './go-json';
import { Refusal } from './reply';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads a JSON string, from after its opening quote, as the guard of `json-limits` does: `value` is without escapes,
 * `end` after the closing quote, both one character a byte.
 *
 * Each `\u` stands for itself, so that a pair of surrogates is two unknown characters. Throws `Refusal` 500.
 */
export function scanJsonString(bytes: string, from: number, limit: number): { value: string; end: number } {
  let value = '';
  let halfPair = false;
  for (let at = from; ; ) {
    const character = bytes[at++];
    if (character === undefined) throw new Refusal(500, 'malformed JSON, unclosed string');
    if (character === '"') {
      if (halfPair) throw new Refusal(500, 'malformed JSON, unterminated surrogate pair in string');
      return { value, end: at };
    }
    halfPair = false;
    if (character !== '\\') value += character;
    else if (bytes[at] === 'u') {
      const code = codeOf(bytes.slice(at + 1, at + 5));
      value += Buffer.from(String.fromCharCode(code)).toString('latin1');
      halfPair = code >= 0xd800 && code <= 0xdbff;
      at += 5;
    } else value += unescaped(bytes[at++]);
    if (at - from > limit) throw new Refusal(500, 'JSON string value exceeds allowed length');
  }
}

function unescaped(character: string | undefined): string {
  if (character === undefined) {
    throw new Refusal(500, 'malformed JSON, unterminated escape sequence in string');
  }
  const meaning = ESCAPES[character];
  if (meaning === undefined) throw new Refusal(500, `invalid character '${character}' in string escape code`);
  return meaning;
}

function codeOf(digits: string): number {
  if (digits.length < 4) throw new Refusal(500, 'malformed JSON, unterminated unicode escape in string');
  const [wrong] = /[^\da-f]/iu.exec(utf8Text(digits)) ?? [];
  if (wrong !== undefined) throw new Refusal(500, `invalid character '${wrong}' in string escape code`);
  return Number.parseInt(digits, 16);
}
