import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { noNetwork } from './vite.no-network';

/**
 * The air-gapped app: three bundles that need nothing of node_modules. The main one has no way to a network
 * in it. Targets are those of Electron 25 (Node 18, Chromium 114), on which all desktop tests run where the
 * declared one can't be had. The lock-down tests start the same build on Electron 22. Its engine, V8 10.8, is
 * newer than that of Node 18, so it reads all of the main bundle. In a window it lacks two things of Chromium
 * 114's that a build would let through: nested CSS, and the `v` flag of regular expressions. Neither may be
 * written here.
 */
export default defineConfig({
  main: {
    plugins: [noNetwork()],
    publicDir: false,
    build: {
      externalizeDeps: false,
      target: 'node18',
      outDir: 'dist/offline',
      rolldownOptions: {
        input: { main: resolve('main/offline.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  preload: {
    publicDir: false,
    build: {
      externalizeDeps: false,
      target: 'node18',
      outDir: 'dist/offline',
      emptyOutDir: false,
      rolldownOptions: {
        input: { preload: resolve('preload/offline.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer/offline',
    publicDir: false,
    plugins: [react()],
    build: {
      target: 'chrome114',
      outDir: resolve('dist/offline/renderer'),
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve('renderer/offline/index.html') },
    },
    worker: { format: 'es' },
  },
});
