import { chmodSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { relative, resolve } from 'node:path';
import { defineConfig } from 'vite';

/** A command's part is named as it is typed: `offline-start`. Null for what several commands share. */
const commandPart = (module: string | null): string | null =>
  module?.startsWith(resolve('main/cli'))
    ? relative('main/cli', module).replace(/\.ts$/, '').replaceAll('/', '-')
    : null;

/**
 * The command line: a folder that needs nothing of node_modules, so that it can be copied to a station. Each
 * command is a part of its own, so that a start reads only what the command needs.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    ssrEmitAssets: true,
    target: 'node20',
    outDir: 'dist/cli',
    minify: false,
    rolldownOptions: {
      external: builtinModules.flatMap((name) => [name, `node:${name}`]),
      input: { airlock: resolve('main/cli.ts') },
      output: {
        format: 'cjs',
        entryFileNames: '[name].cjs',
        chunkFileNames: ({ name, facadeModuleId }) => `parts/${commandPart(facadeModuleId) ?? name}.cjs`,
        banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
      },
    },
  },
  plugins: [
    {
      name: 'airlock:executable',
      writeBundle: () => chmodSync('dist/cli/airlock.cjs', 0o755),
    },
  ],
});
