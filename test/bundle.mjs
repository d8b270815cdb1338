import { builtinModules } from 'node:module';
import { resolve } from 'node:path';

/**
 * Vite's configuration that bundles a program of the tests as the product is bundled, with the `.wasm` in it.
 * `source`: its path, which lands in `test/out/FOLDER/NAME.mjs`.
 * @param {string} folder
 * @param {string} name
 * @param {string} source
 * @returns {import('vite').UserConfig}
 */
export const testBundle = (folder, name, source) => ({
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    outDir: `test/out/${folder}`,
    minify: false,
    rolldownOptions: {
      external: builtinModules.flatMap((builtin) => [builtin, `node:${builtin}`]),
      input: { [name]: resolve(source) },
      output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false },
    },
  },
});
