import { relative, resolve } from 'node:path';
import { BaseSequencer } from 'vitest/node';

const root = resolve(import.meta.dirname, '../..');

/** The files that take a minute or more on two idle cores, the longest first. */
const longest = [
  'test/system/archive-killed.test.ts',
  'test/main/cli/rehearse/rehearse.test.ts',
  'test/system/archive-disk.test.ts',
  'test/main/cli/rehearse/failure.test.ts',
  'test/attack/hostile-input.test.ts',
  'test/conformance/generations.test.ts',
  'test/system/handoff-killed.test.ts',
  'test/shared/transcript/script/verify-script.test.ts',
  'test/real/recovery-mode.test.ts',
  'test/system/archive-writers.test.ts',
  'test/attack/archivist.test.ts',
  'test/package/packages.test.ts',
];

/**
 * Begins with the files that take longest: one that began last would run on by itself, with a core idle.
 * Vitest knows how long each took only where it ran before.
 */
export class LongestFirst extends BaseSequencer {
  /**
   * @override
   * @param {import('vitest/node').TestSpecification[]} files
   */
  async sort(files) {
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}

/** @param {import('vitest/node').TestSpecification} file */
function place({ moduleId }) {
  const found = longest.indexOf(relative(root, moduleId));
  return found < 0 ? longest.length : found;
}
