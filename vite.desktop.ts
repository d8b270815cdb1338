import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { firstScreens } from './vite.first-screens';
import { licences } from './vite.licences';
import { noSchemas } from './vite.no-schemas';

/**
 * How an app is built: three bundles in `dist/NAME` that need nothing of node_modules. Targets are those of
 * Electron 25 (Node 18, Chromium 114), on which all desktop tests run where the declared one can't be had.
 * The lock-down tests start the same build on Electron 22. Its engine, V8 10.8, is newer than that of Node
 * 18, so it reads all of the main bundle. In a window it lacks two things of Chromium 114's that a build
 * would let through: nested CSS, and the `v` flag of regular expressions. Neither may be written here.
 * `mainPlugins`: what the app's main bundle has to do with besides.
 */
export function desktopBuild(name: 'offline' | 'online', mainPlugins: Plugin[]) {
  const noted = licences(resolve(`dist/${name}`));
  return defineConfig({
    main: {
      plugins: [...mainPlugins, noted.plugin()],
      publicDir: false,
      build: {
        externalizeDeps: false,
        target: 'node18',
        outDir: `dist/${name}`,
        rolldownOptions: {
          input: { main: resolve(`main/${name}.ts`) },
          // What opens the window is a file of its own; all that is behind the window is read after it.
          output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
        },
      },
    },
    preload: {
      plugins: [noted.plugin()],
      publicDir: false,
      build: {
        externalizeDeps: false,
        target: 'node18',
        outDir: `dist/${name}`,
        emptyOutDir: false,
        rolldownOptions: {
          input: { preload: resolve(`preload/${name}.ts`) },
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
    renderer: {
      root: `renderer/${name}`,
      publicDir: false,
      plugins: [react(), noted.plugin(), noSchemas(), firstScreens(name)],
      build: {
        target: 'chrome114',
        // A window shows something once all of its script was read: half as much is read in half the time.
        minify: true,
        outDir: resolve(`dist/${name}/renderer`),
        assetsInlineLimit: 0,
        rolldownOptions: { input: resolve(`renderer/${name}/index.html`) },
      },
      worker: { format: 'es', plugins: () => [noted.plugin()] },
    },
  });
}
