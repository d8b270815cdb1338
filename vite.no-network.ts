import { builtinModules } from 'node:module';
import type { Plugin } from 'vite';

/** Node's modules that can reach a network, by themselves or by way of another process or thread. */
export const networkModules = [
  'net',
  'tls',
  'http',
  'https',
  'http2',
  'dgram',
  'dns',
  'dns/promises',
  'inspector',
  'inspector/promises',
  'undici',
  'child_process',
  'cluster',
  'worker_threads',
  'wasi',
];

const STUB = '\0no-network';
const networkGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport'];

/**
 * Keeps every way to a network out of a bundle: imports of Node's network modules get an empty module, and the
 * names of network globals become `undefined`, so that libraries which can use them take their other path. Our
 * own code that imports one is refused (the import rules in .dependency-cruiser.cjs say so earlier).
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
    resolveId(id, importer) {
      const name = id.replace(/^node:/, '');
      if (!networkModules.includes(name)) return null;
      if (!builtinModules.includes(name) && name !== 'undici') return null;
      if (importer && !importer.includes('/node_modules/')) {
        throw new Error(
          `${importer} imports ${id}: the air-gapped program must not be able to reach a network.`,
        );
      }
      return STUB;
    },
    load: (id) => (id === STUB ? 'export default {};' : null),
  };
}
