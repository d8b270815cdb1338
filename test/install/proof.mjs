// `npm run proof:install`: the packages of a release in a Debian that has nothing else. See --help.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hasCommand, succeeds } from '../system/commands.mjs';
import { provideDisplay } from '../system/display.mjs';
import { installMissing } from '../system/packages.mjs';
import { DebianRoot } from './debian-root.mjs';
import { proveAsInstalled } from './installed.mjs';
import { proveRpms } from './rpm.mjs';

const help = `Proves on this machine that a release installs, works, upgrades and goes again without a trace, in
a Debian in a folder, made for it: as root, and with the machine's own source of Debian's packages. Takes some
minutes.

  npm run proof:install -- [FOLDER]    where the release lies; without it release/
  --suite NAME                         another release of Debian than the machine's own: trixie
`;

/** What this needs, beside what the tests need. @type {import('../system/packages.mjs').Need[]} */
const needs = [
  { package: 'debootstrap', met: () => hasCommand('debootstrap') },
  { package: 'xdotool', met: () => hasCommand('xdotool') },
  { package: 'xvfb', met: () => hasCommand('Xvfb') },
  { package: 'iproute2', met: () => hasCommand('ip') },
  { package: 'libarchive-tools', met: () => hasCommand('bsdtar') },
  { package: 'desktop-file-utils', met: () => hasCommand('desktop-file-validate') },
  { package: 'mandoc', met: () => hasCommand('mandoc') },
];

/** @returns {string | null} why it can't be done here, in a sentence */
function obstacle() {
  if (process.platform !== 'linux' || !hasCommand('apt-get')) return 'This is no Debian.';
  if (process.getuid?.() !== 0) return 'Only root can make a Debian in a folder.';
  const namespaces = [
    '--mount',
    '--pid',
    '--fork',
    '--ipc',
    '--uts',
    '--net',
    'ip',
    'link',
    'set',
    'lo',
    'up',
  ];
  if (!succeeds('unshare', namespaces))
    return 'This system lets nobody have processes and a network of their own.';
  return null;
}

/** @type {string[]} */
const failures = [];

/**
 * One thing that is proven or isn't, in a line.
 * @param {string} claim
 * @param {() => void | string[] | Promise<void | string[]>} proof throws, or returns what contradicts
 */
async function prove(claim, proof) {
  const start = Date.now();
  try {
    const against = (await proof()) ?? [];
    if (against.length > 0) throw new Error(against.slice(0, 20).join('\n'));
    console.log(`ok      ${claim} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failures.push(claim);
    console.log(`FAILED  ${claim}\n${error instanceof Error ? error.message : error}`);
  }
}

/** @typedef {typeof prove} Prove */

async function main() {
  const { values, positionals } = parseArgs({
    options: { suite: { type: 'string' }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (values.help) {
    process.stdout.write(help);
    return;
  }
  const release = resolve(positionals[0] ?? 'release');
  const why = obstacle();
  if (why !== null) throw new Error(`Not proven: it can't be done here. ${why}`);
  if (!readdirSync(release).some((name) => name.endsWith('.deb')))
    throw new Error(`There are no packages in ${release}: npm run package makes them.`);
  installMissing(console.log, needs);

  const work = mkdtempSync(join(tmpdir(), 'airlock-install-'));
  delete process.env['DISPLAY'];
  const display = await provideDisplay();
  try {
    await prove('the files of each rpm are those of the deb', () => proveRpms(release, work));
    console.log('        making a Debian');
    const root = DebianRoot.make(join(work, 'root'), values.suite);
    await proveAsInstalled(prove, { release, root, work, display: display.display ?? '' });
  } finally {
    display.close();
    rmSync(work, { recursive: true, force: true });
  }
  console.log(failures.length === 0 ? 'Proven.' : `NOT proven: ${failures.join('; ')}.`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
