import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import manifest from './package.json' with { type: 'json' };

/**
 * The online station: three bundles that need nothing of node_modules, for the same engines as the air-gapped
 * app (electron.vite.config.ts). Its windows have no network either; its main bundle has.
 */
export default defineConfig({
  main: {
    publicDir: false,
    plugins: [
      {
        name: 'airlock:app-folder',
        // Electron starts a folder by its package.json: the repository's own names the air-gapped app.
        writeBundle: () =>
          writeFileSync(
            'dist/online/package.json',
            `${JSON.stringify({ name: 'airlock-online', version: manifest.version, main: 'main.cjs' })}\n`,
          ),
      },
    ],
    build: {
      externalizeDeps: false,
      target: 'node18',
      outDir: 'dist/online',
      rolldownOptions: {
        input: { main: resolve('main/online.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  preload: {
    publicDir: false,
    build: {
      externalizeDeps: false,
      target: 'node18',
      outDir: 'dist/online',
      emptyOutDir: false,
      rolldownOptions: {
        input: { preload: resolve('preload/online.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer/online',
    publicDir: false,
    plugins: [react()],
    build: {
      target: 'chrome114',
      outDir: resolve('dist/online/renderer'),
      assetsInlineLimit: 0,
      rolldownOptions: { input: resolve('renderer/online/index.html') },
    },
    worker: { format: 'es' },
  },
});
