import { defineConfig } from 'vite';
import { testBundle } from '../bundle.mjs';

/** The benchmark that `--mode` names. */
export default defineConfig(({ mode }) => {
  const name = mode === 'start' || mode === 'sweep' ? mode : 'gap';
  const bundle = testBundle('bench', name, `test/bench/${name}.ts`);
  // Playwright is no part of the product: it stays where it is.
  return name === 'start' ? { ...bundle, ssr: { target: 'node' as const } } : bundle;
});
