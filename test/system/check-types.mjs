// A part of `npm run check`: TypeScript's own findings, and promises that nobody awaits. Biome has a rule for
// those, too (biome.json), but it doesn't see what a library returns: a click of Playwright's, a file of
// Node's. TypeScript does.
import { relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');
const { config } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile);
const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();

/** @param {ts.Expression} expression */
function isPromise(expression) {
  const type = checker.getTypeAtLocation(expression);
  const parts = type.isUnion() ? type.types : [type];
  return parts.some((part) => {
    const then = part.getProperty('then');
    return then !== undefined && checker.getTypeOfSymbol(then).getCallSignatures().length > 0;
  });
}

/**
 * Whether somebody has the promise, or its failure: it is assigned, or `.catch(…)` or `.then(…, …)` is called
 * on it.
 * @param {ts.Expression} expression
 */
function isLookedAfter(expression) {
  if (ts.isBinaryExpression(expression)) {
    const { kind } = expression.operatorToken;
    return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
  }
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return false;
  const method = expression.expression.name.text;
  const count = expression.arguments.length;
  return (method === 'catch' && count > 0) || (method === 'then' && count > 1);
}

/** @type {string[]} */
const findings = [];

/**
 * @param {ts.Node} node
 * @param {ts.SourceFile} source
 */
function lookForFloatingPromises(node, source) {
  if (ts.isExpressionStatement(node) && isPromise(node.expression) && !isLookedAfter(node.expression)) {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    const place = `${relative(root, source.fileName)}:${line + 1}`;
    findings.push(`${place}: nobody awaits this promise. Await it, or write \`void\` before it and say why.`);
  }
  ts.forEachChild(node, (child) => lookForFloatingPromises(child, source));
}

const diagnostics = ts.getPreEmitDiagnostics(program);
if (diagnostics.length > 0) {
  findings.push(
    ts.formatDiagnostics(diagnostics, {
      getCurrentDirectory: () => root,
      getCanonicalFileName: (name) => name,
      getNewLine: () => '\n',
    }),
  );
}
for (const source of program.getSourceFiles()) {
  if (!source.isDeclarationFile && !source.fileName.includes('/node_modules/')) {
    lookForFloatingPromises(source, source);
  }
}
for (const finding of findings) console.log(finding);
process.exitCode = findings.length === 0 ? 0 : 1;
