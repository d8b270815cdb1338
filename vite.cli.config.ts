import { chmodSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { relative, resolve } from 'node:path';
import { defineConfig } from 'vite';
import { licences } from './vite.licences.ts';

/** The built file of a module's code: a command's is named as it is typed, `commands/offline-start.cjs`. */
function partName({ name, facadeModuleId }: { name: string; facadeModuleId?: string | null }): string {
  const source = facadeModuleId ? relative('main/cli', facadeModuleId) : '..';
  const isCommand = !/^(\.\.|parts\/|start\.ts)/.test(source);
  return isCommand ? `commands/${source.replace(/\.ts$/, '').replaceAll('/', '-')}.cjs` : `parts/${name}.cjs`;
}

/**
 * The command line: a folder that needs nothing of node_modules, so that it can be copied to a station. Each
 * command is a part of its own, so that a start reads only what the command needs. With `--mode one-file` it
 * is one file instead, in `dist/one-file`, for a package or a stick.
 */
export default defineConfig(({ mode }) => {
  const oneFile = mode === 'one-file';
  const outDir = oneFile ? 'dist/one-file' : 'dist/cli';
  return {
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      ssrEmitAssets: true,
      target: 'node20',
      outDir,
      minify: false,
      rolldownOptions: {
        external: builtinModules.flatMap((name) => [name, `node:${name}`]),
        input: { airlock: resolve('main/cli.ts') },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          ...(oneFile ? { codeSplitting: false } : { chunkFileNames: partName }),
          banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
        },
      },
    },
    plugins: [
      ...(oneFile ? [licences(resolve(outDir)).plugin()] : []),
      {
        name: 'airlock:executable',
        writeBundle: () => chmodSync(`${outDir}/airlock.cjs`, 0o755),
      },
    ],
  };
});
