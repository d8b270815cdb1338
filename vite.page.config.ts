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
  // The build is React's for use whatever the mode is called and whatever the builder's shell says. Without
  // this, elements would name the files that they stand in, with the path of the builder's checkout.
  process.env['NODE_ENV'] = 'production';
  const program = mode === 'one-file' ? 'dist/one-file' : 'dist/cli';
  const outDir = resolve(program, 'page');
  return {
    root: 'renderer/archive',
    base: './',
    publicDir: false,
    plugins: [react(), noSchemas(), licences(outDir).plugin()],
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
