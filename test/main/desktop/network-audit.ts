import { parseAst } from 'vite';
import { networkGlobals, networkModules } from '../../../vite.no-network';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** Modules that the air-gapped program may load: files, keys, windows. Not on the list is not allowed. */
const allowedModules = [
  'assert',
  'buffer',
  'crypto',
  'electron',
  'fs',
  'fs/promises',
  'os',
  'path',
  'url',
  'util',
  'v8',
  'zlib',
];
/**
 * `node:vm` runs code from text. It may be loaded for one thing: to get at the engine's garbage collector
 * (main/desktop/freed-memory.ts).
 */
const collects = (code: string): boolean =>
  /\bnode_vm = require\("node:vm"\)/.test(code) &&
  code.includes('(0, node_vm.runInNewContext)("gc")') &&
  code.match(/\bnode_vm\b/g)?.length === 2 &&
  code.match(/node:vm/g)?.length === 1;

/** Ways to a module by other means than `require`. */
const backDoors = ['binding', '_linkedBinding', 'dlopen', 'getBuiltinModule', 'createRequire', 'mainModule'];
/** Electron's own ways out, by the names they have in its module. */
const electronNetwork = ['net', 'autoUpdater', 'shell', 'crashReporter', 'utilityProcess'];

/**
 * Everything in a CommonJS bundle that could lead to a network, as sentences; none where the list is empty.
 * `files`: names of the files beside it, which are audited as it is.
 */
export function auditBundle(code: string, files: readonly string[] = []): string[] {
  const findings: string[] = [];
  const say = (node: Node, what: string): void => {
    const line = code.slice(0, node.start).split('\n').length;
    findings.push(`line ${line}: ${what}`);
  };
  visit(parseAst(code) as unknown as Node, null, (node, parent) => {
    if (node.type === 'ImportExpression') auditModule(node, node['source'] as Node, say, files, false);
    if (node.type === 'CallExpression' && nameOf(node['callee']) === 'require') {
      auditModule(node, (node['arguments'] as Node[])[0], say, files, collects(code));
    }
    if (node.type === 'Identifier' && isReference(node, parent)) {
      const name = String(node['name']);
      if (networkGlobals.includes(name)) say(node, `uses ${name}`);
      if (name === 'require' && !isCallee(node, parent)) say(node, 'hands require on');
    }
    if (node.type === 'MemberExpression') auditMember(node, say);
  });
  return findings;
}

type Say = (node: Node, what: string) => void;

function auditModule(
  call: Node,
  argument: Node | undefined,
  say: Say,
  files: readonly string[],
  vm: boolean,
): void {
  const name = argument?.type === 'Literal' ? String(argument['value']) : null;
  if (name === null) {
    say(call, 'loads a module whose name is not a constant');
    return;
  }
  const bare = name.replace(/^node:/, '');
  if (vm && name === 'node:vm') return;
  if (files.some((file) => name === `./${file}`)) return;
  if (networkModules.includes(bare)) say(call, `loads ${name}`);
  else if (!allowedModules.includes(bare)) say(call, `loads ${name}, which is not on the list`);
}

function auditMember(node: Node, say: Say): void {
  const object = nameOf(node['object']);
  const property = node['computed'] ? null : nameOf(node['property']);
  if (property === null) return;
  if (object === 'process' && backDoors.includes(property)) say(node, `uses process.${property}`);
  if (object === 'globalThis' && networkGlobals.includes(property)) say(node, `uses globalThis.${property}`);
  if (object === 'electron' && electronNetwork.includes(property)) say(node, `uses electron.${property}`);
}

const nameOf = (node: unknown): string | null => {
  const { type, name } = node as { type: string; name?: unknown };
  return type === 'Identifier' && typeof name === 'string' ? name : null;
};

const isCallee = (node: Node, parent: Node | null): boolean =>
  parent?.type === 'CallExpression' && parent['callee'] === node;

/** Whether an identifier stands for a value, and is not the name of a property or a key. */
function isReference(node: Node, parent: Node | null): boolean {
  if (parent?.type === 'MemberExpression') return parent['object'] === node || parent['computed'] === true;
  if (parent?.type === 'Property') return parent['value'] === node || parent['computed'] === true;
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition')
    return parent['key'] !== node;
  return true;
}

function visit(node: Node, parent: Node | null, look: (node: Node, parent: Node | null) => void): void {
  look(node, parent);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && 'type' in child) visit(child as Node, node, look);
    }
  }
}
