import { describe, expect, test } from 'vitest';
import { longCommentLines } from './comment-width.mjs';

const wide = 'w'.repeat(120);

describe('the width of comments', () => {
  test.each([
    ['a line comment', 'a.ts', `const a = 1;\n// ${wide}\n`, [2]],
    ['a comment that follows code', 'a.ts', `const a = 1; // ${wide}`, [1]],
    ['a line of a doc comment', 'a.mjs', `/**\n * short\n * ${wide}\n */\nexport const a = 1;`, [3]],
    ['a comment before a bracket', 'a.ts', `{\n  // ${wide}\n}`, [2]],
    ['a comment between elements', 'a.tsx', `const a = (\n<p>\n{/* ${wide} */}\n</p>);`, [3]],
    ['a comment of a style sheet', 'a.css', `p { color: red; }\n/* ${wide} */`, [2]],
    ['a comment of a shell script', 'a.sh', `true\n  # ${wide}`, [2]],
  ])('is held in %s', (_, name, text, lines) => {
    expect(longCommentLines(name, text)).toEqual(lines);
  });

  test.each([
    ['code', 'a.ts', `const a = '${wide}';`],
    ['a string that looks like a comment', 'a.ts', `const a = '// ${wide}';`],
    ['a template that looks like one', 'a.ts', `const a = \`\n// ${wide}\n\`;`],
    ['the text of an element', 'a.tsx', `const a = <p>\n// ${wide}\n</p>;`],
    ['a web address', 'a.ts', `// https://example.org/${wide}`],
    ['a comment of 110 columns', 'a.ts', `// ${'w'.repeat(107)}`],
  ])('is not about %s', (_, name, text) => {
    expect(longCommentLines(name, text)).toEqual([]);
  });
});
