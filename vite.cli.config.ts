import { chmodSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

/** The command line: one file that needs nothing of node_modules, so that it can be copied to a station. */
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
        codeSplitting: false,
        banner: '#!/usr/bin/env node',
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
