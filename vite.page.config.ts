import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { licences } from './vite.licences.ts';
import { noSchemas } from './vite.no-schemas.ts';

/**
 * The archive's page, as files beside the command line that serves it. They name each other relatively: what
 * their address begins with is known when they are served.
 */
export default defineConfig(({ mode }) => {
  const program = mode === 'one-file' ? 'dist/one-file' : 'dist/cli';
  const outDir = resolve(program, 'page');
  return {
    root: 'renderer/archive',
    base: './',
    publicDir: false,
    plugins: [react(), noSchemas(), licences(outDir).plugin()],
    // Whatever the mode is called, it is React's build for use.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'chrome114',
      outDir,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: false,
      rolldownOptions: { input: resolve('renderer/archive/index.html') },
    },
  };
});
