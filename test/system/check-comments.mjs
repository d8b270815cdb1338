// A part of `npm run check`: a line of a comment has at most 110 columns, as a line of code has by Biome's
// formatter. Arguments name the folders and files to look at; without any, it looks at all that Git knows.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { longCommentLines, WIDTH } from './comment-width.mjs';

const root = resolve(import.meta.dirname, '../..');
const extensions = ['.ts', '.tsx', '.mjs', '.cjs', '.css', '.sh'];
const listed = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...process.argv.slice(2)],
  {
    cwd: root,
    encoding: 'utf8',
  },
);

let found = 0;
for (const name of new Set(listed.split('\0'))) {
  if (!extensions.includes(extname(name))) continue;
  let text;
  try {
    text = readFileSync(resolve(root, name), 'utf8');
  } catch {
    // Removed, but not yet for Git.
    continue;
  }
  for (const line of longCommentLines(name, text)) {
    found += 1;
    console.log(`${name}:${line}: this comment is wider than ${WIDTH} columns`);
  }
}
process.exitCode = found === 0 ? 0 : 1;
