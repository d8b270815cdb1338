import { unmarkedLines } from './tidy';

/** An armored block that stands in a text, alone and as a program would have written it. */
export interface ArmoredBlock {
  /** `PUBLIC KEY BLOCK`, `PRIVATE KEY BLOCK`, `MESSAGE`, `SIGNATURE`. */
  readonly label: string;
  readonly text: string;
}

/** Five dashes, also where a word processor has joined some of them. */
const dashes = '[-‐‑‒–—―]{2,5}';
const mark = new RegExp(`${dashes}\\s?(BEGIN|END) PGP ([A-Z ]{1,40}?)\\s?${dashes}`, 'g');

/**
 * The armored blocks in text that people have: with words around them, indented, quoted, their empty line
 * lost, or with `\n` for line ends, as JSON has them. A block without its end is none: it is cut off.
 */
export function armoredBlocks(text: string): ArmoredBlock[] {
  if (!text.includes('BEGIN PGP ')) return [];
  const unescaped = text.includes('\\n') ? text.replaceAll('\\r', '').replaceAll('\\n', '\n') : text;
  const lines = unmarkedLines(unescaped).join('\n');
  const blocks: ArmoredBlock[] = [];
  let begun: { readonly label: string; readonly from: number } | null = null;
  for (const { 0: whole, 1: which, 2: label = '', index } of lines.matchAll(mark)) {
    if (which === 'BEGIN') begun = { label, from: index + whole.length };
    else if (begun?.label === label) {
      blocks.push(blockOf(label, lines.slice(begun.from, index)));
      begun = null;
    }
  }
  return blocks;
}

const blockOf = (label: string, inside: string): ArmoredBlock => ({
  label,
  text: `-----BEGIN PGP ${label}-----\n\n${body(inside).join('\n')}\n-----END PGP ${label}-----\n`,
});

/** The lines of base64, the checksum the last: headers say nothing that is used here. */
const body = (inside: string): string[] =>
  inside
    .split('\n')
    .filter((line) => !/^[A-Za-z-]+:\s/.test(line.trim()))
    .flatMap((line) => line.split(/\s+/))
    .filter((word) => /^[A-Za-z0-9+/=]+$/.test(word));
