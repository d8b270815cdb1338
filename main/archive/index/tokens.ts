import type { Engine } from './tables';

/** Words of a text as a search knows them: lower case, no accents, letters and digits only; each once. */
export function tokensOf(...texts: readonly string[]): string[] {
  const tokens = new Set<string>();
  const add = (words: readonly string[] | null): void => {
    for (const word of words ?? []) tokens.add(word.slice(0, LONGEST));
  };
  const plain: string[] = [];
  for (const text of texts) {
    if (ASCII.test(text)) plain.push(text);
    else add(soughtName(text).match(/[\p{L}\p{N}]+/gu));
  }
  // All at once: in these a word can be told without a table of letters.
  add(soughtName(plain.join('\n')).match(/[a-z0-9]+/g));
  return [...tokens];
}

/** A name as it is searched for: lower case, no accents. */
export const soughtName = (name: string): string =>
  ASCII.test(name)
    ? name.toLowerCase()
    : name
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase();

const ASCII = /^[\0-\x7f]*$/;

const LONGEST = 64;

/** Those words of which the engine makes what they are: all others it may part or join. */
export const isPlainFor = (engine: Engine, token: string): boolean =>
  engine === 'postgres' || /^[0-9a-z]+$/.test(token);
