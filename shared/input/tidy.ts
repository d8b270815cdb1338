import { type Kind, kinds } from './kinds';

/** What nobody sees: byte order marks, zero-width characters, soft hyphens, marks of a direction. */
const unseen = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const lineEnd = /\r\n|[\n\r\u0085\u2028\u2029]/;
/** `> ` of a mail, as often as it was answered. */
const mailMark = /^\s*(?:[>|]\s*)+/;
/** `- ` and `• ` of a list. */
const listMark = /^\s*[-*•–]\s+/;
/** A prompt of a shell: `$ `, `user@host:~$ `, `PS C:\> `, `>>> `. */
const prompt = /^\s*(?:[\w.-]+@[\w.-]+[^\n$#%]{0,80}[$#%]|PS [^>\n]{0,200}>|[$#%])\s+/;
/** What stands around a value in JSON, YAML, a letter or a list. */
const around = '\\s"\'`´“”„‟‘’‚‛«»‹›[\\](){}<>,;|*\\\\';
const before = new RegExp(`^[${around}]+`);
// Begun at the start of such a run only: long runs of line ends would be gone through again and again.
const after = new RegExp(`(?<![${around}])[${around}]+$`);

/** Colours and the like, as programs write them for a terminal (ECMA-48, 5.4). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const terminalCodes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;
const otherSpaces = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
/** Letters, digits and signs as wide as a Chinese or Japanese character. */
const wide = /[\uff01-\uff5e]/g;
const toWide = 0xff01 - 0x21;

const isPlainAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7e || code === 0x1b) return false;
  }
  return true;
};

/**
 * The text as a person sees it, in plain spaces and letters: without what nobody sees, nor what colours a
 * terminal. The same string where there is none of that: no copy of a secret.
 */
export const seen = (text: string): string =>
  isPlainAscii(text)
    ? text
    : text
        .replace(terminalCodes, '')
        .replace(unseen, '')
        .replace(otherSpaces, ' ')
        .replace(wide, (letter) => String.fromCharCode(letter.charCodeAt(0) - toWide));

/** The lines of a text, without what a mail, a list or a shell put before them. */
export const unmarkedLines = (text: string): string[] =>
  seen(text)
    .split(lineEnd)
    .map((line) => line.replace(mailMark, '').replace(prompt, '').replace(listMark, '').trim());

/** A value without the quotes, brackets and commas around it, and without the white space in it. */
export function bare(text: string, kind: Kind): string {
  const { mayBeQuoted, spacesCount } = kinds[kind];
  const value = mayBeQuoted ? text.replace(before, '').replace(after, '') : text;
  return spacesCount === 'nowhere' ? value.replace(/\s+/g, '') : value.trim();
}

/** A text without what stands before its lines and around all of it; the white space in it stays. */
export const unwrapped = (text: string): string =>
  unmarkedLines(text).join('\n').replace(before, '').replace(after, '');

/**
 * A text that is a value and nothing else, without what the table says doesn't count (kinds.ts). The same
 * string where it is plain already: no copy of a secret is made then.
 */
export function tidied(text: string, kind: Kind): string {
  if (/^[0-9A-Za-z+/=]*$/.test(text)) return text;
  const { mayBeMarked } = kinds[kind];
  return bare(mayBeMarked ? unmarkedLines(text).join('\n') : seen(text), kind);
}
