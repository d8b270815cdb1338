/**
 * One group of a share card: six symbols of the card and two check symbols, a Reed–Solomon word over GF(32),
 * written in Crockford's base32. Its weight is 3: one or two wrong symbols in a group, or two that changed
 * places, are always noticed in that group. The check symbols also hold the group's place on the card, so
 * that a whole group in the wrong place is noticed just as surely.
 */

/** Symbols of the card in a group, and symbols on paper. */
export const dataLength = 6;
export const groupLength = 8;

/** Crockford's: no I, L, O or U, which are read as 1, 1, 0 and (since hands write it so) V. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const confused: Readonly<Record<string, string>> = { I: '1', L: '1', O: '0', U: 'V' };

/** Stands for a character that no card has. It fits nowhere. */
const noSymbol = -1;

/** What people put between groups, or find between them on paper. */
const between = /[\s\u00ad.,:;·•|/_‐‑‒–—―−-]/u;

/** Powers of 2 in GF(32) modulo x⁵ + x² + 1, and their logarithms. */
const powers: number[] = [];
const logarithms: number[] = [];
for (let power = 0, value = 1; power < 31; power++) {
  powers[power] = value;
  logarithms[value] = power;
  value = (value << 1) ^ (value & 16 ? 0b10_0101 : 0);
}

const power = (exponent: number): number => powers[exponent % 31] ?? 0;

function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : power((logarithms[a] ?? 0) + (logarithms[b] ?? 0));
}

const inverse = (a: number): number => power(31 - (logarithms[a] ?? 0));

/** Sum and weighted sum of symbols. Of a whole group in place `p` (from 0) they are p + 1 and 0. */
function sums(symbols: readonly number[]): readonly [plain: number, weighted: number] {
  let plain = 0;
  let weighted = 0;
  for (const [at, symbol] of symbols.entries()) {
    plain ^= symbol;
    weighted ^= multiply(symbol, power(at));
  }
  return [plain, weighted];
}

const checkDivisor = inverse(power(dataLength) ^ power(dataLength + 1));

/** The eight symbols of a group: six of the card, and the check symbols for its place (from 0). */
export function closeGroup(data: readonly number[], place: number): number[] {
  const [plain, weighted] = sums(data);
  const sum = plain ^ (place + 1);
  const first = multiply(weighted ^ multiply(sum, power(dataLength + 1)), checkDivisor);
  return [...data, first, sum ^ first];
}

/** The place (from 0) that eight symbols fit in, or null where they fit nowhere. */
export function placeOf(symbols: readonly number[]): number | null {
  if (symbols.length !== groupLength || symbols.includes(noSymbol)) return null;
  const [plain, weighted] = sums(symbols);
  return weighted === 0 && plain > 0 ? plain - 1 : null;
}

/** Symbols as they stand on paper. */
export const written = (symbols: readonly number[]): string =>
  symbols.map((symbol) => alphabet[symbol] ?? '?').join('');

/**
 * The symbols of typed text. Case, white space, dashes and other marks between groups don't count, nor do
 * numbers before groups where a mark sets them off ("3. K7QF 3M2X"). Other characters become `noSymbol`.
 */
export function symbolsOf(text: string): number[] {
  const symbols: number[] = [];
  for (const character of text.toUpperCase().replace(/^[ \t]*\d{1,2}[.):][ \t]*/gmu, '')) {
    if (between.test(character)) continue;
    symbols.push(alphabet.indexOf(confused[character] ?? character));
  }
  return symbols;
}
