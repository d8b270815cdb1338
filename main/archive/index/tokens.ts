/** Words of a text as a search knows them: lower case, no accents, letters and digits only; each once. */
export function tokensOf(...texts: readonly string[]): string[] {
  const tokens = new Set<string>();
  for (const text of texts)
    for (const [token] of soughtName(text).matchAll(/[\p{L}\p{N}]+/gu)) tokens.add(token.slice(0, LONGEST));
  return [...tokens];
}

/** A name as it is searched for: lower case, no accents. */
export const soughtName = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();

const LONGEST = 64;
