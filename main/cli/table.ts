/** Two aligned columns, one row a line, for a terminal. Rows without a value are left out. */
export function columns(rows: readonly (readonly [string, string | number | undefined])[]): string {
  const shown = rows.filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(...shown.map(([name]) => name.length));
  return `${shown.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n`;
}

/** "1 share", "3 shares". */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** One line of text as a terminal may show it: names of files and folders may hold anything, ESC sequences too. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, '');
