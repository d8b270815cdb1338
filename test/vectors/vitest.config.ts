import { defineConfig } from 'vitest/config';

/**
 * Keeps homes, a backup and an archive of this version:
 * `npx vitest run --config test/vectors/vitest.config.ts`.
 */
export default defineConfig({ test: { include: ['test/vectors/keep-version.ts'], testTimeout: 300_000 } });
