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

/**
 * Titles of tests in vitest's JSON report: those that failed, and those that passed at a second try only.
 * @param {string} path
 * @returns {{ failed: string[], secondTries: string[] }}
 */
export function vitestTitles(path) {
  if (!existsSync(path)) return { failed: ['vitest left no report'], secondTries: [] };
  /** @type {import('vitest/reporters').JsonTestResults} */
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'));
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const tests = testResults.flatMap((file) => file.assertionResults);
  return {
    failed: [
      ...unloaded.map(({ name, message }) => `${name}: ${message}`),
      ...tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    ],
    // What a first try failed by is kept beside a test that passed.
    secondTries: tests
      .filter(({ status, failureMessages }) => status === 'passed' && (failureMessages ?? []).length > 0)
      .map(({ fullName }) => fullName),
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
 * Titles of the tests in Playwright's JSON report that failed, and that passed at a second try only, with
 * their project.
 * @param {string} path
 * @returns {{ failed: string[], secondTries: string[] }}
 */
export function playwrightTitles(path) {
  if (!existsSync(path)) return { failed: ['Playwright left no report'], secondTries: [] };
  /** @type {JSONReport} */
  const { suites, errors } = JSON.parse(readFileSync(path, 'utf8'));
  return {
    failed: [...errors.map(({ message }) => message ?? ''), ...suites.flatMap(titled('unexpected'))],
    secondTries: suites.flatMap(titled('flaky')),
  };
}

/**
 * @param {'unexpected' | 'flaky'} wanted
 * @returns {(suite: import('@playwright/test/reporter').JSONReportSuite) => string[]}
 */
const titled =
  (wanted) =>
  ({ specs, suites = [] }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests.filter(({ status }) => status === wanted).map(({ projectName }) => `${title} (${projectName})`),
    ),
    ...suites.flatMap(titled(wanted)),
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
