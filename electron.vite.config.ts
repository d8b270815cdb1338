import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { noNetwork } from './vite.no-network';

/**
 * The air-gapped app: three bundles that need nothing of node_modules. The main one has no way to a network in it.
 * Targets are those of the oldest Electron the tests run on (22), so that one build serves it and the declared one.
 */
export default defineConfig({
  main: {
    plugins: [noNetwork()],
    publicDir: false,
    build: {
      externalizeDeps: false,
      target: 'node16',
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
      target: 'node16',
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
      target: 'chrome108',
      outDir: resolve('dist/offline/renderer'),
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve('renderer/offline/index.html') },
    },
    worker: { format: 'es' },
  },
});
