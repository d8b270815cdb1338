// `npm test`: sees to what the tests need, builds, and runs all of them. `npm test -- desktop` or `-- other`
// runs a half.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import {
  findElectron,
  findOldestElectron,
  isOldestElectronHere,
} from './desktop/electron/fetch-electron.mjs';
import { hasCommand } from './system/commands.mjs';
import { provideDisplay } from './system/display.mjs';
import { hasGo, provideGo } from './system/go.mjs';
import { networkLess } from './system/no-network.mjs';
import { provideSystemPackages } from './system/packages.mjs';
import {
  addTotals,
  playwrightTitles,
  playwrightTotals,
  totalsLine,
  vitestTitles,
  vitestTotals,
} from './system/totals.mjs';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'test/out');
/** @param {string} name */
const bin = (name) => join(root, 'node_modules/.bin', name);
/** @param {string} line */
const say = (line) => console.log(`· ${line}`);

/** @typedef {import('./desktop/electron/fetch-electron.mjs').FoundElectron} FoundElectron */
/** @typedef {import('./system/totals.mjs').Totals} Totals */

/**
 * Runs a command in the checkout, and shows what it writes. Returns its exit code.
 * @param {readonly string[]} command and its arguments
 * @param {{ env?: Record<string, string | undefined>, mark?: string }} [options] `mark`: what each line
 *   begins with, where another command writes at the same time
 * @returns {Promise<number>}
 */
function run([command = '', ...args], { env = {}, mark = '' } = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', mark ? 'pipe' : 'inherit', mark ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr])
      if (stream) createInterface({ input: stream }).on('line', (line) => console.log(`${mark}${line}`));
    child.on('error', (error) => {
      console.error(error.message);
      done(1);
    });
    child.on('close', (code) => done(code ?? 1));
  });
}

async function main() {
  const [half] = process.argv.slice(2);
  const withWindows = half !== 'other';
  provideSystemPackages(say, { fetches: !hasGo() || (withWindows && !isOldestElectronHere()) });
  provideGo(say);
  // Both are fetched before anything runs: the desktop tests run where there is no network.
  const electrons = withWindows ? await provideElectrons() : null;

  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  say('building');
  if ((await run(['npm', 'run', '--silent', 'build'])) !== 0) throw new Error('The build failed: see above.');

  if (electrons !== null) {
    say('starting a real Vault: the desktop tests could not fetch what its build takes');
    await run([bin('vitest'), 'run', 'test/real/real-vault.test.ts', '--testNamePattern', 'starts unsealed']);
  }

  // Windows wait much of their time, for which the tests without windows use the cores.
  const both = half !== 'desktop' && electrons !== null;
  const none = { passed: 0, failed: 0, skipped: 0 };
  const [other, desktop] = await Promise.all([
    half === 'desktop' ? none : runVitest({ beside: both }),
    electrons === null ? none : runPlaywright(electrons.usual, { beside: both }),
  ]);
  const totals = addTotals(other, desktop);

  // At the end, where who reads only that finds it.
  for (const line of remembered) say(line);
  const line = totalsLine(totals);
  writeFileSync(join(out, 'totals.txt'), `${line}\n`);
  if (electrons !== null) {
    say(`desktop tests ran on ${named(electrons.usual)}`);
    say(`the lock-down tests ran on ${named(electrons.oldest)}, as well`);
  }
  console.log(line);
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

async function provideElectrons() {
  const usual = await findElectron({ log: say });
  const oldest = findOldestElectron({ log: say });
  say(`${named(usual)}; for the lock-down tests ${named(oldest)}, as well`);
  return { usual, oldest };
}

/** @param {FoundElectron} electron */
const named = ({ version, origin }) => `Electron ${version}, from ${origin}`;

/** What is said of single tests at the end. @type {string[]} */
const remembered = [];

/** @param {{ failed: string[], secondTries: string[] }} titles */
function remember({ failed, secondTries }) {
  remembered.push(
    ...failed.map((title) => `FAILED: ${title}`),
    ...secondTries.map((title) => `passed at a second try only: ${title}`),
  );
}

/**
 * @param {{ beside: boolean }} options `beside`: while the desktop tests run, which come first where both
 *   want a core: a window that is late misses a click, and most else is only done later
 * @returns {Promise<Totals>}
 */
async function runVitest({ beside }) {
  const report = join(out, 'vitest.json');
  const later = beside && hasCommand('nice') ? ['nice', '-n', '5'] : [];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const command = [...later, bin('vitest'), 'run', ...reporters];
  const code = await run(command, beside ? { mark: 'other   | ' } : {});
  remember(vitestTitles(report));
  return atLeastOneFailure(vitestTotals(report), code);
}

/**
 * @param {FoundElectron} electron The oldest one is found by the tests themselves.
 * @param {{ beside: boolean }} options `beside`: while the other tests run
 * @returns {Promise<Totals>}
 */
async function runPlaywright(electron, { beside }) {
  const report = join(out, 'playwright.json');
  const display = await provideDisplay();
  const place = networkLess();
  say(
    place === null
      ? 'desktop tests run with whatever network there is, and packets are not counted'
      : place.counts
        ? 'desktop tests run where every way out ends in a sink, which counts each packet'
        : 'desktop tests run where there is no network, and packets are not counted',
  );
  const env = {
    DISPLAY: display.display,
    ELECTRON_OVERRIDE_DIST_PATH: electron.dist,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    AIRLOCK_TEST_NO_NETWORK: place ? '1' : '',
    AIRLOCK_TEST_OUTSIDE: place?.counts ? '1' : '',
  };
  try {
    const command = [...(place?.wall ?? []), bin('playwright'), 'test', '--reporter=list,json'];
    const code = await run(command, { env, ...(beside ? { mark: 'desktop | ' } : {}) });
    remember(playwrightTitles(report));
    return atLeastOneFailure(playwrightTotals(report), code);
  } finally {
    display.close();
  }
}

/**
 * A runner that fails without a failed test (no test found, say) has failed all the same.
 * @param {Totals} totals
 * @param {number} code
 */
const atLeastOneFailure = (totals, code) =>
  code !== 0 && totals.failed === 0 ? { ...totals, failed: 1 } : totals;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
