import { defineConfig } from 'vite';
import { testBundle } from '../bundle.mjs';

/** The benchmark that `--mode` names. */
export default defineConfig(({ mode }) =>
  mode === 'start'
    ? testBundle('bench', 'start', 'test/bench/start.ts')
    : testBundle('bench', 'gap', 'test/bench/gap.ts'),
);
