import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/**
 * What vitest's JSON report counts; a file that could not even be loaded counts as one failure.
 * @param {string} path
 * @returns {Totals}
 */
export function vitestTotals(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  /** @type {import('vitest/reporters').JsonTestResults} */
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @typedef {import('@playwright/test/reporter').JSONReport} JSONReport */

/**
 * What Playwright's JSON report counts; one that passed at a second try (flaky) has passed.
 * @param {string} path
 * @returns {Totals}
 */
export function playwrightTotals(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  /** @type {JSONReport} */
  const { stats, errors } = JSON.parse(readFileSync(path, 'utf8'));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * Titles of the tests that Playwright's JSON report has as passed at a second try only, with their project.
 * @param {string} path
 * @returns {string[]}
 */
export function secondTries(path) {
  if (!existsSync(path)) return [];
  /** @type {JSONReport} */
  const { suites } = JSON.parse(readFileSync(path, 'utf8'));
  return suites.flatMap(secondTriesIn);
}

/**
 * @param {import('@playwright/test/reporter').JSONReportSuite} suite
 * @returns {string[]}
 */
const secondTriesIn = ({ specs, suites = [] }) => [
  ...specs.flatMap(({ title, tests }) =>
    tests.filter(({ status }) => status === 'flaky').map(({ projectName }) => `${title} (${projectName})`),
  ),
  ...suites.flatMap(secondTriesIn),
];

/**
 * @param {Totals} a
 * @param {Totals} b
 * @returns {Totals}
 */
export function addTotals(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** @param {Totals} totals */
export const totalsLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
