/**
 * Vite puts the text of such a file into the bundle: scripts and style sheets stay files that their tools can
 * read.
 */
declare module '*?raw' {
  const text: string;
  export default text;
}
