import { chmodSync, copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { relative, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './vite.licences.ts';

/** The built file of a module's code: a command's is named as it is typed, `commands/offline-start.cjs`. */
function partName({ name, facadeModuleId }: { name: string; facadeModuleId?: string | null }): string {
  const source = facadeModuleId ? relative('main/cli', facadeModuleId) : '..';
  const isCommand = !/^(\.\.|parts\/|start\.ts)/.test(source);
  return isCommand ? `commands/${source.replace(/\.ts$/, '').replaceAll('/', '-')}.cjs` : `parts/${name}.cjs`;
}

/**
 * SQLite comes as a built library, one for each system, which no bundle can hold: those that are installed
 * lie beside it, as `sqlite/linux-x64-gnu.node`, and are read by the commands of an archive in a folder
 * alone. `outDir`: where the program is built to; `path`: from the part that reads them to their folder.
 */
function sqlite(outDir: string, path: string): Plugin {
  const folder = `${outDir}/sqlite`;
  return {
    name: 'airlock:sqlite',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/libsql\/index\.js$/.test(id)) return null;
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the library's own line, to the letter.
      const own = 'return require(`@libsql/${target}`);';
      if (!code.includes(own))
        throw new Error('libsql loads its library in another way than this build knows');
      // `require` of the built part, not the bundler's: the path is known when the program runs.
      return code.replace(
        own,
        `return require('node:module').createRequire(__filename)(require('node:path').join(__dirname, '${path}', \`\${target}.node\`));`,
      );
    },
    writeBundle() {
      mkdirSync(folder, { recursive: true });
      for (const target of readdirSync('node_modules/@libsql'))
        copyFileSync(`node_modules/@libsql/${target}/index.node`, `${folder}/${target}.node`);
    },
  };
}

/**
 * The command line: a folder that needs nothing of node_modules, so that it can be copied to a station. Each
 * command is a part of its own, so that a start reads only what the command needs. With `--mode one-file` it
 * is one file instead, in `dist/one-file`, for a package or a stick.
 */
export default defineConfig(({ mode }) => {
  // Without this, what the builder's shell says of it would be in the program's bytes.
  process.env['NODE_ENV'] = 'production';
  const oneFile = mode === 'one-file';
  const outDir = oneFile ? 'dist/one-file' : 'dist/cli';
  return {
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    define: {
      PAGE_FOLDER: JSON.stringify(oneFile ? 'page' : '../page'),
      PROGRAM_FILE: JSON.stringify(oneFile ? '' : '../airlock.cjs'),
    },
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
      sqlite(outDir, oneFile ? 'sqlite' : '../sqlite'),
      ...(oneFile ? [licences(resolve(outDir)).plugin()] : []),
      {
        name: 'airlock:executable',
        // The program itself says where its parts are missing, and so needs none before it runs.
        generateBundle(_options, bundle) {
          const program = bundle['airlock.cjs'];
          if (program?.type === 'chunk')
            program.code = program.code.replace('require("./parts/rolldown-runtime.cjs");\n', '');
        },
        writeBundle: () => chmodSync(`${outDir}/airlock.cjs`, 0o755),
      },
    ],
  };
});
