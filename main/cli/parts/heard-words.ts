/** Words as someone typed them who heard them, to be compared. Case, commas and dashes don't matter. */
export const heardWords = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .split(/[\s,-]+/)
    .join(' ');
