import { defineConfig } from '@playwright/test';

/** The benchmark that needs windows (test/bench/windows/run.mjs). */
export default defineConfig({
  testDir: '.',
  outputDir: '../../out/bench-windows',
  projects: [{ name: 'electron' }],
  workers: 1,
  timeout: 10 * 60_000,
  expect: { timeout: 60_000 },
  reporter: [['line']],
  use: { trace: 'off' },
});
