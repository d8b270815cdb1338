import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/system/longest-first.mjs';

/** Everything but the desktop tests, which Playwright runs (playwright.config.ts). */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/out/**', 'test/desktop/**', 'node_modules/**'],
    // RSA keys and password hashing take seconds on two cores, and the desktop tests run beside; the real
    // server's tests set limits of their own.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Vitest's own rule leaves a core free for a person who edits, and on two cores that is one of two.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    // On a busy machine a process comes too late now and then. `npm test` names what needed a second try.
    retry: process.env['CI'] ? 1 : 0,
  },
});
