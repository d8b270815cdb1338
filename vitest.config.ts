import { defineConfig } from 'vitest/config';

/** Everything but the desktop tests, which Playwright runs (playwright.config.ts). */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/out/**', 'test/desktop/**', 'node_modules/**'],
    // RSA keys and password hashing take seconds on two cores; the real server's tests set limits of their
    // own.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // On a busy machine a process comes too late now and then. `npm test` names what needed a second try.
    retry: process.env['CI'] ? 1 : 0,
  },
});
