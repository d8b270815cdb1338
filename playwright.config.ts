import { defineConfig } from '@playwright/test';

/** Tests of the real app in a real window. `npm test` says which Electron, and gives them a display. */
export default defineConfig({
  testDir: 'test/desktop',
  testMatch: '**/*.spec.ts',
  // Which Electron each project starts: test/desktop/launch.ts.
  projects: [
    { name: 'electron' },
    { name: 'oldest electron', testMatch: '**/lock-down.spec.ts' },
    // The same walls around the other app's windows. What only the air-gapped one promises is left out.
    {
      name: 'online station',
      testMatch: ['**/lock-down.spec.ts', '**/ways-out.spec.ts'],
      grepInvert: /after a secret was on the screen|makes not one call/,
    },
  ],
  outputDir: 'test/out/desktop',
  // One window after the other: the machine has two cores, and a window without focus gets no keys.
  workers: 1,
  // A window on a busy machine misses a click now and then; `npm test` says which test needed a second try.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: { trace: 'off' },
});
