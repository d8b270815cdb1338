import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { auditBundle } from './network-audit';

const folder = resolve(import.meta.dirname, '../../../dist/offline');
const bundle = (name: string): string => {
  const path = join(folder, name);
  if (!existsSync(path)) throw new Error(`${path} is missing: run npm run build first.`);
  return readFileSync(path, 'utf8');
};

describe('the air-gapped bundle', () => {
  test('contains no network module of Node’s, no network global and no way to load one', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.cjs'));
    expect(files).toContain('main.cjs');
    for (const file of files) expect(auditBundle(bundle(file), files), file).toEqual([]);
  });

  test('opens its window with a small part of itself', () => {
    // Schemas, keys and ciphers take longer to read than a window takes to open.
    expect(bundle('main.cjs').length).toBeLessThan(100_000);
    expect(bundle('main.cjs')).not.toMatch(/zod|openpgp/i);
  });

  test('needs nothing but Electron in its preload script, and stays tiny', () => {
    const preload = bundle('preload.cjs');
    expect(auditBundle(preload)).toEqual([]);
    expect(preload.match(/require\(/g)).toHaveLength(1);
    expect(preload.length).toBeLessThan(1000);
  });

  test('reaches for no address in its page but its own files', () => {
    const page = bundle('renderer/index.html');
    const references = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) expect(reference).toMatch(/^\.\//);
  });
});

describe('the audit of the bundle', () => {
  test.each([
    ['require("node:https")', 'loads node:https'],
    ['const x = require("dns/promises")', 'loads dns/promises'],
    ['require("left-pad")', 'not on the list'],
    ['require("./left-pad.cjs")', 'not on the list'],
    ['require(name)', 'not a constant'],
    ['const load = require; load("net")', 'hands require on'],
    ['import("node:net")', 'loads node:net'],
    ['import(name)', 'not a constant'],
    ['fetch("x")', 'uses fetch'],
    ['const f = { fetch }', 'uses fetch'],
    ['new WebSocket("x")', 'uses WebSocket'],
    ['globalThis.fetch("x")', 'uses globalThis.fetch'],
    ['process.binding("tcp_wrap")', 'uses process.binding'],
    ['const electron = require("electron"); electron.net.request("x")', 'uses electron.net'],
  ])('finds the way out in %s', (code, finding) => {
    expect(auditBundle(code).join('; ')).toContain(finding);
  });

  test('lets the module that runs code from text serve for nothing but the garbage collector', () => {
    const load = 'let node_vm = require("node:vm");';
    expect(auditBundle(`${load} (0, node_vm.runInNewContext)("gc");`)).toEqual([]);
    for (const more of [
      'node_vm.runInThisContext(text)',
      'require("node:vm")',
      'require("vm")',
      'import("node:vm")',
    ])
      expect(auditBundle(`${load} (0, node_vm.runInNewContext)("gc"); ${more};`)).not.toEqual([]);
  });

  test('does not mind words that only look like one', () => {
    const code = 'const o = { fetch: 1, net: 2 }; o.fetch(); o.WebSocket; "fetch"; require("node:fs")';
    expect(auditBundle(code)).toEqual([]);
  });
});
