import { defineConfig } from 'vite';
import { testBundle } from '../bundle.mjs';

/** The benchmark that `--mode` names. */
export default defineConfig(({ mode }) => {
  const name = ['start', 'sweep', 'archive'].includes(mode) ? mode : 'gap';
  const bundle = testBundle('bench', name, `test/bench/${name}.ts`);
  // Playwright is no part of the product, and SQLite is a built library: they stay where they are.
  return name === 'start' || name === 'archive' ? { ...bundle, ssr: { target: 'node' as const } } : bundle;
});
