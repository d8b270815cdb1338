/** Seconds of each unit, from the longest. */
const units = [
  ['d', 86_400, 'day'],
  ['h', 3600, 'hour'],
  ['m', 60, 'minute'],
  ['s', 1, 'second'],
] as const;

/** Ten years: a token that should live longer is no limited one. */
export const longestDuration = 3650 * 86_400;

/**
 * Seconds of a duration as people and the servers write it: “8h”, “1h30m”, “2d”, or a number of seconds. Null
 * where it is none, is zero or is longer than ten years.
 */
export function durationIn(text: string): number | null {
  const tidy = text.trim().toLowerCase();
  const parts = /^\d{1,9}$/.test(tidy) ? [[tidy, 's'] as const] : partsOf(tidy);
  if (parts === null) return null;
  let seconds = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const [count, unit] of parts) {
    const each = units.find(([name]) => name === unit)?.[1] ?? 0;
    // “30m8h” or “1h1h” is a slip, and no way to write a time.
    if (each >= last) return null;
    last = each;
    seconds += Number(count) * each;
  }
  return seconds > 0 && seconds <= longestDuration ? seconds : null;
}

function partsOf(text: string): (readonly [string, string])[] | null {
  if (!/^(\d{1,9}[dhms])+$/.test(text)) return null;
  return [...text.matchAll(/(\d{1,9})([dhms])/g)].map(([, count = '', unit = '']) => [count, unit] as const);
}

/** “8 hours”, “1 hour 30 minutes”. */
export const durationWords = (seconds: number): string =>
  counted(seconds)
    .map(([count, , word]) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(' ');

/** The same as it is typed: “8h”, “1h30m”; '' for none. */
export const durationText = (seconds: number): string =>
  counted(seconds)
    .map(([count, unit]) => `${count}${unit}`)
    .join('');

function counted(seconds: number): (readonly [number, string, string])[] {
  let rest = seconds;
  return units.flatMap(([unit, each, word]) => {
    const count = Math.floor(rest / each);
    rest -= count * each;
    return count === 0 ? [] : [[count, unit, word] as const];
  });
}
