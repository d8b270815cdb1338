import type { Plugin } from 'vite';

/**
 * Node's modules that can reach a network, by themselves or by way of another process, thread or debugger.
 */
export const networkModules = [
  'net',
  'tls',
  'http',
  'https',
  'http2',
  'dgram',
  'dns',
  'dns/promises',
  'undici',
  'inspector',
  'inspector/promises',
  'child_process',
  'cluster',
  'worker_threads',
  'wasi',
];

/** Names of the global functions that can. */
export const networkGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport'];

const STUB = '\0no-network';
const REQUIRE_STUB = '\0no-network-require';
const bare = (id: string): string => id.replace(/^node:/, '');

/** `createRequire` would let a library load any module by a name made up at run time: here, these only. */
const requireStub = `
import * as buffer from 'node:buffer';
import * as crypto from 'node:crypto';
import * as os from 'node:os';
import * as zlib from 'node:zlib';
const known = { buffer, crypto, os, zlib };
export const createRequire = () => (name) => {
  if (Object.hasOwn(known, name)) return known[name];
  throw new Error('not in this program: ' + name);
};
export default { createRequire };
`;

/**
 * Keeps every way to a network out of a bundle: imports of Node's network modules get an empty module, and
 * the names of network globals become `undefined`, so that libraries which can use them take their other
 * path. Our own code that imports one is refused (the import rules in .dependency-cruiser.cjs say so
 * earlier).
 */
export function noNetwork(): Plugin {
  return {
    name: 'airlock:no-network',
    enforce: 'pre',
    config: () => ({
      define: Object.fromEntries(
        networkGlobals.flatMap((name) => [
          [name, 'undefined'],
          [`globalThis.${name}`, 'undefined'],
        ]),
      ),
    }),
    // What is declared external never comes to `resolveId`.
    options(options) {
      const { external } = options;
      if (!Array.isArray(external)) throw new Error('expected a list of external modules');
      const kept = external.filter((id) => typeof id !== 'string' || !isStubbed(id));
      return { ...options, external: kept };
    },
    resolveId(id, importer) {
      if (!isStubbed(id)) return null;
      if (importer && !importer.includes('/node_modules/')) {
        throw new Error(
          `${importer} imports ${id}: the air-gapped program must not be able to reach a network.`,
        );
      }
      return bare(id) === 'module' ? REQUIRE_STUB : STUB;
    },
    load(id) {
      if (id === STUB) return 'export default {};';
      return id === REQUIRE_STUB ? requireStub : null;
    },
  };
}

const isStubbed = (id: string): boolean => bare(id) === 'module' || networkModules.includes(bare(id));
