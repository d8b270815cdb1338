import { type QrMatrix, quietZone } from '../../shared/qr/draw';

/** Columns and lines that a code takes in a terminal, its quiet zone included. */
export const terminalSize = (matrix: QrMatrix): { readonly columns: number; readonly lines: number } => {
  const side = matrix.size + 2 * quietZone;
  return { columns: side, lines: Math.ceil(side / 2) };
};

// Colours 16 and 231 are black and white whatever the terminal's theme; 0 and 15 are not.
const blackOnWhite = '\u001b[38;5;16;48;5;231m';
const plain = '\u001b[0m';

/** A code as lines for a terminal: half a character a module, black on white in any theme. */
export function terminalCode(matrix: QrMatrix): string[] {
  const { columns, lines } = terminalSize(matrix);
  return Array.from({ length: lines }, (_, line) => {
    let text = '';
    for (let column = 0; column < columns; column++) {
      const x = column - quietZone;
      const upper = matrix.dark(x, 2 * line - quietZone);
      const lower = matrix.dark(x, 2 * line + 1 - quietZone);
      text += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ';
    }
    return `${blackOnWhite}${text}${plain}`;
  });
}
