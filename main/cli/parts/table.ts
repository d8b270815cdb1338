/** A terminal that is narrower than this has no room for two columns. */
const ROOM = 40;

const widthOfTerminal = (): number =>
  process.stdout.isTTY ? process.stdout.columns || Number.POSITIVE_INFINITY : Number.POSITIVE_INFINITY;

/**
 * Two aligned columns, one row a line, for a terminal. Rows without a value are left out. On a narrow
 * terminal each value stands below its name instead. `room`: characters a line.
 */
export function columns(
  rows: readonly (readonly [string, string | number | undefined])[],
  room = widthOfTerminal(),
): string {
  const shown = rows.filter(([, value]) => value !== undefined && value !== '');
  if (room < ROOM) {
    return `${shown.map(([name, value]) => (name === '' ? `  ${value}` : `${name}\n  ${value}`)).join('\n')}\n`;
  }
  const width = Math.max(...shown.map(([name]) => name.length));
  return `${shown.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n`;
}

/**
 * The rows of a table that name files that were written: the name of the row stands before the first file
 * only.
 */
export const fileRows = (files: readonly string[]): [string, string][] =>
  files.map((file, i) => [i === 0 ? 'Written' : '', file]);

/** "1 share", "3 shares". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/**
 * The text as one line that a terminal may show: names of files and folders may hold anything, even ESC
 * sequences.
 */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '');
