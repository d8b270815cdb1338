import type { Row } from './table';

const columns = ['measured', 'against', 'ours', 'theirs', 'bar', 'met'] as const;

/** The table as lines of text, its columns one under the other. */
export function tableText(rows: readonly Row[]): string {
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => row[name].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    line(columns),
    line(widths.map((width) => '─'.repeat(width))),
    ...rows.map((row) => line(columns.map((name) => row[name]))),
    '',
  ].join('\n');
}
