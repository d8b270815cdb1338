import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** Rooms whose sentences a window can show. */
const rooms = [
  'main/online',
  'main/operator',
  'main/station',
  'main/offline',
  'main/store',
  'shared',
  'renderer',
];
/** The table of variables for the command line's own help. */
const forTheTerminal = new Set(['main/online/server/variables.ts', 'main/store/home-lock.ts']);

/** A command of ours, one of its flags, or a variable that is to be set. */
const command =
  /\bairlock (online|offline|identity|transcript|rehearse|qr)\b|(^|[\s(])--[a-z]+|\bset (VAULT|BAO)_|run the (same )?command/i;

const isText = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateExpression =>
  ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isJsxText(node);

/** The third argument of an error is for terminals alone (shared/airlock-error.ts), as what is named so. */
function isTyped(node: ts.Node, file: ts.SourceFile): boolean {
  const { parent } = node;
  if (ts.isNewExpression(parent) && /Error$/.test(parent.expression.getText(file)))
    return parent.arguments?.[2] === node;
  if (ts.isPropertyAssignment(parent)) return parent.name.getText(file) === 'typed';
  return ts.isVariableDeclaration(parent) && /Commands?$/.test(parent.name.getText(file));
}

/** Every text of a source that tells people to type something, with its place. */
function commandsIn(path: string): string[] {
  const source = readFileSync(path, 'utf8');
  if (!command.test(source)) return [];
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isText(node)) {
      // What gpg has to do at an own key is done with gpg, whatever Airlock was started as.
      const text = node.getText(file).replace(/gpg( --[a-z-]+)+/g, 'gpg');
      // Sentences have several words: a name of a switch has one.
      if (/\S \S+ \S/.test(text) && command.test(text.replaceAll('-----', '')) && !isTyped(node, file))
        found.push(`${path}: ${text}`);
      if (!ts.isTemplateExpression(node)) return;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

test('what a window can say names no command, no flag and no variable to set: a terminal adds that by itself', () => {
  const files = rooms.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(room, name)),
  );
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((path) => !forTheTerminal.has(path)).flatMap(commandsIn)).toEqual([]);
});
