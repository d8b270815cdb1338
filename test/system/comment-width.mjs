import { extname } from 'node:path';
import ts from 'typescript';

/** The most columns that a line of a comment may have. */
export const WIDTH = 110;

/**
 * The numbers (from 1) of the lines in a file that are too wide and end in a comment. A web address may be
 * wider: it can't be broken.
 * @param {string} name of the file: its ending tells the language
 * @param {string} text
 * @returns {number[]}
 */
export function longCommentLines(name, text) {
  const lines = text.split('\n');
  const wide = lines.flatMap((line, index) => (isTooWide(line) ? [index] : []));
  if (wide.length === 0) return [];
  const comments = commentsIn(name, text);
  const starts = lineStarts(lines);
  return wide
    .filter((index) => {
      // The first column that is too many decides: code with a short comment after it is the formatter's
      // affair.
      const at = (starts[index] ?? 0) + WIDTH;
      return comments.some(({ pos, end }) => pos <= at && at < end);
    })
    .map((index) => index + 1);
}

/** @param {string} line */
const isTooWide = (line) => [...line].length > WIDTH && !/https?:\/\/\S{60,}/.test(line);

/** @param {string[]} lines */
function lineStarts(lines) {
  let at = 0;
  return lines.map((line) => {
    const start = at;
    at += line.length + 1;
    return start;
  });
}

/** @typedef {{ pos: number, end: number }} Range */

/**
 * @param {string} name
 * @param {string} text
 * @returns {Range[]}
 */
function commentsIn(name, text) {
  const extension = extname(name);
  if (extension === '.css') return matches(text, /\/\*.*?\*\//gs);
  if (extension === '.sh') return matches(text, /(?<=^|\s)#.*/gm);
  return commentsOfScript(name, text);
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @returns {Range[]}
 */
const matches = (text, pattern) =>
  [...text.matchAll(pattern)].map(({ index, 0: match }) => ({ pos: index, end: index + match.length }));

/**
 * What TypeScript takes for a comment: not what only looks like one in a string, a pattern or the text of an
 * element.
 * @param {string} name
 * @param {string} text
 * @returns {Range[]}
 */
function commentsOfScript(name, text) {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  /** @type {Range[]} */
  const found = [];
  /** @param {ts.Node} node */
  const look = (node) => {
    if (node.kind === ts.SyntaxKind.JsxText) return;
    const children = node.getChildren(source);
    if (children.length > 0) {
      for (const child of children) look(child);
      return;
    }
    found.push(
      ...(ts.getLeadingCommentRanges(text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(text, node.end) ?? []),
    );
  };
  look(source);
  return found;
}
