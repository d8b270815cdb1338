import { type QrMatrix, quietZone } from '../../shared/qr/draw';

/** Columns and lines that a code takes in a terminal, its quiet zone included. */
export const terminalSize = (matrix: QrMatrix): { readonly columns: number; readonly lines: number } => {
  const side = matrix.size + 2 * quietZone;
  return { columns: side, lines: Math.ceil(side / 2) };
};

/**
 * How a code is drawn. 'colour': black on white whatever the terminal's theme is. Without colour, blocks are
 * in the colour of letters: 'light-blocks' is right on a dark terminal, 'dark-blocks' on paper.
 */
export type Ink = 'colour' | 'light-blocks' | 'dark-blocks';

// Colours 16 and 231 are black and white whatever the terminal's theme; 0 and 15 are not.
const blackOnWhite = '\u001b[38;5;16;48;5;231m';
const plain = '\u001b[0m';

/** A code as lines for a terminal: half a character a module. */
export function terminalCode(matrix: QrMatrix, ink: Ink): string[] {
  const { columns, lines } = terminalSize(matrix);
  const isInked = (x: number, y: number): boolean => matrix.dark(x, y) !== (ink === 'light-blocks');
  return Array.from({ length: lines }, (_, line) => {
    let text = '';
    for (let column = 0; column < columns; column++) {
      const x = column - quietZone;
      const upper = isInked(x, 2 * line - quietZone);
      const lower = isInked(x, 2 * line + 1 - quietZone);
      text += upper ? (lower ? '█' : '▀') : lower ? '▄' : ' ';
    }
    return ink === 'colour' ? `${blackOnWhite}${text}${plain}` : text;
  });
}
