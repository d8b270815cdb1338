import { fromHex } from '../../../shared/bytes';
import { wordsIn } from '../../../shared/input/short-values';
import { wordsOf } from '../../../shared/words';
import { ArchiveError } from '../archive-error';

/** Where a log stands: how many entries, and the hash of the last. */
export interface Head {
  readonly n: number;
  /** Lower-case hex. */
  readonly hash: string;
}

/** Six words of a head, for people to write down or read out: of the hash itself. */
export const headWords = (hash: string): string => wordsOf(fromHex(hash), 6).join(' ');

/** A head as it is printed and given back: `12:` and 64 hex digits. */
export const headText = ({ n, hash }: Head): string => `${n}:${hash}`;

/** An earlier head as somebody kept it: by its hash or its words, with the entry's number or without. */
export interface KeptHead {
  /** Null where it was not kept. */
  readonly n: number | null;
  readonly fits: (hash: string) => boolean;
}

const FORM =
  /^(?:(?<n>[1-9][0-9]{0,9})\s*[:\s]\s*)?(?:(?<hash>[0-9a-fA-F]{64})|(?<words>[a-zA-Z]+(?:[\s-]+[a-zA-Z]+){5}))$/;

/** Reads a head: its hash or its six words, after its number or without. Throws `ArchiveError` 'bad-head'. */
export function parseHead(text: string): KeptHead {
  const { n, hash, words } = FORM.exec(text.trim())?.groups ?? {};
  const number = n === undefined ? null : Number(n);
  if (hash !== undefined) return { n: number, fits: (other) => other === hash.toLowerCase() };
  if (words !== undefined) {
    const wanted = wordsIn(words);
    return { n: number, fits: (other) => headWords(other) === wanted };
  }
  throw new ArchiveError(
    'bad-head',
    'This is no head of an archive: it has 64 hex digits or six words, and may have the number of its entry before them.',
  );
}
